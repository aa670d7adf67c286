// The first page: how much was found, where, and when.

const MOST_LARGEST = 14;

function drawOverview(view) {
  const { totals, families } = run;
  const copies = totals.members - totals.families;
  const figure = (value, label, title) =>
    el("div.figure", { title }, el("strong", {}, value), el("span", {}, label));
  const biggest = families.size.length ? families.size[0] : 0;
  fill(view,
    el("section.figures", { "aria-label": say("nav.overview") },
      figure(count(totals.documents), say("documents")),
      figure(count(totals.families), say("families")),
      figure(count(totals.members), say("in.families")),
      figure(percent(copies, totals.documents), say("share"), say("share.note", { n: count(copies) })),
      figure(count(biggest), say("largest.size")),
      figure(count(run.sources.length), say("sources.count"))),
    el("div.columns", {},
      el("div.stack", {},
        el("section.card", {}, el("h2", {}, say("largest")), largestFamilies(),
          families.id.length > MOST_LARGEST
            ? el("p.more", {}, el("a", { href: "#/families" }, say("all.families", { n: count(families.id.length) })))
            : null),
        el("section.card", {}, ...dayChart())),
      el("div.stack", {},
        el("section.card", {}, el("h2", {}, say("by.source")), sourceTable()),
        el("section.card", {}, el("h2", {}, say("by.level")), levelBars())),
      el("section.card.full", {}, el("h2", {}, say("limits")), limitList())));
}

function largestFamilies() {
  const { families } = run;
  const most = Math.max(1, families.size[0] ?? 1);
  const rows = [];
  for (let family = 0; family < Math.min(MOST_LARGEST, families.id.length); family++) {
    if (families.size[family] < 2) break;
    rows.push(el("tr", {},
      el("td.number", {}, count(families.size[family])),
      el("td.meter", {}, bar(families.size[family] / most)),
      el("td", {}, levelBadge(run.levels[families.level[family]])),
      el("td.opening", { dir: "auto" },
        el("a", { href: "#/family/" + families.id[family] }, shown(families.opening[family]) || say("empty.text")))));
  }
  return el("table.plain.largest", {}, el("tbody", {}, rows));
}

function bar(share, second = null) {
  const box = el("span.bar", { "aria-hidden": "true" });
  const part = el(second === null ? "span.part.copies" : "span.part");
  part.style.inlineSize = `${Math.max(1, share * 100)}%`;
  box.append(part);
  if (second !== null) {
    const inner = el("span.part.copies");
    inner.style.inlineSize = `${second * 100}%`;
    box.append(inner);
  }
  return box;
}

function sourceTable() {
  const most = 12;
  const rows = run.sources.map((name, i) => ({
    name, all: run.source_documents[i], copies: run.source_members[i], first: run.sourceFirst[i],
  }));
  if (!rows.length) return el("p.note", {}, say("no.sources"));
  rows.sort((x, y) => y.copies - x.copies || y.all - x.all || (x.name < y.name ? -1 : 1));
  const top = Math.max(1, ...rows.map((row) => row.all));
  const head = el("tr", {}, el("th", {}, say("source")), el("th.meter", {}),
    el("th.number", {}, say("documents")), el("th.number", {}, say("in.families")),
    el("th.number", {}, say("first")));
  const body = rows.slice(0, most).map((row) => el("tr", {},
    el("td.name", {}, el("a", { href: "#/families", onclick: () => showSource(row.name) }, bdi(row.name))),
    el("td.meter", {}, bar(row.all / top, row.copies / top)),
    el("td.number", {}, count(row.all)), el("td.number", {}, count(row.copies)),
    el("td.number", {}, count(row.first))));
  return [
    el("table.plain", {}, el("thead", {}, head), el("tbody", {}, body)),
    rows.length > most ? el("p.note", {}, say("more.sources", { n: count(rows.length - most) })) : null,
    el("p.note", {}, say("by.source.note")),
  ];
}

function showSource(name) {
  Object.assign(filter, { text: "", level: "", source: name, size: 0, from: "", to: "" });
  syncFilterFields();
}

function levelBars() {
  const counts = new Map();
  run.families.level.forEach((level, family) => {
    if (run.families.size[family] > 1) counts.set(level, (counts.get(level) ?? 0) + 1);
  });
  const most = Math.max(1, ...counts.values());
  const rows = run.levels.map((name, level) => [name, counts.get(level) ?? 0]).filter(([, n]) => n);
  return el("table.plain", {}, el("tbody", {}, rows.map(([name, n]) => el("tr", {},
    el("td", {}, levelBadge(name)), el("td.meter", {}, bar(n / most)),
    el("td.number", {}, count(n)), el("td.note", {}, levelWhy(name))))));
}

// Days, or months, or years, so that the columns stay wide enough to see.
function dayChart() {
  const { day, documents, copies } = run.days;
  if (!day.length) return [el("h2", {}, say("by.day")), el("p.note", {}, say("no.times"))];
  const span = day[day.length - 1] - day[0] + 1;
  const [name, cut, step] = span <= 150 ? ["by.day", 10, nextDay]
    : span <= 3650 ? ["by.month", 7, nextMonth] : ["by.year", 4, nextYear];
  const label = (number) => new Date(number * 86400000).toISOString().slice(0, cut);
  const totals = new Map();
  const last = label(day[day.length - 1]);
  for (let at = label(day[0]), n = 0; n < 400; n++, at = step(at)) {
    totals.set(at, [0, 0]);
    if (at === last) break;
  }
  day.forEach((number, i) => {
    const entry = totals.get(label(number));
    if (!entry) return;
    entry[0] += documents[i];
    entry[1] += copies[i];
  });
  return [
    el("h2", {}, say(name)), columnChart([...totals]),
    el("p.note", {}, say("by.day.note", { n: count(sum(documents)) })),
  ];
}

const nextDay = (day) => new Date(Date.parse(day) + 86400000).toISOString().slice(0, 10);
const nextYear = (year) => String(Number(year) + 1).padStart(4, "0");
function nextMonth(month) {
  const [year, number] = month.split("-").map(Number);
  const next = number === 12 ? [year + 1, 1] : [year, number + 1];
  return `${String(next[0]).padStart(4, "0")}-${String(next[1]).padStart(2, "0")}`;
}

function columnChart(entries) {
  const most = Math.max(1, ...entries.map(([, [all]]) => all));
  const [width, height, left, bottom] = [640, 170, 14 + 7 * count(most).length, 20];
  const room = (width - left) / entries.length;
  const y = (value) => (height - bottom) * (1 - value / most);
  const every = Math.max(1, Math.ceil(entries.length / 8));
  const columns = entries.map(([name, [all, copies]], i) => {
    const x = left + i * room;
    const wide = Math.min(28, Math.max(0.8, room - (room > 4 ? 2 : 0.4)));
    const part = (value, kind) => svg("rect." + kind, {
      x: x + (room - wide) / 2, width: wide, y: y(value), height: height - bottom - y(value),
    });
    return svg("g", {}, svg("title", {}, `${name}: ${count(all)} ${say("documents")}, ${count(copies)} ${say("copies")}`),
      part(all, "column"), part(copies, "column.copies"),
      i % every === 0 ? svg("text", { x: x + room / 2, y: height - 4, "text-anchor": i ? "middle" : "start" }, name) : null);
  });
  return svg("svg.chart", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": say("by.day") },
    [0, most / 2, most].map((value) => Number.isInteger(value) ? [
      svg("line.grid", { x1: left, x2: width, y1: y(value), y2: y(value) }),
      svg("text", { x: left - 5, y: Math.max(9, y(value) + 4), "text-anchor": "end" }, count(value)),
    ] : null),
    columns);
}

function limitList() {
  return el("ul.limits", {}, [1, 2, 3, 4].map((n) => el("li", {}, say("limits." + n))));
}
