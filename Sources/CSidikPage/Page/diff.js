// The differences of two texts, word for word: common ends, then words that are alone in both
// (patience), then Myers' shortest edit script, bounded; what is left over is one block.

const MYERS_MOST = 1200;

// Returns { ops, coarse }: ops of { kind: "same" | "removed" | "inserted" | "replaced",
// a0, a1, b0, b1 } that cover both texts in order.
function difference(a, b) {
  const state = { a, b, pairs: [], coarse: false };
  align(state, 0, a.length, 0, b.length, 0);
  return { ops: operations(state.pairs, a.length, b.length), coarse: state.coarse };
}

// Notes runs of equal words [a, b, length] in order.
function align(state, a0, a1, b0, b1, depth) {
  const { a, b, pairs } = state;
  let head = 0;
  while (a0 + head < a1 && b0 + head < b1 && a[a0 + head] === b[b0 + head]) head++;
  if (head) pairs.push([a0, b0, head]);
  a0 += head;
  b0 += head;
  let tail = 0;
  while (a1 - tail > a0 && b1 - tail > b0 && a[a1 - tail - 1] === b[b1 - tail - 1]) tail++;
  a1 -= tail;
  b1 -= tail;
  if (a0 < a1 && b0 < b1) {
    const anchors = depth < 64 ? uniqueAnchors(state, a0, a1, b0, b1) : [];
    if (anchors.length) {
      let [x, y] = [a0, b0];
      for (const [i, j] of anchors) {
        if (i < x || j < y) continue;
        align(state, x, i, y, j, depth + 1);
        let length = 1;
        while (i + length < a1 && j + length < b1 && a[i + length] === b[j + length]) length++;
        pairs.push([i, j, length]);
        [x, y] = [i + length, j + length];
      }
      align(state, x, a1, y, b1, depth + 1);
    } else {
      shortest(state, a0, a1, b0, b1);
    }
  }
  if (tail) pairs.push([a1, b1, tail]);
}

// Words that stand once in each part, in the longest order common to both.
function uniqueAnchors({ a, b }, a0, a1, b0, b1) {
  const seen = new Map();
  for (let i = a0; i < a1; i++) seen.set(a[i], seen.has(a[i]) ? -1 : i);
  const inB = new Map();
  for (let j = b0; j < b1; j++) inB.set(b[j], inB.has(b[j]) ? -1 : j);
  const candidates = [];
  for (let i = a0; i < a1; i++) {
    const j = inB.get(a[i]);
    if (seen.get(a[i]) === i && j !== undefined && j >= 0) candidates.push([i, j]);
  }
  return longestRising(candidates);
}

function longestRising(pairs) {
  const tops = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (let n = 0; n < pairs.length; n++) {
    const length = firstWhere(tops.length, (i) => pairs[tops[i]][1] >= pairs[n][1]);
    if (length > 0) before[n] = tops[length - 1];
    tops[length] = n;
  }
  const result = [];
  for (let n = tops.length ? tops[tops.length - 1] : -1; n >= 0; n = before[n]) result.push(pairs[n]);
  return result.reverse();
}

// Myers' greedy algorithm, given up after MYERS_MOST edits.
function shortest(state, a0, a1, b0, b1) {
  const { a, b, pairs } = state;
  const [n, m] = [a1 - a0, b1 - b0];
  const most = Math.min(n + m, MYERS_MOST);
  const trace = [];
  let reach = new Int32Array(2 * most + 3);
  for (let d = 0; d <= most; d++) {
    trace.push(reach.slice(most + 1 - d - 1, most + 1 + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && reach[most + k] < reach[most + k + 2]);
      let x = down ? reach[most + k + 2] : reach[most + k] + 1;
      while (x < n && x - k < m && a[a0 + x] === b[b0 + x - k]) x++;
      reach[most + 1 + k] = x;
      if (x >= n && x - k >= m) {
        pairs.push(...backtrack(trace, d, n, m).map(([i, j, l]) => [a0 + i, b0 + j, l]));
        return;
      }
    }
  }
  state.coarse = true;
}

function backtrack(trace, d, n, m) {
  const found = [];
  let [x, y] = [n, m];
  for (; d >= 0; d--) {
    const reach = trace[d];
    const at = (k) => reach[k + d + 1];
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const from = d === 0 ? 0 : down ? at(k + 1) : at(k - 1) + 1;
    if (x > from) found.push([from, from - k, x - from]);
    if (d === 0) break;
    [x, y] = down ? [from, from - k - 1] : [from - 1, from - k];
  }
  return found.reverse();
}

function operations(pairs, n, m) {
  const ops = [];
  let [x, y] = [0, 0];
  const gap = (i, j) => {
    if (i > x && j > y) ops.push({ kind: "replaced", a0: x, a1: i, b0: y, b1: j });
    else if (i > x) ops.push({ kind: "removed", a0: x, a1: i, b0: y, b1: y });
    else if (j > y) ops.push({ kind: "inserted", a0: x, a1: x, b0: y, b1: j });
  };
  for (const [i, j, length] of pairs) {
    gap(i, j);
    const last = ops[ops.length - 1];
    if (last?.kind === "same" && last.a1 === i && last.b1 === j) {
      last.a1 += length;
      last.b1 += length;
    } else {
      ops.push({ kind: "same", a0: i, a1: i + length, b0: j, b1: j + length });
    }
    [x, y] = [i + length, j + length];
  }
  gap(n, m);
  return ops;
}

const MOVED_WORDS = 4;

// Which words of each side stand on the other too, but elsewhere: runs of four words or more.
function movedWords(a, b, ops) {
  const flags = { a: new Uint8Array(a.length), b: new Uint8Array(b.length) };
  const grams = new Map();
  for (const op of ops) {
    if (op.kind === "same") continue;
    for (let i = op.a0; i + MOVED_WORDS <= op.a1; i++) {
      const key = runName(a, i);
      if (!grams.has(key)) grams.set(key, []);
      grams.get(key).push(i);
    }
  }
  for (const op of ops) {
    if (op.kind === "same") continue;
    for (let j = op.b0; j + MOVED_WORDS <= op.b1; j++) {
      const places = grams.get(runName(b, j));
      if (!places) continue;
      flags.b.fill(1, j, j + MOVED_WORDS);
      for (const i of places) flags.a.fill(1, i, i + MOVED_WORDS);
    }
  }
  return flags;
}

function runName(words, i) {
  return words.slice(i, i + MOVED_WORDS).join(" ");
}

// The same where passages are known: these say what stands elsewhere, and nothing else does. Of a passage that the
// differences do not align, the words that both its places have are moved, however few in a row.
function movedInPassages(a, b, ops, passages) {
  const flags = { a: new Uint8Array(a.length), b: new Uint8Array(b.length) };
  for (const passage of passages) {
    if (isAligned(ops, passage)) flagRuns(flags, a, b, passage);
    else flagInner(flags, a, b, passage);
  }
  for (const op of ops) {
    if (op.kind !== "same") continue;
    flags.a.fill(0, op.a0, op.a1);
    flags.b.fill(0, op.b0, op.b1);
  }
  return flags;
}

// Whether equal words of the differences lie in both places of a passage.
function isAligned(ops, { a, b }) {
  for (let i = firstWhere(ops.length, (at) => ops[at].a1 > a[0]); i < ops.length && ops[i].a0 < a[1]; i++) {
    const { kind, a0, a1, b0 } = ops[i];
    const shift = b0 - a0;
    if (kind === "same" && Math.max(a0, a[0], b[0] - shift) < Math.min(a1, a[1], b[1] - shift)) return true;
  }
  return false;
}

// Flags runs of four words of a passage that its other place has as often.
function flagRuns(flags, a, b, passage) {
  const counted = (words, [from, to]) => {
    const counts = new Map();
    for (let i = from; i + MOVED_WORDS <= to; i++) {
      const name = runName(words, i);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return counts;
  };
  const flag = (side, words, [from, to], own, other) => {
    for (let i = from; i + MOVED_WORDS <= to; i++) {
      const name = runName(words, i);
      if ((other.get(name) ?? 0) >= own.get(name)) side.fill(1, i, i + MOVED_WORDS);
    }
  };
  const [inA, inB] = [counted(a, passage.a), counted(b, passage.b)];
  flag(flags.a, a, passage.a, inA, inB);
  flag(flags.b, b, passage.b, inB, inA);
}

// Flags the words that both places of a passage have in order.
function flagInner(flags, a, b, passage) {
  for (const op of difference(a.subarray(...passage.a), b.subarray(...passage.b)).ops) {
    if (op.kind !== "same") continue;
    flags.a.fill(1, passage.a[0] + op.a0, passage.a[0] + op.a1);
    flags.b.fill(1, passage.b[0] + op.b0, passage.b[0] + op.b1);
  }
}
