// The passages that the run found in two texts: a list beside their differences, and numbers in the texts.

const PASSAGES_SHOWN = 12;
const QUOTED = 56;
let passageAt = 0;

// Adds to the passages of two texts where they stand as words of the page, in order of the first text, each with
// its number, and whether it stands in another order in the second.
function placePassages({ least, state, list }, [first, second], [a, b]) {
  const inA = stringPlaces(a, list.flatMap((passage) => passage.a));
  const inB = stringPlaces(b, list.flatMap((passage) => passage.b));
  const passages = list.map((passage) => ({
    ...passage,
    a: wordRange(first, ...passage.a.map((at) => inA.get(at))),
    b: wordRange(second, ...passage.b.map((at) => inB.get(at))),
  })).sort((x, y) => x.a[0] - y.a[0] || x.b[0] - y.b[0]);
  const inOrder = heaviestRising(passages.map(({ b, words }) => [b[0], words]));
  passages.forEach((passage, i) => {
    passage.number = i + 1;
    passage.isTurned = !inOrder.has(i);
  });
  return { least, state, passages };
}

// Of numbers with weights, those in rising order that weigh most together, by their places in the list.
function heaviestRising(list) {
  const ranks = new Map([...new Set(list.map(([value]) => value))].sort((x, y) => x - y).map((value, i) => [value, i + 1]));
  // A tree of the heaviest chains by the rank of their last number (Fenwick).
  const heaviest = new Array(ranks.size + 1).fill(-1);
  const before = [];
  const sums = [];
  const heavier = (x, y) => (y < 0 || (x >= 0 && sums[x] >= sums[y]) ? x : y);
  list.forEach(([value, weight], i) => {
    const rank = ranks.get(value);
    let last = -1;
    for (let at = rank - 1; at > 0; at -= at & -at) last = heavier(last, heaviest[at]);
    before[i] = last;
    sums[i] = weight + (last < 0 ? 0 : sums[last]);
    for (let at = rank; at < heaviest.length; at += at & -at) heaviest[at] = heavier(heaviest[at], i);
  });
  const chosen = new Set();
  let last = list.reduce((best, _, i) => heavier(best, i), -1);
  for (; last >= 0; last = before[last]) chosen.add(last);
  return chosen;
}

// Places in bytes as places in the string of a text.
function stringPlaces(bytes, places) {
  const result = new Map();
  let [at, length] = [0, 0];
  for (const place of [...new Set(places)].sort((x, y) => x - y)) {
    length += new TextDecoder("utf-8", { ignoreBOM: at > 0 }).decode(bytes.subarray(at, place)).length;
    at = place;
    result.set(place, length);
  }
  return result;
}

// The words that a piece of a text touches.
function wordRange(tokens, from, to) {
  const start = firstWhere(tokens.end.length, (i) => tokens.end[i] > from);
  return [start, Math.max(start, firstWhere(tokens.start.length, (i) => tokens.start[i] >= to))];
}

function drawEvidence({ least, state, passages }, first, second) {
  passageAt = 0;
  const title = el("h3", {}, say("passages"));
  const note = (...words) => el("section.evidence", { id: "evidence" }, title, el("p.note", {}, ...words));
  if (least === null) return note(say("passages.unsearched"));
  if (state === "unknown") return note(say("passages.unknown"));
  if (state === "whole") return note(say("passages.whole"));
  if (!passages.length) return note(say("passages.none", { n: count(least) }));
  const shares = { a: share(first, passages, "a"), b: share(second, passages, "b") };
  const list = el("ol.evidence-list", {});
  const more = el("p.more", {});
  const grow = (most) => {
    list.append(...passages.slice(list.children.length, most).map((passage) => passageRow(passage, first, second)));
    const left = passages.length - list.children.length;
    fill(more, left > 0 ? button(say("members.more", { n: count(left) }), () => grow(passages.length)) : null);
  };
  grow(PASSAGES_SHOWN);
  return el("section.evidence", { id: "evidence", "data-count": passages.length }, title,
    el("p", {}, passages.length === 1 ? say("passages.share.1", shares)
      : say("passages.share", { n: count(passages.length), ...shares })),
    list, more);
}

// The share of a text's words that lie in passages.
function share(tokens, passages, side) {
  const covered = new Uint8Array(tokens.key.length);
  for (const passage of passages) covered.fill(1, ...passage[side]);
  let [inside, all] = [0, 0];
  tokens.key.forEach((key, i) => {
    if (!isWord(key)) return;
    all++;
    inside += covered[i];
  });
  return percent(inside, all);
}

function passageRow(passage, first, second) {
  const { number, words, isExact, isTurned } = passage;
  const quote = (side, tokens) =>
    el("button.link.quote", {
      type: "button", "data-side": side, onclick: () => showPassage(number, side),
      title: say("passages.go", { n: number, side: side.toUpperCase() }),
    }, el("strong", {}, side.toUpperCase() + " "), el("bdi", {}, visible(ends(tokens, passage[side]))));
  return el("li", { "data-row": number },
    el("div.evidence-head", {}, el("span.mark", { "data-number": number, "aria-label": number, role: "img" }),
      el("span", {}, words === 1 ? say("passages.word") : say("passages.words", { n: count(words) })),
      el("span", {}, isExact ? say("passages.equal") : passage.score === 10000 ? say("passages.shuffled")
        : say("passages.alike", { score: score(passage.score) })),
      isTurned ? el("span.moved.turned", { title: say("passages.turned.why") }, say("passages.turned")) : null),
    el("div.quotes", {}, quote("a", first), quote("b", second)));
}

// How a piece of a text begins and ends, in one line.
function ends(tokens, [from, to]) {
  const whole = pieceOf(tokens, from, to);
  const line = (text) => text.replace(/\s+/g, " ");
  if (whole.length <= 2 * QUOTED) return line(whole);
  let [head, tail] = [from + 1, to - 1];
  while (head < to && tokens.end[head] - tokens.start[from] <= QUOTED) head++;
  while (tail > from && tokens.end[to - 1] - tokens.start[tail - 1] <= QUOTED) tail--;
  return line(pieceOf(tokens, from, head)).slice(0, 2 * QUOTED) + " … "
    + line(pieceOf(tokens, tail, to)).slice(-2 * QUOTED);
}

// Outlines a passage in both texts and goes to its place in one of them.
function showPassage(number, side) {
  const diff = document.getElementById("diff");
  if (!diff) return;
  passageAt = number;
  for (const row of diff.querySelectorAll(`.folded[data-passages~="${number}"]`)) row.unfold();
  for (const part of diff.querySelectorAll(".in-passage.here")) part.classList.remove("here");
  for (const part of diff.querySelectorAll(`.in-passage[data-passages~="${number}"]`)) part.classList.add("here");
  for (const row of document.querySelectorAll("#evidence li")) {
    row.classList.toggle("here", row.dataset.row === String(number));
  }
  const mark = diff.querySelector(`.mark[data-number="${number}"][data-side="${side}"]`);
  mark?.focus({ preventScroll: true });
  mark?.scrollIntoView({ block: "center" });
}

function nextPassage() {
  const count = Number(document.getElementById("evidence")?.dataset.count ?? 0);
  if (count) showPassage((passageAt % count) + 1, "a");
}

// The words of one text in cells, those of passages in wrappers that say which, behind the passage's number.
class DiffSide {
  constructor(tokens, side, passages) {
    this.tokens = tokens;
    this.side = side;
    this.place = 0;
    this.parts = partsOf(passages.map((passage) => ({ number: passage.number, range: passage[side] })));
    this.next = 0;
    this.take();
  }

  // Ends a row: gives its nodes and which passages it has.
  take() {
    const row = { nodes: this.nodes ?? [], passages: this.numbers ?? new Set() };
    [this.nodes, this.numbers, this.part, this.box] = [[], new Set(), null, null];
    return row;
  }

  // Puts the space before a word, then words of one kind, cut where passages begin and end.
  put(from, to, make) {
    const { text, start, end } = this.tokens;
    for (let i = from; i < to;) {
      const { part, until } = this.partAt(i);
      const stop = Math.min(to, until);
      const space = text.slice(this.place, start[i]);
      const nodes = visible(this.nodes.length ? space : space.trimStart());
      if (part && part === this.part) this.box.append(...nodes);
      else {
        this.nodes.push(...nodes);
        this.enter(part, i);
      }
      const words = make(visible(text.slice(start[i], end[stop - 1])));
      if (this.box) this.box.append(words);
      else this.nodes.push(words);
      this.place = end[stop - 1];
      i = stop;
    }
  }

  // The covered stretch that a word lies in, or null, and where that changes.
  partAt(i) {
    while (this.next < this.parts.length && this.parts[this.next].to <= i) this.next++;
    const part = this.parts[this.next];
    if (!part) return { part: null, until: Infinity };
    return part.from <= i ? { part, until: part.to } : { part: null, until: part.from };
  }

  enter(part, i) {
    [this.part, this.box] = [part, null];
    if (!part) return;
    this.box = el("span.in-passage", { "data-passages": part.numbers.join(" ") });
    for (const number of part.numbers) this.numbers.add(number);
    if (part.from === i) this.box.append(...part.begin.map((number) => passageMark(number, this.side)));
    this.nodes.push(this.box);
  }

  // What stands behind the last word.
  finish() { this.nodes.push(...visible(this.tokens.text.slice(this.place))); }
}

// The number of a passage where it begins; leads to its place in the other text.
function passageMark(number, side) {
  const other = side === "a" ? "b" : "a";
  const title = say("passages.go", { n: number, side: other.toUpperCase() });
  return el("button.mark", {
    type: "button", "data-number": number, "data-side": side, title, "aria-label": title,
    onclick: () => showPassage(number, other),
  });
}

// Ranges that may overlap as stretches in order: { from, to, numbers, begin }, with the numbers of all ranges
// that cover one, and of those that begin with it.
function partsOf(ranges) {
  const sorted = [...ranges].sort((x, y) => x.range[0] - y.range[0] || x.number - y.number);
  const bounds = [...new Set(ranges.flatMap(({ range }) => range))].sort((x, y) => x - y);
  const parts = [];
  let [open, next] = [[], 0];
  bounds.slice(0, -1).forEach((from, i) => {
    open = open.filter(({ range }) => range[1] > from);
    const begin = [];
    for (; next < sorted.length && sorted[next].range[0] === from; next++) {
      if (sorted[next].range[1] > from) open.push(sorted[next]);
      begin.push(sorted[next].number);
    }
    if (open.length) parts.push({ from, to: bounds[i + 1], numbers: open.map(({ number }) => number), begin });
  });
  return parts;
}
