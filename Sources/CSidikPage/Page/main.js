// Which view is shown, the bar above it, and the keyboard.

const VIEWS = { overview: drawOverview, families: drawFamilies, review: drawReview, method: drawMethod };
let view = "";

function route() {
  const [, name = "overview", id] = location.hash.match(/^#\/(\w+)(?:\/(.+))?$/) ?? [];
  const wanted = name === "family" ? "families" : name in VIEWS ? name : "overview";
  const main = document.getElementById("view");
  if (wanted !== view) {
    view = wanted;
    document.body.dataset.view = wanted;
    if (wanted !== "families") document.body.classList.remove("has-family");
    VIEWS[wanted](main);
    for (const link of document.querySelectorAll("nav a")) {
      const isHere = link.getAttribute("href") === "#/" + wanted;
      if (isHere) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    scrollTo(0, 0);
  }
  if (wanted === "families") {
    const family = name === "family" ? run.families.id.indexOf(id) : -1;
    if (family >= 0) selectFamily(family);
    else if (id === undefined && current >= 0 && isNarrow()) selectFamily(-1);
    else if (current < 0 && matching.length && !isNarrow()) selectFamily(matching[0]);
    else selectFamily(current);
  }
}

const isNarrow = () => matchMedia("(max-width: 60rem)").matches;

function drawBar() {
  document.documentElement.lang = language ? "id" : "en";
  document.title = say("title") + (run.inputs.length ? ": " + shown(run.inputs[0]) : "");
  document.getElementById("skip").textContent = say("bar.skip");
  const link = (name, number) => el("a", { href: "#/" + name, title: String(number) }, say("nav." + name));
  fill(document.getElementById("bar"),
    el("a.brand", { href: "#/overview" }, brandMark(), "Sidik"),
    el("nav", {}, ["overview", "families", "review", "method"].map((name, i) => link(name, i + 1))),
    el("span.inputs", {}, bdi(run.inputs.slice(0, 2).join(", ") + (run.inputs.length > 2 ? " …" : ""))),
    el("span.tools", {},
      button(language ? "EN" : "ID", switchLanguage, { title: say("bar.language"), "aria-label": say("bar.language") }),
      button(icon("M12 3a9 9 0 1 0 0 18z", "M12 3a9 9 0 0 1 0 18"), switchTheme, { title: say("bar.theme"), "aria-label": say("bar.theme") }),
      button(icon("M7 9V3h10v6M7 17H4V9h16v8h-3", "M7 14h10v7H7z"), () => print(), { title: say("bar.print"), "aria-label": say("bar.print") })));
}

// Drawn, as not every system has a letter for it; the first path is filled.
function icon(...paths) {
  return svg("svg.icon", { viewBox: "0 0 24 24", "aria-hidden": "true" }, paths.map((d) => svg("path", { d })));
}

function brandMark() {
  const arc = (d) => svg("path", { d });
  return svg("svg.brand-mark", { viewBox: "0 0 24 24", "aria-hidden": "true" },
    arc("M4 14V12a8 8 0 0 1 16 0v2"), arc("M7 18v-6a5 5 0 0 1 10 0v4"), arc("M10 21v-9a2 2 0 0 1 4 0v9"));
}

function switchLanguage() {
  language = 1 - language;
  redrawAll();
}

function redrawAll() {
  drawBar();
  view = "";
  route();
}

// Light, dark, or as the system has it.
function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest?.("input, select, textarea");
  if (event.key === "Escape") return escape(typing);
  if (typing) return event.key === "Enter" && typing.id === "filter-text" ? openFirst(event) : undefined;
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  const isArrow = event.key.startsWith("Arrow");
  if (step && (!isArrow || event.target.id === "family-list")) {
    event.preventDefault();
    if (view === "families") moveFamily(step);
    else if (view === "review") moveReview(step);
    else location.hash = "#/families";
  } else if (event.key === "/") {
    event.preventDefault();
    if (view !== "families") location.hash = "#/families";
    setTimeout(() => document.getElementById("filter-text")?.focus(), 0);
  } else if (event.key === "n") nextChange();
  else if (event.key === "p") nextPassage();
  else if (view === "review" && reviewAt >= 0 && (event.key === "s" || event.key === "d")) {
    decide(run.pairs.a[reviewAt], run.pairs.b[reviewAt], event.key === "s" ? "same" : "different");
  } else if (event.key === "Enter" && event.target.id === "family-list") openFirst(event);
  else if ("1234".includes(event.key)) {
    location.hash = "#/" + ["overview", "families", "review", "method"][Number(event.key) - 1];
  }
}

function escape(typing) {
  if (typing) typing.blur();
  else if (view === "families" && isNarrow() && current >= 0) location.hash = "#/families";
  else if (view !== "overview") location.hash = "#/overview";
}

// Enter opens the family that is chosen in the list, or the first.
function openFirst(event) {
  event.preventDefault();
  event.target.blur();
  if (!matching.length) return;
  const family = matching.includes(current) ? current : matching[0];
  const hash = "#/family/" + run.families.id[family];
  if (location.hash === hash) selectFamily(family);
  else location.hash = hash;
}

async function start() {
  const stage = document.getElementById("view");
  language = document.documentElement.lang === "id" ? 1 : 0;
  if (typeof DecompressionStream === "undefined") return fill(stage, el("p.note", {}, say("old")));
  fill(stage, el("p.note", {}, say("loading")));
  try {
    await openRun();
    restoreDecisions();
    drawBar();
    addEventListener("hashchange", route);
    addEventListener("keydown", onKey);
    route();
    document.documentElement.dataset.ready = String(Math.round(performance.now()));
  } catch (error) {
    fill(stage, el("p.note", {}, say("failed", { reason: error.message })));
    throw error;
  }
}

start();
