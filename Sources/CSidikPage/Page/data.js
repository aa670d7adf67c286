// The data inside the page: gzip streams in base64, each in an inert element of its own.
// `Documentation/Formats/report.md` describes them.

let run = null;
let edgesPromise = null;
let passagesPromise = null;

const textBlocks = new Map();
const MOST_BLOCKS = 24;

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

// The element of a block; text blocks follow the script, so the first look may be too early.
async function blockElement(name) {
  const found = document.getElementById(name);
  if (found?.nextElementSibling || document.readyState !== "loading") return found;
  await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
  return document.getElementById(name);
}

async function inflate(name) {
  const element = await blockElement(name);
  if (!element) throw new Error(`${name} is missing`);
  const stream = new Blob([fromBase64(element.textContent.trim())]).stream();
  const buffer = new Response(stream.pipeThrough(new DecompressionStream("gzip")));
  return new Uint8Array(await buffer.arrayBuffer());
}

async function openRun() {
  run = JSON.parse(new TextDecoder().decode(await inflate("sidik-run")));
  if (run.format !== 2) throw new Error(`format ${run.format}`);
  prepare(run);
}

// What several views need: spans, sources and the earliest member of each family.
function prepare(run) {
  const { documents, families } = run;
  const size = families.id.length;
  families.earliest = new Int32Array(size).fill(-1);
  families.latest = new Int32Array(size).fill(-1);
  families.sources = new Int32Array(size);
  run.sourceFirst = new Int32Array(run.sources.length);
  const stamp = new Int32Array(run.sources.length).fill(-1);
  for (let family = 0; family < size; family++) {
    const end = families.first[family] + families.size[family];
    let [early, late] = [-1, -1];
    for (let i = families.first[family]; i < end; i++) {
      const source = documents.source[i];
      if (source >= 0 && stamp[source] !== family) {
        stamp[source] = family;
        families.sources[family]++;
      }
      const time = documents.seconds[i];
      if (time === null) continue;
      if (early < 0 || time < documents.seconds[early]) early = i;
      if (late < 0 || time > documents.seconds[late]) late = i;
    }
    families.earliest[family] = early;
    families.latest[family] = late;
    if (early >= 0 && families.size[family] > 1 && documents.source[early] >= 0) {
      run.sourceFirst[documents.source[early]]++;
    }
  }
}

// The verified pairs, opened when a family is first looked at.
function openEdges() {
  edgesPromise ??= inflate("sidik-edges").then((bytes) => JSON.parse(new TextDecoder().decode(bytes)));
  return edgesPromise;
}

// The pairs inside a family: members by their place in it.
async function edgesOf(family) {
  const edges = await openEdges();
  const result = [];
  for (let i = edges.first[family]; i < edges.first[family + 1]; i++) {
    result.push({
      a: edges.a[i], b: edges.b[i], jaccard: edges.jaccard[i],
      containment: edges.containment[i], level: run.levels[edges.level[i]],
    });
  }
  return result;
}

// A block of texts; the last used stay open.
function textBlock(number) {
  const known = textBlocks.get(number);
  if (known) {
    textBlocks.delete(number);
    textBlocks.set(number, known);
    return known;
  }
  const opened = inflate("sidik-text-" + number);
  textBlocks.set(number, opened);
  if (textBlocks.size > MOST_BLOCKS) textBlocks.delete(textBlocks.keys().next().value);
  return opened;
}

// The bytes of a document's original text; null where the report has none.
async function bytesOf(document) {
  const { block, offset, length } = run.documents;
  if (block[document] < 0) return null;
  const bytes = await textBlock(block[document]);
  return bytes.subarray(offset[document], offset[document] + length[document]);
}

// The same as a string.
async function textOf(document) {
  const bytes = await bytesOf(document);
  return bytes && new TextDecoder().decode(bytes);
}

// The passages that the run found, opened with the first comparison.
function openPassages() {
  passagesPromise ??= inflate("sidik-passages").then((bytes) => {
    const found = JSON.parse(new TextDecoder().decode(bytes));
    found.counts = found.members.concat(found.pairs.count);
    found.first = new Int32Array(found.counts.length + 1);
    found.counts.forEach((count, i) => { found.first[i + 1] = found.first[i] + Math.max(0, count); });
    found.places = new Map(found.pairs.a.map((a, i) => [a + "-" + found.pairs.b[i], found.members.length + i]));
    return found;
  });
  return passagesPromise;
}

const NOT_SEARCHED = -1;
const WHOLE = -2;

// What the run found in two texts: { least, state, list }. The state is "found", "whole" (all their words are
// equal) or "unknown" (it did not look); the list has places in bytes.
async function passagesOf(a, b) {
  const found = await openPassages();
  const { least } = found;
  if (a === b) return { least, state: "whole", list: [] };
  const [straight, swapped] = [pairPlace(found, a, b), pairPlace(found, b, a)];
  const place = straight >= 0 ? straight : swapped;
  const count = place < 0 ? NOT_SEARCHED : found.counts[place];
  if (count === NOT_SEARCHED || count === WHOLE) {
    return { least, state: count === WHOLE ? "whole" : "unknown", list: [] };
  }
  const list = [];
  for (let i = found.first[place]; i < found.first[place + 1]; i++) {
    const [x, y] = [
      [found.a[i], found.a[i] + found.a_length[i]], [found.b[i], found.b[i] + found.b_length[i]],
    ];
    list.push({
      a: straight >= 0 ? x : y, b: straight >= 0 ? y : x,
      words: found.words[i], score: found.score[i], isExact: found.exact[i] === 1,
    });
  }
  return { least, state: "found", list };
}

// Where the counts have a pair; members stand beside the first of their family.
function pairPlace(found, a, b) {
  const family = familyOf(b);
  if (family >= 0 && run.families.first[family] === a) return b;
  return found.places.get(a + "-" + b) ?? -1;
}

// The texts of a family's first members: at least two, and no more than `most` documents or
// `bytes` bytes, so that a family of books does not stop the page.
function textsOf(family, most, bytes) {
  const first = run.families.first[family];
  let [size, total] = [0, 0];
  while (size < Math.min(run.families.size[family], most)) {
    total += run.documents.length[first + size];
    if (size >= 2 && total > bytes) break;
    size++;
  }
  return Promise.all(Array.from({ length: size }, (_, i) => textOf(first + i)));
}

function familyOf(document) {
  const { first, size } = run.families;
  const family = firstWhere(first.length, (i) => first[i] + size[i] > document);
  return family < first.length && document >= first[family] ? family : -1;
}

function sourceName(document) {
  const source = run.documents.source[document];
  return source < 0 ? "" : run.sources[source];
}

function authorName(document) {
  const author = run.documents.author[document];
  return author < 0 ? "" : run.authors[author];
}

// The day of a document's time, as its record says it where that can be seen.
function dayText(document) {
  const own = run.documents.time[document].match(/^\d{4}-\d\d-\d\d/);
  return own ? own[0] : moment(run.documents.seconds[document], false);
}

// The zone of a document's time in seconds east of UTC; null where it shows none.
function zoneOf(document) {
  const zone = run.documents.time[document].match(/(?:Z|([+-])(\d\d):?(\d\d))$/);
  if (!zone) return null;
  return zone[1] ? (zone[1] === "-" ? -1 : 1) * (Number(zone[2]) * 3600 + Number(zone[3]) * 60) : 0;
}

function timeText(document) {
  return recordTime(run.documents.time[document], run.documents.seconds[document]);
}
