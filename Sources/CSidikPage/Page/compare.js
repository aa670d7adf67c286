// Two texts side by side, line by line, on the originals.

let comparisonNumber = 0;
const FOLD_ROWS = 4;

function drawComparison(view, a, b, { swap } = {}) {
  const number = ++comparisonNumber;
  const done = (...parts) => {
    if (number === comparisonNumber || !view.isConnected) fill(view, ...parts);
  };
  view.setAttribute("aria-busy", "true");
  return Promise.all([passagesOf(a, b), bytesOf(a), bytesOf(b)]).then(([found, ...bytes]) => {
    if (number !== comparisonNumber) return;
    view.removeAttribute("aria-busy");
    const title = el("h2", {}, say("diff"));
    if (bytes.some((text) => text === null)) return done(title, el("p.note", {}, say("no.text")));
    const [first, second] = bytes.map((text) => tokenise(new TextDecoder().decode(text)));
    const evidence = placePassages(found, [first, second], bytes);
    const vocabulary = new Vocabulary();
    const [x, y] = [vocabulary.number(first), vocabulary.number(second)];
    const { ops, coarse } = difference(x, y);
    const isKnown = found.state === "found";
    const moved = isKnown ? movedInPassages(x, y, ops, evidence.passages) : movedWords(x, y, ops);
    done(
      el("div.title-row", {}, title,
        el("span.tools", {},
          button(say("diff.next"), nextChange, { class: "small" }),
          swap ? button(say("diff.swap"), swap, { class: "small" }) : null)),
      drawEvidence(evidence, first, second),
      el("h3", {}, say("diff.changes")),
      el("p.note", {}, diffSummary(first, second, ops, moved), coarse ? " " + say("diff.coarse") : ""),
      diffKey(),
      el("div.diff", { id: "diff" },
        el("div.diff-head", {}, diffName("A", a), diffName("B", b)),
        diffRows(first, second, ops, moved, evidence.passages)),
      verdictBar(a, b));
  });
}

function diffName(side, document) {
  return el("div", {}, el("strong", {}, side + " "), bdi(run.documents.id[document]),
    el("span.note", {}, [sourceName(document), timeText(document)].filter(Boolean)
      .map((part) => [" · ", bdi(part)])));
}

function diffSummary(a, b, ops, moved) {
  if (ops.every((op) => op.kind === "same")) return say("diff.equal");
  const counts = { shared: 0, moved: 0, removed: 0, inserted: 0 };
  for (const op of ops) {
    for (let i = op.a0; i < op.a1; i++) {
      if (isWord(a.key[i])) counts[op.kind === "same" ? "shared" : moved.a[i] ? "moved" : "removed"]++;
    }
    for (let j = op.b0; j < op.b1; j++) {
      if (op.kind !== "same" && !moved.b[j] && isWord(b.key[j])) counts.inserted++;
    }
  }
  const values = Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, count(n)]));
  return say(counts.moved ? "diff.words.moved" : "diff.words", values);
}

function diffKey() {
  return el("p.key", {}, ["same", "removed", "inserted", "replaced", "moved"].map((kind) =>
    [el("span." + kind, {}, say("key." + (kind === "same" ? "shared" : kind))), " "]),
  el("span.replaced.slot", {}, say("key.slot")));
}

// Rows end where both texts have a line break inside what they share.
function diffRows(a, b, ops, moved, passages) {
  const rows = [];
  const [left, right] = [new DiffSide(a, "a", passages), new DiffSide(b, "b", passages)];
  let changed = false;
  const flush = () => {
    if (left.nodes.length || right.nodes.length) rows.push({ left: left.take(), right: right.take(), changed });
    changed = false;
  };
  ops.forEach((op, index) => {
    if (op.kind === "same") {
      for (let i = op.a0, j = op.b0; i < op.a1;) {
        let n = 1;
        while (i + n < op.a1 && !breaksBefore(a, b, i + n, j + n)) n++;
        if (breaksBefore(a, b, i, j)) flush();
        left.put(i, i + n, (words) => el("span.same", {}, words));
        right.put(j, j + n, (words) => el("span.same", {}, words));
        i += n;
        j += n;
      }
      return;
    }
    changed = true;
    const slot = isSlot(op, ops, index) ? slotKindOf(a, b, op) : null;
    putChange(left, op.a0, op.a1, op.kind, moved.a, slot);
    putChange(right, op.b0, op.b1, op.kind, moved.b, slot);
  });
  left.finish();
  right.finish();
  flush();
  return foldedRows(rows);
}

function breaksBefore(a, b, i, j) {
  if (i === 0 || j === 0) return false;
  return a.text.slice(a.end[i - 1], a.start[i]).includes("\n")
    && b.text.slice(b.end[j - 1], b.start[j]).includes("\n");
}

// A change, cut where its words begin or cease to stand elsewhere in the other text.
function putChange(writer, from, to, kind, moved, slot) {
  for (let i = from; i < to;) {
    let end = i + 1;
    while (end < to && moved[end] === moved[i]) end++;
    const isMoved = moved[i] === 1 && !slot;
    const name = isMoved ? "moved" : kind + (slot ? ".slot" : "");
    const title = slot ? `${say("key.slot")}: ${say("slot." + slot)}` : say("key." + (isMoved ? "moved" : kind));
    const tag = isMoved ? "span" : writer.side === "a" ? "del" : "ins";
    writer.put(i, end, (words) => el(`${tag}.change.${name}`, { title, tabindex: "-1" }, words));
    i = end;
  }
}

// Long runs of equal rows are folded away, with one row left at each end.
function foldedRows(rows) {
  const parts = [];
  const draw = (row) => el("div.diff-row" + (row.changed ? ".changed" : ""), {},
    el("div.cell", { dir: "auto" }, row.left.nodes), el("div.cell", { dir: "auto" }, row.right.nodes));
  for (let i = 0; i < rows.length;) {
    let end = i;
    while (end < rows.length && !rows[end].changed) end++;
    const hidden = end - i - 2;
    if (hidden < FOLD_ROWS) {
      for (const stop = Math.max(end, i + 1); i < stop; i++) parts.push(draw(rows[i]));
      continue;
    }
    const inner = rows.slice(i + 1, end - 1);
    const passages = new Set(inner.flatMap((row) => [...row.left.passages, ...row.right.passages]));
    const details = el("details.folded", { "data-passages": [...passages].join(" ") },
      el("summary", {}, say("diff.folded", { n: count(hidden) })));
    const open = () => details.append(...inner.splice(0).map(draw));
    details.addEventListener("toggle", open, { once: true });
    details.unfold = () => {
      open();
      details.open = true;
    };
    parts.push(draw(rows[i]), details, draw(rows[end - 1]));
    i = end;
  }
  return parts;
}

// Goes to the next change in the comparison that is drawn.
function nextChange() {
  const changes = [...document.querySelectorAll("#diff .change")];
  if (!changes.length) return;
  const at = changes.indexOf(document.querySelector("#diff .change.here"));
  changes[at]?.classList.remove("here");
  const next = changes[(at + 1) % changes.length];
  next.classList.add("here");
  next.scrollIntoView({ block: "center" });
}
