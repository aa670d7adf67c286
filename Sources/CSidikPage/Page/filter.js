// What is looked for, and which families match.

const filter = { text: "", level: "", source: "", size: 0, from: "", to: "", sort: "size" };
let matching = [];
let searchNumber = 0;

function filterIsEmpty() {
  return !filter.text && !filter.level && !filter.source && !(filter.size > 0) && !filter.from && !filter.to;
}

const dayStart = (day) => Date.parse(day + "T00:00:00Z") / 1000;

// Whether a family passes everything but the words looked for.
function passes(family, wanted) {
  const { families, documents } = run;
  if (wanted.level >= 0 && families.level[family] !== wanted.level) return false;
  if (families.size[family] < filter.size) return false;
  if (!wanted.sources && wanted.from === null && wanted.to === null) return true;
  const end = families.first[family] + families.size[family];
  let [source, time] = [!wanted.sources, wanted.from === null && wanted.to === null];
  for (let i = families.first[family]; i < end && !(source && time); i++) {
    if (!source && documents.source[i] >= 0) source = wanted.sources[documents.source[i]] === 1;
    const seconds = documents.seconds[i];
    if (!time && seconds !== null) {
      time = (wanted.from === null || seconds >= wanted.from)
        && (wanted.to === null || seconds < wanted.to);
    }
  }
  return source && time;
}

function resolvedFilter() {
  const source = fold(filter.source.trim());
  const validDay = (day) => (/^\d{4}-\d\d-\d\d$/.test(day) ? dayStart(day) : null);
  const to = validDay(filter.to);
  return {
    level: filter.level ? run.levels.indexOf(filter.level) : -1,
    sources: source ? Uint8Array.from(run.sources, (name) => (fold(name).includes(source) ? 1 : 0)) : null,
    from: validDay(filter.from),
    to: to === null ? null : to + 86400,
  };
}

const ORDERS = {
  size: (f) => (x, y) => x - y,
  first: (f) => (x, y) => edge(f.earliest, x, Infinity) - edge(f.earliest, y, Infinity) || x - y,
  latest: (f) => (x, y) => edge(f.latest, y, -1e15) - edge(f.latest, x, -1e15) || x - y,
  weakest: (f) => (x, y) => f.min[x] - f.min[y] || x - y,
  sources: (f) => (x, y) => f.sources[y] - f.sources[x] || x - y,
  fastest: (f) => (x, y) => pace(f, y) - pace(f, x) || x - y,
};

function edge(column, family, none) {
  return column[family] < 0 ? none : run.documents.seconds[column[family]];
}

// Members an hour between the first and the last time.
function pace(families, family) {
  if (families.earliest[family] < 0) return -1;
  const span = edge(families.latest, family, 0) - edge(families.earliest, family, 0);
  return families.size[family] / Math.max(1, span / 3600);
}

// Finds matching families: what stands in the overview at once, texts as they are read.
// `report(done, all)` is called whenever more is known; done is -1 at the end.
async function search(report) {
  const number = ++searchNumber;
  const { families } = run;
  const wanted = resolvedFilter();
  const candidates = [];
  for (let family = 0; family < families.id.length; family++) {
    if (passes(family, wanted)) candidates.push(family);
  }
  const order = (ORDERS[filter.sort] ?? ORDERS.size)(families);
  const finish = (list) => (filter.sort === "size" ? list : list.sort(order));
  const words = fold(filter.text.trim());
  if (!words) {
    matching = finish(candidates);
    return report(-1, 0);
  }
  const found = new Set(candidates.filter((family) => namesMatch(family, words)));
  const publish = () => { matching = finish(candidates.filter((family) => found.has(family))); };
  publish();
  const rest = byBlocks(candidates.filter((family) => !found.has(family)));
  let done = 0;
  report(0, rest.size);
  let lastReport = performance.now();
  for (const [block, members] of rest) {
    const bytes = await (textBlocks.get(block) ?? inflate("sidik-text-" + block));
    if (number !== searchNumber) return;
    for (const [family, document] of members) {
      if (!found.has(family) && textMatches(bytes, document, words)) found.add(family);
    }
    done++;
    if (performance.now() - lastReport > 250) {
      publish();
      report(done, rest.size);
      await pause();
      if (number !== searchNumber) return;
      lastReport = performance.now();
    }
  }
  publish();
  report(-1, rest.size);
}

function namesMatch(family, words) {
  const { families, documents } = run;
  if (families.id[family] === words || families.template[family] === words || fold(families.opening[family]).includes(words)) return true;
  const end = families.first[family] + families.size[family];
  for (let i = families.first[family]; i < end; i++) {
    if (fold(documents.id[i]).includes(words)) return true;
    if (documents.source[i] >= 0 && fold(sourceName(i)).includes(words)) return true;
    if (documents.author[i] >= 0 && fold(authorName(i)).includes(words)) return true;
  }
  return false;
}

// Documents of families by the block their texts stand in; a text that stands there twice once.
function byBlocks(list) {
  const { families, documents } = run;
  const blocks = new Map();
  for (const family of list) {
    const end = families.first[family] + families.size[family];
    const seen = new Set();
    for (let i = families.first[family]; i < end; i++) {
      const place = documents.block[i] + ":" + documents.offset[i];
      if (documents.block[i] < 0 || seen.has(place)) continue;
      seen.add(place);
      if (!blocks.has(documents.block[i])) blocks.set(documents.block[i], []);
      blocks.get(documents.block[i]).push([family, i]);
    }
  }
  return new Map([...blocks].sort((x, y) => x[0] - y[0]));
}

const searchDecoder = new TextDecoder();

function textMatches(bytes, document, words) {
  const { offset, length } = run.documents;
  const text = searchDecoder.decode(bytes.subarray(offset[document], offset[document] + length[document]));
  return fold(text).includes(words);
}
