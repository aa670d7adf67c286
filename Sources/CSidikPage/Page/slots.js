// Slots: short replaced pieces between words that stay, and what kind of thing stands in them.

const BANKS = new Set(
  ("bca bri bni btn bsi mandiri cimb danamon permata maybank ocbc nisp panin mega btpn jenius jago "
    + "seabank bukopin muamalat sinarmas bjb dki hsbc citibank uob dbs gopay ovo dana linkaja shopeepay "
    + "paypal visa mastercard").split(" "));
const MONTHS = new Set(
  ("januari februari maret april mei juni juli agustus september oktober november desember senin "
    + "selasa rabu kamis jumat sabtu minggu january february march may june july august october "
    + "december monday tuesday wednesday thursday friday saturday sunday").split(" "));
const MOST_SLOT_WORDS = 6;

// The kind of a piece of text that stands in a slot.
function slotKind(text, keys) {
  const words = keys.filter(isWord);
  if (/(https?:\/\/|www\.|\S\.(com|id|co|net|org|info|xyz|me|ly)\b|@\S)/i.test(text)) return "link";
  if (/(^|\s)(rp\.?|idr|usd|\$|€|£|¥)\s?\d|\d\s?(rupiah|ribu|juta|miliar|triliun|dollars?)\b/i.test(text)) {
    return "money";
  }
  if (/^\W*(\+?62|0)8[\d\s().-]{7,}\W*$/.test(text)) return "phone";
  if (words.some((word) => MONTHS.has(word)) || /\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b/.test(text)) {
    return "date";
  }
  if (words.some((word) => BANKS.has(word))) return "bank";
  if (words.length && words.every((word) => /\p{N}/u.test(word))) return "number";
  const pieces = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (pieces.length && pieces.every((piece) => /^[\p{Lu}\p{Lt}]/u.test(piece))) return "name";
  return "text";
}

function pieceOf(tokens, from, to) {
  return to > from ? tokens.text.slice(tokens.start[from], tokens.end[to - 1]) : "";
}

// Whether a replaced stretch is a slot: short on both sides, with words that stay on both sides.
function isSlot(op, ops, index) {
  if (op.kind !== "replaced") return false;
  if (op.a1 - op.a0 > MOST_SLOT_WORDS || op.b1 - op.b0 > MOST_SLOT_WORDS) return false;
  const stays = (other) => other?.kind === "same" && other.a1 - other.a0 >= 2;
  return stays(ops[index - 1]) && stays(ops[index + 1]);
}

// The slot kind of a pair of pieces: what both are; null where they are other words, or one word
// in two spellings.
function slotKindOf(a, b, op) {
  const [x, y] = [pieceOf(a, op.a0, op.a1), pieceOf(b, op.b0, op.b1)];
  const kind = slotKind(x, a.key.slice(op.a0, op.a1));
  if (kind === "text" || kind !== slotKind(y, b.key.slice(op.b0, op.b1))) return null;
  const digits = (text) => text.normalize("NFKC").replace(/\P{Nd}/gu, "");
  if ((kind === "number" || kind === "money") && digits(x) === digits(y)) return null;
  const isName = kind === "name" && (opensSentence(a, op.a0) || isSpelling(fold(x), fold(y)));
  return isName ? null : kind;
}

// Whether a word has a capital because a sentence begins with it.
function opensSentence(tokens, at) {
  return at === 0 || /^[.!?…:"“”«»*()–—-]$/u.test(tokens.key[at - 1]);
}

// Whether two words share half of their pairs of letters.
function isSpelling(x, y) {
  const pairs = (word) => Array.from({ length: Math.max(0, word.length - 1) }, (_, i) => word.slice(i, i + 2));
  const [first, second] = [pairs(x), new Set(pairs(y))];
  const shared = first.filter((two) => second.has(two)).length;
  return 2 * shared >= 0.5 * (first.length + second.size);
}

const MOST_SLOT_MEMBERS = 200;
const MOST_SLOT_ROWS = 30;

// Slots of a family: places of the first text where members have other pieces in one frame.
// `members` are tokenised texts; the first is the frame.
function familySlots(members) {
  const vocabulary = new Vocabulary();
  const frame = members[0];
  const base = vocabulary.number(frame);
  const places = new Map();
  for (const [index, member] of members.entries()) {
    if (index === 0 || index >= MOST_SLOT_MEMBERS) continue;
    const { ops } = difference(base, vocabulary.number(member));
    ops.forEach((op, at) => {
      if (!isSlot(op, ops, at)) return;
      const kind = slotKindOf(frame, member, op);
      if (!kind) return;
      const name = op.a0 + "-" + op.a1;
      if (!places.has(name)) places.set(name, { from: op.a0, to: op.a1, kind, values: new Map() });
      const value = pieceOf(member, op.b0, op.b1);
      const { values } = places.get(name);
      values.set(value, (values.get(value) ?? 0) + 1);
    });
  }
  return [...places.values()]
    .filter((slot) => slot.kind !== "name" || slot.values.size > 1 || sum(slot.values.values()) > 1)
    .sort((x, y) => sum(y.values.values()) - sum(x.values.values()) || x.from - y.from)
    .slice(0, MOST_SLOT_ROWS)
    .sort((x, y) => x.from - y.from);
}

function sum(values) {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
