// The list of families with its filters, beside the family that is looked at.

const ROW_HEIGHT = 64;
let list = null;
let current = -1;
let fields = {};

function drawFamilies(view) {
  list = null;
  const box = el("div.list", {
    tabindex: "0", role: "listbox", "aria-label": say("nav.families"), id: "family-list",
  });
  const detail = el("article.detail", { id: "family-detail" });
  fill(view, el("div.split", {},
    el("div.side", {}, filterForm(), el("div.results", {},
      el("span.shown", { id: "shown", role: "status" }),
      el("span.exports", {}, el("span", {}, say("export") + " "),
        button("CSV", () => exportCSV()), button("JSONL", () => exportJSONL()))),
      box),
    detail));
  list = new RowList(box, ROW_HEIGHT, drawFamilyRow);
  box.addEventListener("click", (event) => {
    const row = event.target.closest("[data-family]");
    if (row) location.hash = "#/family/" + run.families.id[Number(row.dataset.family)];
  });
  refilter();
}

function filterForm() {
  const field = (name, label, input) => {
    fields[name] = input;
    input.setAttribute("id", "filter-" + name);
    const change = () => {
      const value = name === "size" ? Number(input.value) || 0 : input.value;
      if (filter[name] === value) return;
      filter[name] = value;
      refilterSoon();
    };
    input.addEventListener("input", change);
    input.addEventListener("change", change);
    return el("label", { for: "filter-" + name, class: "field-" + name }, el("span", {}, label), input);
  };
  const select = (options) => el("select", {}, options.map(([value, text]) => el("option", { value }, text)));
  fields = {};
  const form = el("form.filters", { role: "search", onsubmit: (event) => event.preventDefault() },
    field("text", say("search"), el("input", { type: "search", placeholder: say("search"), autocomplete: "off" })),
    el("details", { open: !matchMedia("(max-width: 60rem)").matches }, el("summary", {}, say("filter.more")),
      el("div.grid", {},
        field("sort", say("filter.sort"), select(Object.keys(ORDERS).map((name) => [name, say("sort." + name)]))),
        field("level", say("filter.level"), select([["", say("filter.any")],
          ...usedLevels().map((name) => [name, levelName(name)])])),
        field("source", say("filter.source"), el("input", { type: "text", autocomplete: "off" })),
        field("size", say("filter.size"), el("input", { type: "number", min: "1", inputmode: "numeric" })),
        field("from", say("filter.from"), el("input", { type: "date" })),
        field("to", say("filter.to"), el("input", { type: "date" })),
        button(say("filter.clear"), clearFilter, { class: "clear" }))));
  syncFilterFields();
  return form;
}

function usedLevels() {
  const used = new Set(run.families.level);
  return run.levels.filter((_, i) => used.has(i));
}

function syncFilterFields() {
  for (const [name, input] of Object.entries(fields)) input.value = filter[name] || "";
}

function clearFilter() {
  Object.assign(filter, { text: "", level: "", source: "", size: 0, from: "", to: "" });
  syncFilterFields();
  refilter();
}

let refilterTimer = 0;

function refilterSoon() {
  clearTimeout(refilterTimer);
  refilterTimer = setTimeout(refilter, 120);
}

function refilter() {
  search((done, all) => {
    const status = document.getElementById("shown");
    // The view may have been left while texts were searched.
    if (!status) return;
    list.show(matching.length);
    const counts = say("shown", { n: count(matching.length), all: count(run.families.id.length) });
    const progress = done >= 0 ? say("search.texts", { done: count(done), all: count(all) }) : "";
    fill(status, counts, progress ? el("span.progress", {}, " · " + progress) : null);
    if (!matching.length && done < 0) fill(status, say("none.shown"));
    const place = matching.indexOf(current);
    if (place >= 0) list.reveal(place);
  }).catch((error) => {
    const status = document.getElementById("shown");
    if (status) fill(status, String(error.message));
  });
}

function drawFamilyRow(index) {
  const family = matching[index];
  const { families } = run;
  const first = families.earliest[family];
  const sources = families.sources[family];
  return el("div.row", {
    role: "option", "data-family": family, "aria-selected": family === current ? "true" : "false",
    "aria-posinset": index + 1, "aria-setsize": matching.length, id: "family-row-" + family,
  },
    el("div.line", {},
      el("span.size", {}, count(families.size[family])),
      levelBadge(run.levels[families.level[family]]),
      el("span.weak", { title: say("weakest") }, score(families.min[family])),
      el("span.where", {}, sources === 0 ? "" : sources === 1 ? say("source.1") : say("sources.n", { n: count(sources) })),
      el("span.when", {}, first < 0 ? "" : dayText(first))),
    el("div.opening", { dir: "auto" }, shown(families.opening[family]) || say("empty.text")));
}

// Opens a family beside the list; -1 opens none.
function selectFamily(family) {
  const before = current;
  current = family;
  if (list) {
    const place = matching.indexOf(family);
    if (place >= 0) list.reveal(place);
    for (const changed of [before, family]) {
      document.getElementById("family-row-" + changed)
        ?.setAttribute("aria-selected", changed === family ? "true" : "false");
    }
    const box = document.getElementById("family-list");
    if (family >= 0) box.setAttribute("aria-activedescendant", "family-row-" + family);
  }
  document.body.classList.toggle("has-family", family >= 0);
  const detail = document.getElementById("family-detail");
  if (!detail) return;
  if (family < 0) fill(detail, el("p.pick", {}, say("pick")));
  else drawFamily(detail, family);
  detail.scrollTop = 0;
}

// Goes on in the list at once: the event of a changed address comes later than the next key may.
function moveFamily(step) {
  if (!matching.length) return;
  const place = matching.indexOf(current);
  const next = Math.min(matching.length - 1, Math.max(0, place < 0 ? 0 : place + step));
  history.replaceState(null, "", "#/family/" + run.families.id[matching[next]]);
  selectFamily(matching[next]);
}
