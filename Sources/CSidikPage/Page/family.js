// One family: when and where its members stood, how like each other they are, and why.

const MEMBERS_SHOWN = 100;
const MOST_EXPLAINED_BYTES = 4_000_000;
let familyNumber = 0;
let pair = { a: 0, b: 0 };

function drawFamily(view, family) {
  const number = ++familyNumber;
  const { families } = run;
  const first = families.first[family];
  const size = families.size[family];
  pair = { a: first, b: first + Math.min(1, size - 1) };
  const compare = el("section.card", { id: "compare" });
  const kept = el("section.card", { id: "kept" });
  const slots = el("section.card", { id: "slots", hidden: true });
  const tree = el("section.card", { id: "tree" });
  const weakest = el("p.weakest", { id: "weakest" });
  fill(view,
    el("a.back", { href: "#/families" }, "← " + say("back")),
    familyHead(family, weakest),
    size > 1 ? el("section.card", {}, el("h2", {}, say("timeline")), timeline(family)) : null,
    el("section.card.members", {}, el("h2", {}, say("members.title")),
      el("p.note", {}, say("members.note")), memberTable(family)),
    size > 1 ? compare : null,
    size > 1 ? [kept, slots, tree] : el("section.card", { id: "single" }));
  if (size < 2) {
    textOf(first).then((text) => {
      if (number === familyNumber) fill(document.getElementById("single"), wholeText(text));
    });
    return;
  }
  comparePair(pair.a, pair.b);
  explainFamily(family, number, { kept, slots, tree, weakest }).catch((error) => {
    if (number === familyNumber) fill(kept, el("p.note", {}, String(error.message)));
  });
}

function wholeText(text) {
  if (text === null) return el("p.note", {}, say("no.text"));
  return el("div.text", { dir: "auto" }, visible(text) );
}

function familyHead(family, weakest) {
  const { families, documents } = run;
  const [early, late] = [families.earliest[family], families.latest[family]];
  const fact = (name, ...value) => el("div", {}, el("dt", {}, say(name)), el("dd", {}, ...value));
  const span = early >= 0 ? documents.seconds[late] - documents.seconds[early] : 0;
  return el("header.head", {},
    el("h1", {}, el("span.size", {}, count(families.size[family])), " " + say("members") + " ",
      levelBadge(run.levels[families.level[family]]),
      el("code.name", { title: say("family") }, families.id[family])),
    el("p.opening", { dir: "auto" }, shown(families.opening[family])),
    templateNote(family),
    el("dl.fact-row", {},
      early >= 0 ? fact("first.seen", timeText(early), " ",
        el("span.note", {}, bdi(sourceName(early) || documents.id[early]), " · ", say("earliest"))) : null,
      late >= 0 && span > 0 ? fact("last.seen", timeText(late)) : null,
      span > 0 ? fact("span", duration(span)) : null,
      families.sources[family] ? fact("sources.count", count(families.sources[family])) : null,
      fact("representative", bdi(documents.id[families.first[family]]))),
    weakest);
}

const MOST_FILLINGS = 12;

// Families and lone documents of one frame with other slots, as links.
function templateNote(family) {
  const { families } = run;
  const name = families.template[family];
  if (!name) return null;
  const others = families.template.flatMap((other, i) => (other === name && i !== family ? [i] : []));
  return el("p.note", {}, say("template.of", { n: count(others.length + 1) }), " ",
    others.slice(0, MOST_FILLINGS).map((other, i) => [i ? ", " : "",
      el("a", { href: "#/family/" + families.id[other] }, bdi(run.documents.id[families.first[other]]))]),
    others.length > MOST_FILLINGS ? " …" : "");
}

function memberTable(family) {
  const { families } = run;
  const first = families.first[family];
  const size = families.size[family];
  const range = Array.from({ length: size }, (_, i) => first + i);
  const columns = {
    time: range.some((i) => run.documents.time[i]), source: range.some((i) => run.documents.source[i] >= 0),
    author: range.some((i) => run.documents.author[i] >= 0),
  };
  const heading = (name) => (columns[name] ? el("th", {}, say("col." + name)) : null);
  const head = el("tr", {}, el("th.compare", {}, say("col.compare")),
    heading("time"), heading("source"), heading("author"), el("th", {}, say("col.id")),
    el("th", {}, say("col.level")),
    el("th.number", { title: say("col.similarity.why") }, say("col.similarity")),
    el("th.number", { title: say("col.containment.why") }, say("col.containment")));
  const body = el("tbody", {});
  const more = el("p.more", {});
  let drawn = 0;
  const grow = () => {
    const end = Math.min(size, drawn + (drawn ? 1000 : MEMBERS_SHOWN));
    for (; drawn < end; drawn++) body.append(memberRow(first + drawn, drawn === 0, columns));
    markPair();
    fill(more, drawn < size
      ? button(say("members.more", { n: count(Math.min(1000, size - drawn)) }), grow) : null);
  };
  const table = el("div.scroll", {}, el("table.members", { id: "members" }, el("thead", {}, head), body));
  grow();
  return [table, more];
}

function memberRow(document, isFirst, columns) {
  const { documents, members } = run;
  const choose = (side) => button(side.toUpperCase(), (event) => {
    event.stopPropagation();
    comparePair(side === "a" ? document : pair.a, side === "b" ? document : pair.b);
  }, { class: "side-" + side, "data-side": side, "aria-pressed": "false", "aria-label": `${side.toUpperCase()}: ${documents.id[document]}` });
  return el("tr", { "data-document": document, class: isFirst ? "first" : null },
    el("td.compare", {}, choose("a"), choose("b")),
    columns.time ? el("td.time", { title: shown(documents.time[document]) }, timeText(document)) : null,
    columns.source ? el("td", {}, bdi(sourceName(document))) : null,
    columns.author ? el("td", {}, bdi(authorName(document))) : null,
    el("td.id", {}, bdi(documents.id[document])),
    el("td", {}, levelBadge(run.levels[members.level[document]])),
    el("td.number", {}, score(members.similarity[document])),
    el("td.number", {}, score(members.containment[document])));
}

function markPair() {
  for (const row of document.querySelectorAll("#members tbody tr")) {
    for (const choice of row.querySelectorAll("[data-side]")) {
      const chosen = Number(row.dataset.document) === pair[choice.dataset.side];
      choice.setAttribute("aria-pressed", chosen ? "true" : "false");
    }
  }
}

function comparePair(a, b) {
  pair = { a, b };
  markPair();
  const view = document.getElementById("compare");
  if (view) drawComparison(view, a, b, { swap: () => comparePair(b, a) });
}

// Everything that needs the texts.
async function explainFamily(family, number, { kept, slots, tree, weakest }) {
  const first = run.families.first[family];
  const size = run.families.size[family];
  fill(kept, el("h2", {}, say("kept")), el("p.note", {}, say("working")));
  fill(tree, el("h2", {}, say("tree")), el("p.note", {}, say("working")));
  const edges = await edgesOf(family);
  if (number !== familyNumber) return;
  drawWeakest(weakest, family, edges);
  const texts = await textsOf(family, MOST_PASSAGE_MEMBERS, MOST_EXPLAINED_BYTES);
  const tokens = [];
  let sincePause = 0;
  for (const text of texts) {
    tokens.push(tokenise(text ?? ""));
    sincePause += (text ?? "").length;
    if (sincePause < 200_000) continue;
    sincePause = 0;
    await pause();
    if (number !== familyNumber) return;
  }
  const counts = await keptWords(tokens);
  if (number !== familyNumber) return;
  drawKept(kept, first, tokens[0], counts, size);
  await pause();
  if (number !== familyNumber) return;
  drawSlots(slots, tokens[0], familySlots(tokens));
  await pause();
  if (number !== familyNumber) return;
  drawTree(tree, family, tokens, edges);
}

function drawWeakest(view, family, edges) {
  const { families, documents } = run;
  const strength = (edge) => Math.max(edge.jaccard, edge.containment);
  let weak = null;
  for (const edge of edges) if (!weak || strength(edge) < strength(weak)) weak = edge;
  const cohesion = say("cohesion", { min: score(families.min[family]), median: score(families.median[family]) });
  if (!weak) return fill(view, cohesion);
  const first = families.first[family];
  const [a, b] = [first + weak.a, first + weak.b];
  fill(view, el("strong", {}, say("weakest") + ": "),
    score(strength(weak)), " ", bdi(documents.id[a]), " – ", bdi(documents.id[b]), " ",
    button(say("review.open"), () => {
      comparePair(a, b);
      document.getElementById("compare").scrollIntoView({ block: "start" });
    }, { class: "small" }),
    el("span.note", {}, " " + cohesion));
}

function drawKept(view, document, tokens, { counts, members }, size) {
  const nodes = [];
  const text = tokens.text;
  let [at, words, passages] = [0, 0, 0];
  const stepAt = (i) =>
    counts[i] === members ? 4 : counts[i] <= 1 ? 0 : 1 + Math.floor((3 * (counts[i] - 1)) / members);
  for (let i = 0; i < counts.length;) {
    const step = stepAt(i);
    let [end, least, most] = [i, members, 0];
    for (; end < counts.length && stepAt(end) === step; end++) {
      least = Math.min(least, counts[end]);
      most = Math.max(most, counts[end]);
    }
    nodes.push(...visible(text.slice(at, tokens.start[i])));
    const range = least === most ? count(least) : `${count(least)}–${count(most)}`;
    nodes.push(el("span.kept-" + step, { title: `${range} / ${count(members)}` },
      visible(text.slice(tokens.start[i], tokens.end[end - 1]))));
    if (step === 4) {
      passages++;
      words += tokens.key.slice(i, end).filter(isWord).length;
    }
    at = tokens.end[end - 1];
    i = end;
  }
  nodes.push(...visible(text.slice(at)));
  const all = count(members);
  fill(view, el("h2", {}, say("kept")),
    el("p", {}, passages ? say("kept.all", { n: count(words), passages: count(passages), all }) : say("kept.none", { all }),
      members < size ? " " + say("kept.sample", { n: all }) : ""),
    el("div.text.heat", { dir: "auto" }, nodes),
    el("p.note", {}, say("kept.note", { id: shown(run.documents.id[document]) }), " ",
      el("span.scale", {}, say("kept.scale"), " ", [1, 2, 3, 4].map((n) => el("span.kept-" + n, {}, "\u2003")), " ", say("kept.scale.all"))));
}

function drawSlots(view, tokens, found) {
  view.hidden = !found.length;
  if (!found.length) return;
  const around = (slot) => {
    const before = pieceOf(tokens, Math.max(0, slot.from - 4), slot.from);
    const after = pieceOf(tokens, slot.to, Math.min(tokens.key.length, slot.to + 4));
    return [visible(before), " ", el("mark.slot", {}, visible(pieceOf(tokens, slot.from, slot.to))), " ", visible(after)];
  };
  const rows = found.map((slot) => {
    const values = [...slot.values].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1));
    return el("tr", {}, el("td", {}, say("slot." + slot.kind)),
      el("td", { dir: "auto" }, around(slot)),
      el("td.values", {}, values.slice(0, 8).map(([value, n]) =>
        [el("span.value", {}, bdi(value), n > 1 ? el("small", {}, " ×" + count(n)) : null), " "]),
        values.length > 8 ? "…" : null));
  });
  fill(view, el("h2", {}, say("slots")), el("div.scroll", {}, el("table.plain.slots", {},
    el("thead", {}, el("tr", {}, ["slots.kind", "slots.frame", "slots.values"].map((name) => el("th", {}, say(name))))),
    el("tbody", {}, rows))));
}

const MOST_TREE_ROWS = 400;

function drawTree(view, family, tokens, edges) {
  const first = run.families.first[family];
  const size = run.families.size[family];
  const { order, timed } = bySpread(first, size);
  const fromTexts = tokens.length === size ? treeFromTexts(tokens, order, timed) : null;
  const nodes = fromTexts ?? treeFromEdges(edges, order, timed);
  const children = new Map();
  for (const node of nodes) {
    if (!children.has(node.parent)) children.set(node.parent, []);
    children.get(node.parent).push(node);
  }
  let left = MOST_TREE_ROWS;
  const branch = (node) => {
    left--;
    const id = first + node.member;
    const [time, parent] = [run.documents.seconds[id], node.parent < 0 ? null : run.documents.seconds[first + node.parent]];
    const below = children.get(node.member) ?? [];
    return el("li", {},
      el("span.node", {},
        node.likeness >= 0 ? el("span.likeness", {}, score(Math.round(node.likeness * 10000))) : null,
        el("button.link", { type: "button", onclick: () => {
          comparePair(node.parent < 0 ? id : first + node.parent, id);
          document.getElementById("compare").scrollIntoView({ block: "start" });
        } }, bdi(run.documents.id[id])),
        el("span.note", {}, bdi(sourceName(id)),
          time === null ? "" : parent === null ? " " + timeText(id)
            : " +" + duration(Math.max(0, time - parent)))),
      below.length && left > 0 ? el("ul", {}, below.map((child) => (left > 0 ? branch(child) : null))) : null);
  };
  fill(view, el("h2", {}, say("tree")),
    el("ul.tree", {}, (children.get(-1) ?? []).map(branch)),
    el("p.note", {}, say("tree.note"), " ", timed ? "" : say("tree.untimed"), " ", fromTexts ? "" : say("tree.edges")));
}
