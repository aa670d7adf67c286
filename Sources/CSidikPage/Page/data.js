// The data inside the page: gzip streams in base64, each in an inert element of its own.
// `Documentation/Formats/report.md` describes them.

let run = null;
let edgesPromise = null;

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
  if (run.format !== 1) throw new Error(`format ${run.format}`);
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

// The original text of a document; null where the report has none.
async function textOf(document) {
  const { block, offset, length } = run.documents;
  if (block[document] < 0) return null;
  const bytes = await textBlock(block[document]);
  const part = bytes.subarray(offset[document], offset[document] + length[document]);
  return new TextDecoder().decode(part);
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
  let [low, high] = [0, first.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (first[middle] + size[middle] <= document) low = middle + 1;
    else high = middle;
  }
  return low < first.length && document >= first[low] ? low : -1;
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
