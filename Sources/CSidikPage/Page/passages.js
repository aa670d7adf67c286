// Which words of a family's first text stand in how many of its members.

const PASSAGE_WORDS = 5;
const MOST_PASSAGE_MEMBERS = 500;

// For each word of the first text the number of members, itself included, that have a passage
// of five words round it. Works in slices, so that the page stays alive.
async function keptWords(members) {
  const vocabulary = new Vocabulary();
  const frame = vocabulary.number(members[0]);
  const counts = new Int32Array(frame.length).fill(1);
  const grams = gramNumbers(frame);
  const places = new Map();
  grams.forEach((gram, i) => {
    if (!places.has(gram)) places.set(gram, []);
    places.get(gram).push(i);
  });
  const limit = Math.min(members.length, MOST_PASSAGE_MEMBERS);
  for (let m = 1; m < limit; m++) {
    const words = vocabulary.number(members[m]);
    const covered = new Uint8Array(frame.length);
    for (const gram of new Set(gramNumbers(words))) {
      for (const i of places.get(gram) ?? []) covered.fill(1, i, i + PASSAGE_WORDS);
    }
    for (let i = 0; i < counts.length; i++) counts[i] += covered[i];
    if (m % 32 === 31) await pause();
  }
  return { counts, members: limit };
}

// Runs of words as strings; texts shorter than a passage count as one.
function gramNumbers(words) {
  if (words.length === 0) return [];
  if (words.length <= PASSAGE_WORDS) return [words.join(",")];
  const result = [];
  for (let i = 0; i + PASSAGE_WORDS <= words.length; i++) {
    result.push(words.subarray(i, i + PASSAGE_WORDS).join(","));
  }
  return result;
}

// Lets the browser draw and listen.
function pause() {
  return new Promise((done) => setTimeout(done, 0));
}
