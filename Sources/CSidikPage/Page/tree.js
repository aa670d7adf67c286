// Who is closest to whom: a tree in which each text hangs under an earlier one.

const GRAM_CHARACTERS = 5;
const MOST_STEPS = 2e8;

// The pieces of five characters of a text as sorted 32-bit hashes, each once.
function characterGrams(tokens) {
  const codes = [];
  for (const key of tokens.key) {
    if (!isWord(key)) continue;
    if (codes.length) codes.push(32);
    for (let i = 0; i < key.length; i++) codes.push(key.charCodeAt(i));
  }
  const count = Math.max(codes.length ? 1 : 0, codes.length - GRAM_CHARACTERS + 1);
  const hashes = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    let hash = 0x811c9dc5;
    for (let j = i; j < Math.min(i + GRAM_CHARACTERS, codes.length); j++) {
      hash = Math.imul(hash ^ codes[j], 0x01000193);
    }
    hashes[i] = hash ^ (hash >>> 15);
  }
  hashes.sort();
  return hashes.filter((hash, i) => i === 0 || hash !== hashes[i - 1]);
}

function jaccard(x, y) {
  if (!x.length && !y.length) return 1;
  let [i, j, shared] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    if (x[i] === y[j]) { shared++; i++; j++; }
    else if (x[i] < y[j]) i++;
    else j++;
  }
  return shared / (x.length + y.length - shared);
}

// Members in the order in which they can have come from each other, the earliest first.
function bySpread(first, size) {
  const { seconds, place } = run.documents;
  const order = Array.from({ length: size }, (_, i) => i);
  const timed = order.some((i) => seconds[first + i] !== null);
  if (!timed) return { order, timed };
  order.sort((x, y) => {
    const [s, t] = [seconds[first + x], seconds[first + y]];
    if (s === null || t === null) return (s === null) - (t === null) || x - y;
    return s - t || place[first + x] - place[first + y];
  });
  return { order, timed };
}

// Parents by pieces of the texts themselves; null where that is too much work.
function treeFromTexts(members, order, timed) {
  const grams = members.map(characterGrams);
  const total = sum(grams.map((gram) => gram.length));
  if (total * members.length > MOST_STEPS) return null;
  return attach(order, timed, (x, y) => jaccard(grams[x], grams[y]));
}

// Parents by verified pairs alone; a member without one to an earlier text hangs under the first.
function treeFromEdges(edges, order, timed) {
  const known = new Map();
  for (const edge of edges) {
    const value = Math.max(edge.jaccard, edge.containment) / 10000;
    for (const [x, y] of [[edge.a, edge.b], [edge.b, edge.a]]) {
      if (!known.has(x)) known.set(x, new Map());
      known.get(x).set(y, value);
    }
  }
  const rank = new Map(order.map((member, i) => [member, i]));
  return order.map((member, i) => {
    let best = { member, parent: i === 0 ? -1 : order[0], likeness: -1 };
    for (const [other, likeness] of known.get(member) ?? []) {
      if (rank.get(other) < i && likeness > best.likeness) best = { member, parent: other, likeness };
    }
    return best;
  });
}

// With times each text hangs under the most similar earlier one; without, the tree grows from
// the first text by the most similar pair (Prim).
function attach(order, timed, likeness) {
  const nodes = [{ member: order[0], parent: -1, likeness: -1 }];
  if (timed) {
    for (let i = 1; i < order.length; i++) {
      let best = { member: order[i], parent: order[0], likeness: -1 };
      for (let j = 0; j < i; j++) {
        const value = likeness(order[i], order[j]);
        if (value > best.likeness) best = { member: order[i], parent: order[j], likeness: value };
      }
      nodes.push(best);
    }
    return nodes;
  }
  const open = new Map(
    order.slice(1).map((m) => [m, { member: m, parent: order[0], likeness: likeness(m, order[0]) }]));
  while (open.size) {
    let best = null;
    for (const node of open.values()) if (!best || node.likeness > best.likeness) best = node;
    open.delete(best.member);
    nodes.push(best);
    for (const node of open.values()) {
      const value = likeness(node.member, best.member);
      if (value > node.likeness) Object.assign(node, { parent: best.member, likeness: value });
    }
  }
  return nodes;
}
