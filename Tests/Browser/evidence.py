"""One family of texts that share passages: behind odd characters, in another order, between other words."""
import json
import random

NAMES = "tanggul kelurahan bendungan relawan sekolah jembatan pengungsi gudang dermaga pelabuhan".split()


def words(seed, count):
    """Words that stand in no other piece."""
    order = random.Random(seed)
    return " ".join(f"{order.choice(NAMES)}{seed}{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(count))


FIRST = words(1, 150)
SECOND = words(2, 140)
# In lines, so that equal ones are folded away.
LINES = [words(3, 130)[i:i + 120] for i in range(0, 3600, 120)]
WHOLE = "\n".join([FIRST, "", *LINES, "", SECOND])
FOLDED = "\n".join([words(6, 30), "", *LINES, "", SECOND])
# What stands before the passage, where bytes, characters and units of JavaScript count apart.
BEFORE = {
    "emoji": "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001d5d5\U0001d5f2\U0001d5ff\U0001d5f6\U0001d601\U0001d5ee \u2014 ",
    "marks": "e\u0301a\u0308 i\u0302o\u0303u\u0327 kalimat pembuka. ",
    "invisible": "\u200bse\u00adbe\u200blum\ufeff itu \u2060pesan\u202e ini\u202c: ",
    "signature": "\ufeff\u6f22\u5b57\u3092\u66f8\u304f\u3002 ",
    "broken": "rusak \udcff\udce2\udc82 sini ",
}


def documents():
    yield "first", WHOLE
    for name, before in BEFORE.items():
        yield name, before + FIRST
    yield "turned", SECOND + "\n\n" + words(4, 130) + "\n\n" + FIRST
    yield "shouted", WHOLE.upper() + "!!!"
    yield "folded", FOLDED + "\n" + words(5, 20)


def write(path, links):
    with open(path, "wb") as file:
        for number, (name, text) in enumerate(documents()):
            line = json.dumps({"id": name, "text": text, "time": f"2024-05-{number + 1:02}T08:00:00Z"}, ensure_ascii=False)
            file.write(line.encode("utf-8", "surrogateescape") + b"\n")
    with open(links, "w", encoding="utf-8") as file:
        file.write("a\tb\tverdict\n")
        for name, _ in documents():
            if name != "first":
                file.write(f"first\t{name}\tsame\n")
