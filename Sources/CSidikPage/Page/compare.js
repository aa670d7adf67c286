// Two texts side by side, line by line, on the originals.

let comparisonNumber = 0;
const FOLD_ROWS = 4;

function drawComparison(view, a, b, { swap } = {}) {
  const number = ++comparisonNumber;
  const done = (...parts) => {
    if (number === comparisonNumber || !view.isConnected) fill(view, ...parts);
  };
  view.setAttribute("aria-busy", "true");
  return Promise.all([textOf(a), textOf(b)]).then((texts) => {
    if (number !== comparisonNumber) return;
    view.removeAttribute("aria-busy");
    const title = el("h2", {}, say("diff"));
    if (texts.some((text) => text === null)) return done(title, el("p.note", {}, say("no.text")));
    const [first, second] = texts.map(tokenise);
    const vocabulary = new Vocabulary();
    const [x, y] = [vocabulary.number(first), vocabulary.number(second)];
    const { ops, coarse } = difference(x, y);
    const moved = movedWords(x, y, ops);
    done(
      el("div.title-row", {}, title,
        el("span.tools", {},
          button(say("diff.next"), nextChange, { class: "small" }),
          swap ? button(say("diff.swap"), swap, { class: "small" }) : null)),
      el("p.note", {}, diffSummary(first, second, ops), coarse ? " " + say("diff.coarse") : ""),
      diffKey(),
      el("div.diff", { id: "diff" },
        el("div.diff-head", {}, diffName("A", a), diffName("B", b)),
        diffRows(first, second, ops, moved)),
      verdictBar(a, b));
  });
}

function diffName(side, document) {
  return el("div", {}, el("strong", {}, side + " "), bdi(run.documents.id[document]),
    el("span.note", {}, [sourceName(document), timeText(document)].filter(Boolean)
      .map((part) => [" · ", bdi(part)])));
}

function diffSummary(a, b, ops) {
  const words = (tokens, from, to) => tokens.key.slice(from, to).filter(isWord).length;
  let [same, removed, inserted] = [0, 0, 0];
  for (const op of ops) {
    if (op.kind === "same") same += words(a, op.a0, op.a1);
    else {
      removed += words(a, op.a0, op.a1);
      inserted += words(b, op.b0, op.b1);
    }
  }
  if (ops.every((op) => op.kind === "same")) return say("diff.equal");
  return say("diff.words", { shared: count(same), removed: count(removed), inserted: count(inserted) });
}

function diffKey() {
  return el("p.key", {}, ["same", "removed", "inserted", "replaced", "moved"].map((kind) =>
    [el("span." + kind, {}, say("key." + (kind === "same" ? "shared" : kind))), " "]),
  el("span.replaced.slot", {}, say("key.slot")));
}

// Rows end where both texts have a line break inside what they share.
function diffRows(a, b, ops, moved) {
  const rows = [];
  let [left, right, changed] = [[], [], false];
  const place = { a: 0, b: 0 };
  const flush = () => {
    if (left.length || right.length) rows.push({ left, right, changed });
    [left, right, changed] = [[], [], false];
  };
  ops.forEach((op, index) => {
    if (op.kind === "same") {
      for (let i = op.a0, j = op.b0; i < op.a1;) {
        let n = 1;
        while (i + n < op.a1 && !breaksBefore(a, b, i + n, j + n)) n++;
        if (breaksBefore(a, b, i, j)) flush();
        putRun(left, a, i, i + n, place, "a", "same");
        putRun(right, b, j, j + n, place, "b", "same");
        i += n;
        j += n;
      }
      return;
    }
    changed = true;
    const slot = isSlot(op, ops, index) ? slotKindOf(a, b, op) : null;
    putChange(left, a, op.a0, op.a1, place, "a", op.kind, moved.a, slot);
    putChange(right, b, op.b0, op.b1, place, "b", op.kind, moved.b, slot);
  });
  left.push(...visible(a.text.slice(place.a)));
  right.push(...visible(b.text.slice(place.b)));
  flush();
  return foldedRows(rows);
}

function breaksBefore(a, b, i, j) {
  if (i === 0 || j === 0) return false;
  return a.text.slice(a.end[i - 1], a.start[i]).includes("\n")
    && b.text.slice(b.end[j - 1], b.start[j]).includes("\n");
}

// Words and the space before them.
function putRun(cell, tokens, from, to, place, side, kind) {
  if (to <= from) return;
  cell.push(...visible(lead(tokens.text.slice(place[side], tokens.start[from]), cell)));
  cell.push(el("span." + kind, {}, visible(tokens.text.slice(tokens.start[from], tokens.end[to - 1]))));
  place[side] = tokens.end[to - 1];
}

// The first words of a row need no space before them.
function lead(space, cell) {
  return cell.length ? space : space.trimStart();
}

// A change, cut where its words begin or cease to stand elsewhere in the other text.
function putChange(cell, tokens, from, to, place, side, kind, moved, slot) {
  for (let i = from; i < to;) {
    let end = i + 1;
    while (end < to && moved[end] === moved[i]) end++;
    cell.push(...visible(lead(tokens.text.slice(place[side], tokens.start[i]), cell)));
    const isMoved = moved[i] === 1 && !slot;
    const name = isMoved ? "moved" : kind + (slot ? ".slot" : "");
    const words = visible(tokens.text.slice(tokens.start[i], tokens.end[end - 1]));
    const title = slot ? `${say("key.slot")}: ${say("slot." + slot)}` : say("key." + (isMoved ? "moved" : kind));
    const tag = isMoved ? "span" : side === "a" ? "del" : "ins";
    cell.push(el(`${tag}.change.${name}`, { title, tabindex: "-1" }, words));
    place[side] = tokens.end[end - 1];
    i = end;
  }
}

// Long runs of equal rows are folded away, with one row left at each end.
function foldedRows(rows) {
  const parts = [];
  const draw = (row) => el("div.diff-row" + (row.changed ? ".changed" : ""), {},
    el("div.cell", { dir: "auto" }, row.left), el("div.cell", { dir: "auto" }, row.right));
  for (let i = 0; i < rows.length;) {
    let end = i;
    while (end < rows.length && !rows[end].changed) end++;
    const hidden = end - i - 2;
    if (hidden < FOLD_ROWS) {
      for (; i < Math.max(end, i + 1) && i < rows.length; i++) parts.push(draw(rows[i]));
      continue;
    }
    const inner = rows.slice(i + 1, end - 1);
    const details = el("details.folded", {}, el("summary", {}, say("diff.folded", { n: count(hidden) })));
    details.addEventListener("toggle", () => details.append(...inner.splice(0).map(draw)), { once: true });
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
