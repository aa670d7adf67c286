// Pairs near the thresholds, and what an analyst decides about them.

const decisions = new Map();
let reviewer = "";
let reviewAt = -1;

const storageName = () => "sidik-links:" + run.sidik + ":" + run.totals.documents;

function restoreDecisions() {
  try {
    const saved = JSON.parse(localStorage.getItem(storageName()) ?? "null");
    for (const entry of saved?.decisions ?? []) decisions.set(pairName(entry.a, entry.b), entry);
    reviewer = saved?.by ?? "";
  } catch {
    // Pages from a disk may have no storage: decisions then live as long as the page.
  }
}

function keepDecisions() {
  try {
    localStorage.setItem(storageName(), JSON.stringify({ by: reviewer, decisions: [...decisions.values()] }));
  } catch {
    // As above.
  }
}

const pairName = (a, b) => JSON.stringify(a < b ? [a, b] : [b, a]);

function decide(a, b, verdict) {
  const ids = [run.documents.id[a], run.documents.id[b]];
  if (verdict === null) decisions.delete(pairName(...ids));
  else decisions.set(pairName(...ids), { a: ids[0], b: ids[1], verdict });
  keepDecisions();
  document.dispatchEvent(new CustomEvent("sidik-decided"));
}

function verdictOn(a, b) {
  return decisions.get(pairName(run.documents.id[a], run.documents.id[b]))?.verdict ?? null;
}

function verdictBar(a, b) {
  if (a === b || run.documents.id[a] === run.documents.id[b]) return null;
  const bar = el("div.verdict", { role: "group", "aria-label": say("decide") });
  const draw = () => {
    const verdict = verdictOn(a, b);
    const choice = (name) => button(say("decide." + name), () => decide(a, b, verdict === name ? null : name),
      { class: "verdict-" + name, "aria-pressed": verdict === name ? "true" : "false" });
    fill(bar, el("span.note", {}, say("decide")), choice("same"), choice("different"), savePart());
  };
  document.addEventListener("sidik-decided", function listen() {
    if (bar.isConnected) draw();
    else document.removeEventListener("sidik-decided", listen);
  });
  draw();
  return bar;
}

function savePart() {
  if (!decisions.size) return null;
  return [
    el("span.note", {}, say("review.decided", { n: count(decisions.size) })),
    button(say("review.save"), saveLinks, { class: "save" }),
  ];
}

// The file that `--links` reads: rows, or JSON Lines where an id would break a row.
function linksFile() {
  const time = new Date().toISOString().slice(0, 19) + "Z";
  const entries = [...decisions.values()].map((entry) => ({ ...entry, by: reviewer, time }));
  const breaks = /[\t\r\n]|^\s*#|^\s|\s$/;
  if (entries.some(({ a, b, by }) => breaks.test(a) || breaks.test(b) || /[\t\r\n]/.test(by))) {
    return ["links.jsonl", entries.map((entry) => JSON.stringify(entry) + "\n").join("")];
  }
  const rows = entries.map(({ a, b, verdict, by }) => [a, b, verdict, "", by, time].join("\t") + "\n");
  return ["links.tsv", "a\tb\tverdict\tnote\tby\ttime\n" + rows.join("")];
}

function saveLinks() {
  download(...linksFile(), "text/plain");
}

function drawReview(view) {
  const { pairs } = run;
  reviewAt = -1;
  const box = el("div.pairs", { id: "pairs" });
  const save = el("span", { id: "save-links" });
  const name = el("input", { type: "text", value: reviewer, "aria-label": say("review.by"), placeholder: say("review.by"), oninput: (event) => {
    reviewer = event.target.value;
    keepDecisions();
  } });
  const drawSave = () => fill(save, savePart());
  fill(view, el("div.split.review", {},
    el("div.side", {},
      el("div.review-head", {}, el("h1", {}, say("review.title")),
        el("p.note", {}, say("review.note")),
        pairs.a.length ? el("p.review-tools", {}, name, " ", save) : el("p.note", {}, say("review.none"))),
      box),
    el("article.detail", {}, el("section.card", { id: "review-compare" },
      pairs.a.length ? el("p.pick", {}, say("review.pick")) : null))));
  drawSave();
  for (const kind of ["weak", "apart"]) {
    const rows = pairs.kind.flatMap((name, i) => (name === kind ? [i] : []));
    if (!rows.length) continue;
    box.append(el("h2", {}, say("review." + kind)),
      el("table", {}, el("tbody", {}, rows.map(reviewRow))));
  }
  document.addEventListener("sidik-decided", function listen() {
    if (!box.isConnected) return document.removeEventListener("sidik-decided", listen);
    drawSave();
    for (const row of box.querySelectorAll("tr")) markDecision(row);
  });
}

function reviewRow(index) {
  const { pairs, documents } = run;
  const [a, b] = [pairs.a[index], pairs.b[index]];
  const choice = (verdict) => button(say("decide." + verdict),
    () => decide(a, b, verdictOn(a, b) === verdict ? null : verdict),
    { class: "small verdict-" + verdict, "data-verdict": verdict });
  const row = el("tr", { "data-pair": index },
    el("td", {}, el("strong", {}, score(pairs.strength[index])), " ", levelBadge(run.levels[pairs.level[index]]),
      el("button.link.ids", { type: "button", onclick: () => openReview(index) },
        bdi(documents.id[a]), el("br"), bdi(documents.id[b]))),
    el("td.actions", {}, choice("same"), choice("different")));
  markDecision(row);
  return row;
}

function markDecision(row) {
  if (!row.dataset.pair) return;
  const index = Number(row.dataset.pair);
  const verdict = verdictOn(run.pairs.a[index], run.pairs.b[index]);
  for (const choice of row.querySelectorAll("[data-verdict]")) {
    choice.setAttribute("aria-pressed", choice.dataset.verdict === verdict ? "true" : "false");
  }
}

function openReview(index) {
  reviewAt = index;
  for (const row of document.querySelectorAll("#pairs tr")) {
    row.classList.toggle("chosen", Number(row.dataset.pair) === index);
  }
  const view = document.getElementById("review-compare");
  const family = run.pairs.kind[index] === "weak" ? familyOf(run.pairs.a[index]) : -1;
  drawComparison(view, run.pairs.a[index], run.pairs.b[index]).then(() => {
    if (family >= 0) {
      view.append(el("p.note", {}, el("a", { href: "#/family/" + run.families.id[family] },
        say("review.weak.1"))));
    }
    if (isNarrow()) view.scrollIntoView({ block: "start" });
  });
}

function moveReview(step) {
  const rows = [...document.querySelectorAll("#pairs tr")].map((row) => Number(row.dataset.pair));
  if (!rows.length) return;
  const at = rows.indexOf(reviewAt);
  openReview(rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step))]);
  document.querySelector("#pairs tr.chosen")?.scrollIntoView({ block: "nearest" });
}
