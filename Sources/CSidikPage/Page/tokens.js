// Texts as words: what is compared word for word in the page.

// Scripts that are written without spaces are taken character by character.
const WORD =
  /https?:\/\/[^\s<>"]+|\p{N}+(?:[.,:]\p{N}+)+(?![\p{L}\p{N}])|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]\p{M}*|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{M}\p{N}\u00ad\u200b-\u200d\u2060\ufeff])+|[^\s]/gu;
const FOLDED_AWAY = /[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]/g;
const ASCII = /^[\x00-\x7f]*$/;

function fold(text) {
  if (ASCII.test(text)) return text.toLowerCase();
  return text.normalize("NFKC").replace(FOLDED_AWAY, "").toLowerCase();
}

// The words of a text: where each begins and ends, and what it is compared as. Words that fold
// to nothing belong to the space between the others.
function tokenise(text) {
  const tokens = { text, start: [], end: [], key: [] };
  for (const match of text.matchAll(WORD)) {
    const key = fold(match[0]);
    if (!key) continue;
    tokens.start.push(match.index);
    tokens.end.push(match.index + match[0].length);
    tokens.key.push(key);
  }
  return tokens;
}

const IS_WORD = /[\p{L}\p{N}]/u;

function isWord(key) {
  return IS_WORD.test(key);
}

// The words of several texts as numbers, equal words one number.
class Vocabulary {
  #numbers = new Map();

  number(tokens) {
    const result = new Int32Array(tokens.key.length);
    for (let i = 0; i < result.length; i++) {
      let number = this.#numbers.get(tokens.key[i]);
      if (number === undefined) {
        number = this.#numbers.size;
        this.#numbers.set(tokens.key[i], number);
      }
      result[i] = number;
    }
    return result;
  }

  get count() { return this.#numbers.size; }
}
