// When which source had the wording: a row a source, in the order of their first times.

const MOST_LANES = 14;

function timeline(family) {
  const { families, documents } = run;
  const first = families.first[family];
  const points = [];
  let [untimed, zoneless] = [0, 0];
  for (let i = first; i < first + families.size[family]; i++) {
    if (documents.seconds[i] === null) untimed++;
    else {
      points.push(i);
      if (!documents.zone[i]) zoneless++;
    }
  }
  if (!points.length) return el("p.note", {}, say("timeline.none"));
  points.sort((x, y) => documents.seconds[x] - documents.seconds[y] || x - y);
  const lanes = new Map();
  for (const i of points) {
    const source = documents.source[i];
    if (!lanes.has(source)) lanes.set(source, []);
    lanes.get(source).push(i);
  }
  const shownLanes = [...lanes].slice(0, lanes.size > MOST_LANES ? MOST_LANES - 1 : MOST_LANES);
  const others = [...lanes].slice(shownLanes.length);
  if (others.length) shownLanes.push([-2, others.flatMap(([, documents]) => documents)]);
  return [
    el("div.scroll", {}, timelinePlot(points, shownLanes, others.length)),
    el("p.note", {}, say("timeline.note"), " ",
      say("timeline.zone", { zone: zoneName(commonZone(points)) }), " ",
      untimed ? say("timeline.untimed", { n: count(untimed) }) + " " : "",
      zoneless ? say("timeline.zoneless", { n: count(zoneless) }) : ""),
  ];
}

function timelinePlot(points, lanes, otherSources) {
  const { documents } = run;
  const [width, label, row, top] = [720, 170, 20, 44];
  const height = top + lanes.length * row + 26;
  const from = documents.seconds[points[0]];
  const to = Math.max(from + 1, documents.seconds[points[points.length - 1]]);
  const x = (seconds) => label + 10 + ((width - label - 24) * (seconds - from)) / (to - from);
  const ticks = timeTicks(from, to, commonZone(points) ?? 0);
  const laneMarks = lanes.map(([source, members], lane) => {
    const y = top + lane * row + row / 2;
    const name = source === -2 ? say("timeline.others", { n: count(otherSources) })
      : source < 0 ? say("no.source") : shown(run.sources[source]);
    const earliest = Math.min(...members.slice(0, 1).map((i) => documents.seconds[i]));
    return svg("g", {},
      svg("line.lane", { x1: x(earliest), x2: width - 14, y1: y, y2: y }),
      svg("text.lane-name", { x: label, y: y + 4, "text-anchor": "end" },
        svg("title", {}, name), name.length > 26 ? name.slice(0, 25) + "…" : name),
      members.slice(0, 2000).map((i) => timelineMark(i, x(documents.seconds[i]), y, i === points[0])));
  });
  return svg("svg.timeline", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": say("timeline") },
    ticks.map(([seconds, text]) => [
      svg("line.grid", { x1: x(seconds), x2: x(seconds), y1: top - 4, y2: height - 22 }),
      svg("text", { x: x(seconds), y: height - 8, "text-anchor": "middle" }, text)]),
    spreadCurve(points, x, top), laneMarks);
}

function timelineMark(document, x, y, isFirst) {
  const { documents, members } = run;
  const level = run.levels[members.level[document]];
  const mark = svg("circle.mark" + (STRINGS["level." + level] ? ".level-" + level : ""),
    { cx: x, cy: y, r: isFirst ? 5.5 : 4 },
    svg("title", {}, `${shown(documents.id[document])}\n${timeText(document)}\n${levelName(level)}${isFirst ? "\n" + say("earliest") : ""}`));
  if (isFirst) mark.classList.add("earliest");
  mark.addEventListener("click", () => comparePair(pair.a, document));
  return mark;
}

// The zone that all times name; null where they differ, and UTC is shown.
function commonZone(points) {
  const zone = zoneOf(points[0]);
  return points.every((document) => zoneOf(document) === zone) ? zone : null;
}

function zoneName(seconds) {
  if (!seconds) return "UTC";
  const [hours, minutes] = [Math.floor(Math.abs(seconds) / 3600), (Math.abs(seconds) / 60) % 60];
  return `UTC${seconds < 0 ? "−" : "+"}${hours}${minutes ? ":" + minutes : ""}`;
}

// How many members there were by when, above the rows.
function spreadCurve(points, x, top) {
  const height = top - 14;
  const steps = [];
  points.forEach((document, i) => {
    const at = x(run.documents.seconds[document]);
    const y = top - 6 - (height * i) / points.length;
    steps.push(`${i ? "L" : "M"}${at.toFixed(1)} ${y.toFixed(1)}V${(y - height / points.length).toFixed(1)}`);
  });
  return svg("path.curve", { d: steps.join("") });
}

const TICK_STEPS = [
  60, 300, 900, 1800, 3600, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2629800, 7889400,
  15778800, 31557600, 63115200, 157788000, 315576000,
];

// Five or so round moments between two, with the shortest text that tells them apart.
function timeTicks(from, to, zone) {
  const step = TICK_STEPS.find((seconds) => (to - from) / seconds <= 6) ?? 315576000;
  const cut = step >= 31557600 ? [0, 4] : step >= 2629800 ? [0, 7] : step >= 86400 ? [0, 10]
    : to - from < 86400 ? [11, 16] : [5, 16];
  const ticks = [];
  for (let at = Math.ceil((from + zone) / step) * step - zone; at <= to; at += step) {
    ticks.push([at, new Date((at + zone) * 1000).toISOString().slice(...cut).replace("T", " ")]);
  }
  if (!ticks.length) ticks.push([from, moment(from + zone)]);
  return ticks;
}
