// How it was done, in plain words, with what it cannot say.

function drawMethod(view) {
  const { totals } = run;
  const row = (name, value) =>
    value === "" || value === null || value === undefined
      ? null : [el("dt", {}, say(name)), el("dd", {}, value)];
  const key = (names, words) => [
    el("dt", {}, names.map((name) => [el("kbd", {}, name), " "])), el("dd", {}, say(words))];
  fill(view,
    el("div.columns", {},
      el("section.card.wide", {}, el("h2", {}, say("method.title")),
        [1, 2, 3].map((n) => el("p", {}, say("method." + n))),
        el("h3", {}, say("levels.title")),
        el("dl.levels", {}, run.levels.map((name) =>
          [el("dt", {}, levelBadge(name)), el("dd", {}, levelWhy(name))])),
        el("h3", {}, say("limits")), limitList()),
      el("section.card", {}, el("h2", {}, say("run.title")),
        el("dl.facts", {},
          row("run.inputs", run.inputs.map((name, i) => [i ? el("br") : null, bdi(name)])),
          row("run.version", el("code", {}, run.sidik)),
          row("run.profile", run.parameters.match(/^sidik-profile:([^.;]+)/)?.[1]),
          row("run.threshold", run.threshold?.toLocaleString(LOCALES[language])),
          row("run.linkage", run.linkage?.toLocaleString(LOCALES[language])),
          row("documents", count(totals.documents)),
          totals.edges === null ? null : row("run.edges", count(totals.edges)),
          totals.quarantined ? row("run.quarantined", count(totals.quarantined)) : null,
          totals.empty ? row("run.empty", count(totals.empty)) : null),
        run.parameters ? el("details", {}, el("summary", {}, say("run.parameters")),
          el("p.parameters", {}, run.parameters.split(";").map((part) => el("code", {}, part)))) : null,
        el("h2", {}, say("keys.title")),
        el("dl.keys", {},
          key(["1", "2", "3", "4"], "keys.numbers"), key(["J", "K"], "keys.jk"),
          key(["/"], "keys.slash"), key(["Enter"], "keys.enter"), key(["Esc"], "keys.escape"),
          key(["N"], "keys.n"), key(["P"], "keys.p"), key(["S", "D"], "keys.sd")))));
}
