// Elements are made here and nowhere else. Text enters as text only: nothing that a document
// holds is ever read as markup.

const SVG_SPACE = "http://www.w3.org/2000/svg";

// el("p.note", { title: "…", onclick: f }, "text", child, null)
function el(name, attributes, ...children) {
  return furnish(document.createElement(name.split(".")[0]), name, attributes, children);
}

function svg(name, attributes, ...children) {
  return furnish(
    document.createElementNS(SVG_SPACE, name.split(".")[0]), name, attributes, children);
}

function furnish(element, name, attributes, children) {
  const classes = name.split(".").slice(1);
  if (classes.length) element.setAttribute("class", classes.join(" "));
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== false));
  return element;
}

// A text of unknown direction that must not disturb its surroundings.
function bdi(text, attributes) {
  return el("bdi", attributes, shown(text));
}

// Characters that steer the direction of text, or hide in it.
const STEERING = /[\u202a-\u202e\u2066-\u2069]/;
const HIDDEN = /[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const HIDDEN_ALL = new RegExp(HIDDEN.source, "g");
const HIDDEN_NAMES = {
  "\u00ad": "SHY", "\u200b": "ZWSP", "\u2060": "WJ", "\ufeff": "BOM", "\u202a": "LRE",
  "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO", "\u2066": "LRI",
  "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
};

function hiddenName(character) {
  return HIDDEN_NAMES[character]
    ?? "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
}

// A short text without characters that could disturb a line.
function shown(text) {
  return HIDDEN.test(text) ? text.replace(HIDDEN_ALL, "\ufffd") : text;
}

// A text as nodes, with hidden characters made visible and explained.
function visible(text) {
  if (!HIDDEN.test(text)) return [text];
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(HIDDEN_ALL)) {
    if (match.index > from) nodes.push(text.slice(from, match.index));
    const name = hiddenName(match[0]);
    const title = `${say("key.hidden")}: ${name}`;
    const label = STEERING.test(match[0]) ? name : "·";
    nodes.push(el("span.hidden-character", { title, dir: "ltr" }, label));
    from = match.index + 1;
  }
  if (from < text.length) nodes.push(text.slice(from));
  return nodes;
}

// A badge with the level's colour; levels this page does not know look plain.
function levelBadge(level) {
  const known = STRINGS["level." + level] ? ".level-" + level : "";
  return el("span.level" + known, { title: levelWhy(level) }, levelName(level));
}

function button(text, action, attributes) {
  return el("button", { type: "button", onclick: action, ...attributes }, text);
}
