"""The report in a real browser: every view is clicked through, its text read, its console heard.

    SIDIK=.build/release/sidik python3 Tests/Browser/report_test.py

Pictures are left in out/report; look at them after a change of the page.
"""
import csv
import functools
import io
import json
import os
import pathlib
import subprocess
import tempfile
import time
import unittest

import evidence
import hostile
from browser import Browser, find_browser

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIDIK = os.environ.get("SIDIK", str(ROOT / ".build/release/sidik"))
PICTURES = ROOT / "out/report"
PAGE = ROOT / "Sources/CSidikPage/Page"
SHARED = ROOT.parent / "shared/corpora"
REPOSTS = ROOT / "corpora/reposts/documents.jsonl"
WORK = tempfile.TemporaryDirectory(prefix="sidik-report-")


@functools.lru_cache(maxsize=None)
def report(path, *options):
    """A report of an input, made once."""
    file = pathlib.Path(WORK.name) / f"{abs(hash((path, options)))}.html"
    subprocess.run(
        [SIDIK, "cluster", "--quiet", "--output", "/dev/null", "--report", str(file), *options, str(path)],
        check=True)
    return file


def ready(page):
    return int(page.wait("document.documentElement.dataset.ready"))


def go(page, place, until):
    page.evaluate(f"location.hash = '#/{place}'")
    page.wait(until)


TREE = "document.querySelector('#tree li')"
READY_DIFF = "document.querySelector('#diff .diff-row')"

# The least contrast of any visible text with what lies behind it, and whose it is.
CONTRAST = """(() => {
  const parse = (text) => { const v = text.match(/[\\d.]+/g).map(Number); return v.length < 4 ? [...v, 1] : v; };
  const light = (c) => { const f = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
  let worst = [99, ''];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest('script, svg, option, .skip')) continue;
    let behind = [255, 255, 255, 1];
    for (let e = element; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour[3] > 0) { behind = colour; break; }
    }
    const [x, y] = [light(parse(getComputedStyle(element).color)), light(behind)];
    const ratio = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
    if (ratio < worst[0]) worst = [ratio, element.className + ': ' + walker.currentNode.data.slice(0, 40)];
  }
  return worst;
})()"""


# Lets a test read what the page offers for download.
KEEP_BLOBS = """(() => { const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => { window.lastBlob = blob; return make.call(URL, blob); }; })()"""


class ReportCase(unittest.TestCase):
    browser = None

    @classmethod
    def setUpClass(cls):
        PICTURES.mkdir(parents=True, exist_ok=True)
        cls.browser = Browser().__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()

    def open(self, path, *options, **size):
        page = self.browser.open(report(path, *options), **size)
        self.addCleanup(page.close)
        self.addCleanup(lambda: self.assertEqual(page.complaints(), []))
        ready(page)
        return page


class Views(ReportCase):
    """What an analyst sees of the project's own corpus."""

    def test_overview_counts_what_the_run_found(self):
        page = self.open(REPOSTS)
        figures = page.evaluate("[...document.querySelectorAll('.figure strong')].map(e => e.innerText)")
        lines = subprocess.run([SIDIK, "cluster", "--quiet", str(REPOSTS)], check=True,
                               capture_output=True).stdout.splitlines()
        self.assertEqual(figures[0], "364")
        shared = [line for line in lines if json.loads(line)["size"] > 1]
        self.assertEqual(figures[1], str(len(shared)))
        self.assertEqual(page.evaluate("document.querySelectorAll('.largest tr').length"), 14)
        self.assertGreater(page.evaluate("document.querySelectorAll('.chart .column.copies').length"), 3)
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 1360)
        page.picture(PICTURES / "overview.png")

    def test_family_explains_itself(self):
        page = self.open(REPOSTS)
        go(page, "families", TREE)
        page.picture(PICTURES / "family.png")
        self.assertEqual(page.evaluate("document.querySelectorAll('#members tbody tr').length"), 33)
        self.assertEqual(page.evaluate("document.querySelectorAll('#tree li').length"), 33)
        self.assertEqual(page.evaluate("document.querySelectorAll('.timeline circle').length"), 33)
        self.assertIn("0.46", page.evaluate("document.getElementById('weakest').innerText"))
        self.assertIn("33 members", page.evaluate("document.getElementById('kept').innerText"))
        self.assertGreater(page.evaluate("document.querySelectorAll('#kept .kept-3').length"), 0)

    def test_any_two_members_are_compared_on_their_own_text(self):
        page = self.open(REPOSTS)
        go(page, "families", READY_DIFF)
        page.click("#members button[data-side=b]", 3)
        page.wait("document.querySelectorAll('#diff .replaced').length > 3")
        name = page.evaluate("document.querySelectorAll('.diff-head bdi')[3].innerText")
        texts = page.evaluate(
            "[0, 1].map(n => [...document.querySelectorAll('#diff .diff-row')].map(r => r.children[n].textContent).join(''))")
        first, second = self.originals("banjir-sumber-angin", name)
        for shown, own in zip(texts, [first, second]):
            self.assertEqual("".join(shown.split()), "".join(own.split()))
        page.click("#compare .tools button", 1)
        page.wait("document.querySelectorAll('.diff-head bdi')[0].innerText !== 'banjir-sumber-angin'")
        page.key("n")
        self.assertEqual(page.evaluate("document.querySelectorAll('#diff .here').length"), 1)
        page.evaluate("document.getElementById('compare').scrollIntoView()")
        page.picture(PICTURES / "diff.png")

    def originals(self, *names):
        texts = {d["id"]: d["text"] for d in map(json.loads, REPOSTS.read_text().splitlines())}
        return [texts.get(name, "") for name in names]

    def test_shuffled_sentences_are_shown_as_moved(self):
        page = self.open(REPOSTS)
        go(page, "families", READY_DIFF)
        place = page.evaluate(
            "[...document.querySelectorAll('#members tbody tr')].findIndex(r => r.innerText.includes('~sentshuffle'))")
        page.click("#members button[data-side=b]", place)
        page.wait("document.querySelectorAll('#diff .moved').length > 1")

    def test_a_right_to_left_text_runs_from_the_right(self):
        page = self.open(REPOSTS)
        go(page, "family/f2bd85b508b6a864", READY_DIFF)
        self.assertEqual(page.evaluate("getComputedStyle(document.querySelector('#diff .cell')).direction"), "rtl")
        page.evaluate("document.getElementById('compare').scrollIntoView()")
        page.picture(PICTURES / "right-to-left.png")

    def test_fillings_of_a_template_lead_to_each_other(self):
        lines = subprocess.run([SIDIK, "cluster", "--quiet", str(REPOSTS)], check=True,
                               capture_output=True).stdout.splitlines()
        first, second = [f for f in map(json.loads, lines) if f.get("template")][-2:]
        self.assertEqual(first["template"], second["template"])
        page = self.open(REPOSTS)
        go(page, "family/" + first["family"], "document.querySelector('.head .note a')")
        self.assertIn(second["representative"], page.evaluate("document.querySelector('.head').innerText"))
        page.click(f".head a[href='#/family/{second['family']}']")
        page.wait(f"document.querySelector('.head .name').innerText === '{second['family']}'")

    def test_method_names_the_run_and_its_limits(self):
        page = self.open(REPOSTS)
        go(page, "method", "document.querySelector('dl.keys')")
        words = page.evaluate("document.getElementById('view').innerText")
        self.assertIn("earliest in this corpus", words)
        self.assertIn("wording, not meaning", words)
        self.assertRegex(words, r"0\.\d+\.\d+/[0-9a-f]{16}")

    def test_indonesian(self):
        page = self.open(REPOSTS, "--language", "id")
        self.assertEqual(page.evaluate("document.documentElement.lang"), "id")
        self.assertIn("keluarga terbesar", page.evaluate("document.getElementById('view').innerText").lower())
        go(page, "families", TREE)
        page.picture(PICTURES / "indonesian.png")
        page.click("#bar .tools button", 0)
        page.wait("document.querySelector('nav a').innerText === 'Overview'")

    def test_contrast_is_enough_in_light_and_dark(self):
        for dark in [False, True]:
            page = self.open(REPOSTS, dark=dark)
            for place, until in [("overview", "document.querySelector('.chart')"), ("families", TREE),
                                 ("review", "document.querySelector('#pairs tr')"),
                                 ("method", "document.querySelector('dl.keys')")]:
                go(page, place, until)
                ratio, whose = page.evaluate(CONTRAST)
                self.assertGreaterEqual(ratio, 4.5, f"{place}, dark {dark}: {whose}")
                if dark and place == "families":
                    page.picture(PICTURES / "dark.png")

    def test_the_theme_can_be_switched(self):
        page = self.open(REPOSTS)
        before = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.click("#bar .tools button", 1)
        self.assertNotEqual(page.evaluate("getComputedStyle(document.body).backgroundColor"), before)

    def test_phone(self):
        page = self.open(REPOSTS, width=390, height=844, mobile=True)
        for place in ["overview", "families", "review", "method"]:
            go(page, place, "document.getElementById('view').innerText.length > 200")
            self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 390, place)
        page.picture(PICTURES / "phone.png")
        go(page, "families", "document.querySelector('.row')")
        page.picture(PICTURES / "phone-list.png")
        page.click(".row")
        page.wait(TREE)
        page.picture(PICTURES / "phone-family.png")
        page.click(".back")
        page.wait("document.querySelector('.side').checkVisibility()")

    def test_print_leaves_out_controls(self):
        page = self.open(REPOSTS)
        go(page, "families", TREE)
        page.print(PICTURES / "print.pdf")
        page.send("Emulation.setEmulatedMedia", {"media": "print"})
        page.resize(794, 1123)
        for selector in [".side", ".bar nav", ".tools"]:
            self.assertFalse(page.evaluate(f"document.querySelector('{selector}').checkVisibility()"), selector)
        self.assertTrue(page.evaluate("document.querySelector('#diff').checkVisibility()"))
        page.picture(PICTURES / "print.png")


class Finding(ReportCase):
    """Keyboard, search, filters and exports."""

    def total(self, page):
        """How many families there are, all of which are shown."""
        shown, _, total, _ = page.evaluate("document.getElementById('shown').innerText").split()
        self.assertEqual(shown, total)
        return int(total)

    def test_keyboard(self):
        page = self.open(REPOSTS)
        page.key("2")
        page.wait("document.querySelector('.row[aria-selected=true]')")
        first = page.evaluate("location.hash")
        page.key("j")
        page.wait(f"location.hash !== {first!r} && location.hash.startsWith('#/family/')")
        second = page.evaluate("location.hash")
        page.key("j")
        page.wait(f"location.hash !== {second!r}")
        page.key("k")
        page.wait(f"location.hash === {second!r}")
        page.key("/")
        page.wait("document.activeElement.id === 'filter-text'")
        page.type("mangrove")
        page.key("Escape")
        self.assertEqual(page.evaluate("document.activeElement.tagName"), "BODY")
        page.key("Escape")
        page.wait("document.body.dataset.view === 'overview'")
        page.key("Tab")
        self.assertTrue(page.evaluate("document.activeElement.matches(':focus-visible')"))

    def test_no_key_is_lost_however_quick(self):
        page = self.open(REPOSTS)
        page.key("2")
        page.wait("document.querySelector('.row[aria-selected=true]')")
        page.evaluate("for (let i = 0; i < 3; i++) document.body.dispatchEvent("
                      "new KeyboardEvent('keydown', {key: 'j', bubbles: true}))")
        page.wait("document.querySelector('.row[aria-selected=true]')?.ariaPosInSet === '4'")
        chosen = page.evaluate("location.hash")
        page.key("k")
        page.wait("document.querySelector('.row[aria-selected=true]')?.ariaPosInSet === '3'")
        self.assertNotEqual(page.evaluate("location.hash"), chosen)

    def test_search_reaches_into_the_texts(self):
        page = self.open(REPOSTS)
        go(page, "families", "document.querySelector('.row')")
        total = self.total(page)
        page.evaluate("document.getElementById('filter-text').focus()")
        page.type("PINTU AIR mengalami patah")
        page.wait("document.getElementById('shown').innerText.startsWith('1 of ')")
        page.key("Enter")
        page.wait("location.hash === '#/family/b931cd32c27cf11a'")
        page.click(".clear")
        page.wait(f"document.getElementById('shown').innerText.startsWith('{total} of {total}')")

    def set(self, page, name, value):
        page.evaluate(f"(() => {{ const e = document.getElementById('filter-{name}'); e.value = {value!r};"
                      " e.dispatchEvent(new Event('input', {bubbles: true})); })()")

    def test_filters(self):
        page = self.open(REPOSTS)
        go(page, "families", "document.querySelector('.row')")
        total = self.total(page)
        for name, value, shown in [("size", "20", f"4 of {total}"), ("level", "copy", f"1 of {total}")]:
            self.set(page, name, value)
            page.wait(f"document.getElementById('shown').innerText.startsWith('{shown}')")
        page.click(".clear")
        self.set(page, "source", "wartaangin")
        page.wait(f"!document.getElementById('shown').innerText.startsWith('{total}')")
        page.click(".clear")
        self.set(page, "to", "2024-01-10")
        page.wait(f"!document.getElementById('shown').innerText.startsWith('{total}')")
        self.set(page, "to", "1999-01-01")
        page.wait("document.getElementById('shown').innerText === 'No family matches.'")
        page.click(".clear")
        self.set(page, "sort", "weakest")
        page.wait("document.querySelector('.row .weak').innerText !== '0.46'")

    def test_exports_hold_what_is_shown(self):
        page = self.open(REPOSTS)
        go(page, "families", "document.querySelector('.row')")
        self.set(page, "size", "20")
        page.wait("document.getElementById('shown').innerText.startsWith('4 of')")
        table = list(csv.DictReader(io.StringIO(self.download(page, 0).lstrip("\ufeff"))))
        self.assertEqual(len(table), 33 + 33 + 33 + 27)
        lines = [json.loads(line) for line in self.download(page, 1).splitlines()]
        saved = subprocess.run([SIDIK, "cluster", "--quiet", "--top", "4", str(REPOSTS)], check=True,
                               capture_output=True, text=True).stdout
        for own, theirs in zip(lines, map(json.loads, saved.splitlines())):
            for member in theirs["members"]:
                member.pop("repeats", None)
            self.assertEqual(own, theirs)

    def download(self, page, nth):
        page.evaluate(KEEP_BLOBS)
        page.click(".exports button", nth)
        return page.evaluate("window.lastBlob.text()")

    def test_decisions_become_a_links_file_that_cluster_reads(self):
        page = self.open(REPOSTS)
        go(page, "review", "document.querySelector('#pairs tr')")
        page.evaluate(KEEP_BLOBS)
        page.key("j")
        page.wait(READY_DIFF)
        page.key("d")
        page.wait("document.querySelector('#pairs [data-verdict=different][aria-pressed=true]')")
        page.picture(PICTURES / "review.png")
        page.click("#save-links .save")
        links = pathlib.Path(WORK.name) / "links.tsv"
        links.write_text(page.evaluate("window.lastBlob.text()"))
        a, b = links.read_text().splitlines()[1].split("\t")[:2]
        done = subprocess.run([SIDIK, "cluster", "--quiet", "--links", str(links), str(REPOSTS)],
                              check=True, capture_output=True, text=True)
        home = {m["id"]: f["family"] for f in map(json.loads, done.stdout.splitlines()) for m in f["members"]}
        self.assertNotEqual(home.get(a), home.get(b, "alone"))


class Passages(ReportCase):
    """What the engine found in two texts, beside and in the texts themselves."""

    def setUp(self):
        self.path = pathlib.Path(WORK.name) / "passages.jsonl"
        self.links = pathlib.Path(WORK.name) / "passages-links.tsv"
        if not self.path.exists():
            evidence.write(self.path, self.links)
        self.page = self.open(self.path, "--links", str(self.links))
        go(self.page, "families", READY_DIFF)

    def choose(self, name, side="b"):
        nth = self.page.evaluate("[...document.querySelectorAll('#members tbody tr')]"
                                 f".findIndex(r => r.querySelector('.id').innerText === {name!r})")
        self.page.click(f"#members [data-side={side}]", nth)
        self.page.wait("!document.getElementById('compare').ariaBusy"
                       f" && [...document.querySelectorAll('.diff-head bdi')].some(e => e.innerText === {name!r})")

    def outlined(self, nth):
        """The wording that is outlined in a column of the texts."""
        return self.page.evaluate(
            f"[...document.querySelectorAll('#diff .diff-row')].map(r => [...r.children[{nth}].querySelectorAll("
            "'.in-passage.here')].map(e => e.textContent).join(' ')).join(' ')").split()

    def evidence(self):
        return self.page.evaluate("document.getElementById('evidence').innerText")

    def test_places_are_those_of_the_wording(self):
        for name, before in evidence.BEFORE.items():
            self.choose(name)
            self.assertIn("One passage stands in both texts", self.evidence(), name)
            self.assertIn("equal", self.evidence(), name)
            self.page.click("#evidence .quote[data-side=b]")
            # The page shows invisible characters as marks.
            plain = evidence.FIRST.split()
            self.assertEqual(self.outlined(0), plain, name)
            self.assertEqual(self.outlined(1), plain, name)
            self.assertTrue(self.page.evaluate("document.activeElement.matches('.mark[data-side=b]')"), name)

    def test_passages_in_another_order_are_linked_by_their_numbers(self):
        self.choose("turned")
        self.assertIn("2 passages stand in both texts", self.evidence())
        self.assertEqual(self.page.evaluate("document.querySelectorAll('#evidence .turned').length"), 1)
        marks = "[...document.querySelectorAll('#diff .mark[data-side={}]')].map(e => e.dataset.number)"
        self.assertEqual(self.page.evaluate(marks.format("a")), ["1", "2"])
        self.assertEqual(self.page.evaluate(marks.format("b")), ["2", "1"])
        self.page.click("#diff .mark[data-side=a][data-number='2']")
        self.assertEqual(self.outlined(0), evidence.SECOND.split())
        self.assertEqual(self.outlined(1), evidence.SECOND.split())
        self.assertTrue(self.page.evaluate(
            "document.activeElement.matches('.mark[data-side=b][data-number=\\'2\\']')"))
        top, bottom, height = self.page.evaluate("(() => { const r = document.activeElement.getBoundingClientRect();"
                                                 " return [r.top, r.bottom, innerHeight]; })()")
        self.assertTrue(0 <= top and bottom <= height)
        # Of the two, the one that the differences cannot align is moved, not taken out here and put in there.
        for nth in [0, 1]:
            moved = self.page.evaluate("[...document.querySelectorAll('#diff .diff-row')].map(r => [...r.children["
                                       f"{nth}].querySelectorAll('.moved')].map(e => e.textContent).join(' ')).join(' ')")
            self.assertIn(moved.split(), [evidence.FIRST.split(), evidence.SECOND.split()])
        self.page.evaluate("document.getElementById('compare').scrollIntoView()")
        self.page.picture(PICTURES / "passages.png")

    def test_passages_are_seen_in_the_dark_and_on_a_phone(self):
        self.choose("turned")
        self.page.click("#evidence .quote[data-side=a]")
        for name in ["light", "dark"]:
            ratio, whose = self.page.evaluate(CONTRAST)
            self.assertGreaterEqual(ratio, 4.5, f"{name}: {whose}")
            self.page.click("#bar .tools button", 1)
        self.page.resize(390, 844, mobile=True)
        self.assertLessEqual(self.page.evaluate("document.documentElement.scrollWidth"), 390)
        self.page.evaluate("document.getElementById('compare').scrollIntoView()")
        self.page.picture(PICTURES / "phone-passages.png")

    def test_keys_go_from_passage_to_passage(self):
        self.choose("turned")
        for number in ["1", "2", "1"]:
            self.page.key("p")
            self.assertEqual(self.page.evaluate("document.querySelector('#evidence li.here').dataset.row"), number)

    def test_a_pair_that_was_not_searched_says_so(self):
        self.choose("turned")
        self.choose("emoji", side="a")
        self.assertIn("not searched in this run", self.evidence())
        self.assertIn("sidik explain", self.evidence())
        self.assertEqual(self.page.evaluate("document.querySelectorAll('#diff .mark').length"), 0)
        self.choose("first", side="a")
        self.page.click("#compare .tools button", 1)
        self.page.wait("document.querySelectorAll('.diff-head bdi')[0].innerText === 'turned'")
        self.assertIn("2 passages", self.evidence(), "swapped, the same passages")

    def test_equal_words_are_the_whole(self):
        self.choose("shouted")
        self.assertIn("the same words in the same order", self.evidence())

    def test_a_jump_opens_lines_that_are_folded(self):
        self.choose("folded")
        self.assertGreater(self.page.evaluate("document.querySelectorAll('#diff .folded').length"), 0)
        number = self.page.evaluate("document.querySelector('#diff .folded').dataset.passages.split(' ').at(-1)")
        self.page.click(f"#evidence li[data-row='{number}'] .quote[data-side=a]")
        self.assertTrue(self.page.evaluate("document.querySelector('#diff .folded').open"))
        self.assertGreater(len(self.outlined(0)), 20)

    def test_families_alone_have_no_passages(self):
        families = pathlib.Path(WORK.name) / "alone.jsonl"
        file = pathlib.Path(WORK.name) / "alone.html"
        subprocess.run([SIDIK, "cluster", "--quiet", "--output", str(families), str(REPOSTS)], check=True)
        subprocess.run([SIDIK, "report", "--quiet", "--families", str(families), "--output", str(file), str(REPOSTS)],
                       check=True)
        page = self.browser.open(file)
        self.addCleanup(page.close)
        ready(page)
        go(page, "families", READY_DIFF)
        self.assertIn("No passages were searched", page.evaluate("document.getElementById('evidence').innerText"))
        self.assertEqual(page.complaints(), [])


class Hostile(ReportCase):
    """Nothing a document holds is ever run, loaded or hidden."""

    def setUp(self):
        self.path = pathlib.Path(WORK.name) / "hostile.jsonl"
        hostile.write(self.path)

    def test_nothing_runs_and_everything_is_shown_as_it_is(self):
        page = self.open(self.path)
        go(page, "families", TREE)
        page.wait(READY_DIFF)
        self.assertEqual(page.evaluate("document.querySelectorAll('#members tbody tr').length"), 4)
        for nth in range(4):
            page.click("#members button[data-side=b]", nth)
            page.wait(f"document.querySelectorAll('#members [data-side=b]')[{nth}].ariaPressed === 'true'")
        page.wait("document.querySelector('#diff').innerText.includes('<img src=x onerror')")
        self.assertIn("<script>window.hacked = 1</script>", page.evaluate("document.querySelector('#diff').innerText"))
        self.assertIn("RLO", page.evaluate("document.querySelector('#diff').innerText"))
        for place in ["overview", "review", "method"]:
            go(page, place, "document.getElementById('view').innerText.length > 60")
        self.assertIsNone(page.evaluate("window.hacked"))
        self.assertEqual(page.evaluate("document.querySelectorAll('#view img, #view script, #view iframe').length"), 0)

    def test_slots_are_named(self):
        page = self.open(self.path)
        go(page, "families", "document.querySelector('#slots td')")
        kinds = page.evaluate("document.getElementById('slots').innerText")
        self.assertIn("bank", kinds)
        self.assertIn("name", kinds)

    def test_tables_hold_no_formulas(self):
        page = self.open(self.path)
        go(page, "families", "document.querySelector('.row')")
        text = Finding.download(self, page, 0)
        for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))):
            for field in row:
                self.assertFalse(field.startswith(("=", "+", "-", "@")), field)

    def test_the_policy_forbids_every_load(self):
        page = self.browser.open(report(self.path))
        self.addCleanup(page.close)
        ready(page)
        policy = page.evaluate("document.querySelector('meta[http-equiv]').content")
        self.assertTrue(policy.startswith("default-src 'none';"))
        self.assertNotIn("unsafe", policy)
        page.evaluate("""(() => { const s = document.createElement('script'); s.textContent = 'window.hacked = 9';
          document.body.append(s); const i = new Image(); i.src = 'https://example.invalid/x.png'; })()""")
        time.sleep(0.2)
        self.assertIsNone(page.evaluate("window.hacked"))
        self.assertTrue(any("Content Security Policy" in text for text in page.complaints()))


class Orders(ReportCase):
    """What stands in another order, and what covers a text, against their definitions."""

    def setUp(self):
        self.page = self.browser.open("/dev/null")
        self.addCleanup(self.page.close)
        self.page.evaluate("".join((PAGE / f"{name}.js").read_text() for name in ["search", "diff", "evidence"]) + ";" + """
          globalThis.random = (seed) => { let state = seed;
            return (n) => { state = (Math.imul(state, 1103515245) + 12345) >>> 0; return (state >>> 8) % n; }; };
          globalThis.checkOrder = (seed) => {
            const next = random(seed);
            const list = Array.from({ length: next(9) }, () => [next(7), 1 + next(5)]);
            let most = 0;
            for (let mask = 0; mask < 1 << list.length; mask++) {
              const part = list.filter((_, i) => mask >> i & 1);
              if (part.every(([value], i) => !i || value > part[i - 1][0])) {
                most = Math.max(most, part.reduce((sum, [, weight]) => sum + weight, 0));
              }
            }
            const chosen = [...heaviestRising(list)].sort((x, y) => x - y).map((i) => list[i]);
            if (!chosen.every(([value], i) => !i || value > chosen[i - 1][0])) return 'order';
            return chosen.reduce((sum, [, weight]) => sum + weight, 0) === most ? '' : 'weight';
          };
          globalThis.checkParts = (seed) => {
            const next = random(seed);
            const ranges = Array.from({ length: next(7) }, (_, i) => {
              const from = next(12);
              return { number: i + 1, range: [from, from + 1 + next(9)] };
            });
            const parts = partsOf(ranges);
            for (let at = 0; at < 24; at++) {
              const covering = ranges.filter(({ range }) => range[0] <= at && at < range[1]).map(({ number }) => number).sort();
              const found = parts.filter(({ from, to }) => from <= at && at < to);
              if (found.length > 1 || String([...(found[0]?.numbers ?? [])].sort()) !== String(covering)) return 'cover';
            }
            const begun = parts.flatMap(({ from, begin }) => begin.map((number) => [number, from]));
            return begun.length === ranges.length
              && begun.every(([number, from]) => ranges[number - 1].range[0] === from) ? '' : 'begin';
          }; 0""")

    def test_the_heaviest_passages_in_order_stay(self):
        self.assertEqual(self.page.evaluate("Array.from({length: 2000}, (_, i) => checkOrder(i + 1)).filter(Boolean)"), [])

    def test_overlapping_passages_cover_words_once(self):
        self.assertEqual(self.page.evaluate("Array.from({length: 2000}, (_, i) => checkParts(i + 1)).filter(Boolean)"), [])


class Differences(ReportCase):
    """The comparison of words against its definition."""

    def setUp(self):
        page = self.browser.open("/dev/null")
        self.addCleanup(page.close)
        source = "".join((PAGE / f"{name}.js").read_text() for name in ["strings", "tokens", "search", "diff"])
        page.evaluate(source + ";" + """
          globalThis.check = (seed, length, letters) => {
            let state = seed;
            const next = (n) => { state = (Math.imul(state, 1103515245) + 12345) >>> 0; return (state >>> 8) % n; };
            const words = () => Int32Array.from({ length: next(length) }, () => next(letters));
            const [a, b] = [words(), words()];
            const { ops } = difference(a, b);
            let [x, y] = [0, 0];
            for (const op of ops) {
              if (op.a0 !== x || op.b0 !== y) return 'gap';
              if (op.kind === 'same') {
                if (op.a1 - op.a0 !== op.b1 - op.b0) return 'length';
                for (let i = 0; i < op.a1 - op.a0; i++) if (a[op.a0 + i] !== b[op.b0 + i]) return 'word';
              }
              if ((op.kind === 'removed') !== (op.a1 > op.a0 && op.b1 === op.b0)) return 'removed';
              if ((op.kind === 'inserted') !== (op.b1 > op.b0 && op.a1 === op.a0)) return 'inserted';
              [x, y] = [op.a1, op.b1];
            }
            if (x !== a.length || y !== b.length) return 'end';
            const one = { a, b, pairs: [], coarse: false };
            shortest(one, 0, a.length, 0, b.length);
            const found = one.pairs.reduce((sum, pair) => sum + pair[2], 0);
            let row = new Array(b.length + 1).fill(0);
            for (const word of a) {
              const last = row.slice();
              for (let j = 1; j <= b.length; j++) row[j] = word === b[j - 1] ? last[j - 1] + 1 : Math.max(last[j], row[j - 1]);
            }
            return found === row[b.length] ? '' : `common ${found}, not ${row[b.length]}`;
          }; 0""")
        self.page = page

    def test_cover_both_texts_and_are_shortest(self):
        for length, letters in [(4, 2), (12, 3), (40, 4), (60, 30), (120, 6)]:
            found = self.page.evaluate(
                f"Array.from({{length: 300}}, (_, i) => check(i + 1, {length}, {letters})).filter(Boolean)")
            self.assertEqual(found, [], (length, letters))

    def test_long_texts_end_in_time(self):
        seconds = self.page.evaluate(
            "(() => { const t = performance.now(); const w = (s) => Int32Array.from({length: 60000}, (_, i) => (Math.imul(i, s) >>> 7) % 900);"
            " const d = difference(w(2654435761), w(40503)); return [d.coarse, (performance.now() - t) / 1000]; })()")
        self.assertTrue(seconds[0])
        self.assertLess(seconds[1], 10)


@unittest.skipUnless((SHARED / "id-hoax-topics/docs.jsonl").exists(), "no ../shared/corpora beside the project")
class SharedCorpora(ReportCase):
    def test_hoax_topics(self):
        page = self.open(SHARED / "id-hoax-topics/docs.jsonl")
        go(page, "families", TREE)
        page.picture(PICTURES / "hoax-topics.png")

    def test_143917_sections_open_and_scroll(self):
        file = report(SHARED / "civil-codes/sections.jsonl.zst")
        self.assertLess(file.stat().st_size, 40e6)
        page = self.browser.open(file)
        self.addCleanup(page.close)
        milliseconds = ready(page)
        print(f"civil-codes: {file.stat().st_size / 1e6:.1f} MB, open after {milliseconds} ms")
        go(page, "families", "document.querySelector('.row')")
        page.evaluate("document.querySelector('.list').scrollTop = 1e9")
        page.wait("[...document.querySelectorAll('.row')].some(e => e.ariaPosInSet === e.ariaSetSize)")
        self.assertLess(page.evaluate("document.querySelectorAll('.row').length"), 60)
        page.picture(PICTURES / "civil-codes.png")
        self.assertEqual(page.complaints(), [])


if __name__ == "__main__":
    if not find_browser():
        raise SystemExit("no Chromium on PATH: `make report-test` installs it, or set CHROMIUM")
    unittest.main(verbosity=2)
