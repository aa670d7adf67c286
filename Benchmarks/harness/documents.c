// Writes generated documents as JSON Lines: documents.c COUNT [SEED [COPIES [FIRST]]]
//
// The same numbers give the same bytes on any machine, and any part can be made by itself, so a
// corpus of any size can be piped into a test and need not be kept. Texts are of made-up words
// of Indonesian-like syllables with a skewed frequency, 60 to 740 words each (about 3 KB on
// average). COPIES percent (25 if left out) are edited copies of an earlier document, the more
// often the earlier it is, so families have all sizes: words are replaced at one of five rates,
// a tenth is cut short as well, a sixth is equal to the original.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VOCABULARY = 40000, WORD = 16, LONGEST = 740 };

static char words[VOCABULARY][WORD];
static unsigned char lengths[VOCABULARY];

typedef struct { uint64_t state; } Random;

static uint64_t mix(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static uint64_t draw(Random *random) { return mix(random->state += 0x9E3779B97F4A7C15u); }

// A number in 0..<1.
static double share(Random *random) { return (double)(draw(random) >> 11) * 0x1p-53; }

static void make_words(uint64_t seed) {
  static const char *const onsets[] = {"b", "d", "g", "j", "k", "l", "m", "n", "p", "r",
                                       "s", "t", "ng", "ny", "h", "w", "c", "y"};
  static const char *const vowels[] = {"a", "a", "a", "e", "i", "u", "o"};
  Random random = {seed ^ 0x5EED};
  for (int i = 0; i < VOCABULARY; i++) {
    int syllables = 1 + (i > 200) + (int)(draw(&random) % 3);
    size_t used = 0;
    for (int s = 0; s < syllables && used + 5 < WORD; s++) {
      used += (size_t)sprintf(words[i] + used, "%s%s", onsets[draw(&random) % 18],
                              vowels[draw(&random) % 7]);
    }
    if (draw(&random) % 3 == 0) words[i][used++] = "nkrsth"[draw(&random) % 6];
    lengths[i] = (unsigned char)used;
  }
}

// A word by its rank: the fourth power of a uniform number, so few words are most of a text.
static uint32_t word(Random *random) {
  double u = share(random);
  return (uint32_t)(u * u * u * u * VOCABULARY);
}

static uint64_t part(uint64_t seed, uint64_t document, uint64_t purpose) {
  return mix(mix(seed + 0x9E3779B97F4A7C15u * (document + 1)) + purpose);
}

// The document that a document is a copy of; itself where it is none.
static uint64_t root(uint64_t seed, uint64_t document, double copies) {
  for (;;) {
    Random random = {part(seed, document, 1)};
    if (document == 0 || share(&random) >= copies) return document;
    double u = share(&random);
    document = (uint64_t)(u * u * u * (double)document);
  }
}

static int original(uint64_t seed, uint64_t document, uint32_t *text) {
  Random random = {part(seed, document, 2)};
  int count = 60 + (int)(share(&random) * (LONGEST - 60));
  for (int i = 0; i < count; i++) text[i] = word(&random);
  return count;
}

static int edited(uint64_t seed, uint64_t document, uint32_t *text, int count) {
  static const double rates[] = {0, 0.002, 0.005, 0.01, 0.02, 0.05};
  Random random = {part(seed, document, 3)};
  double rate = rates[draw(&random) % 6];
  if (rate > 0 && draw(&random) % 10 == 0) count -= (int)(share(&random) * count * 0.25);
  if (rate > 0) {
    for (int i = 0; i < count; i++) {
      if (share(&random) < rate) text[i] = word(&random);
    }
  }
  return count;
}

static size_t render(uint64_t document, const uint32_t *text, int count, char *line) {
  size_t used = (size_t)sprintf(line, "{\"id\":\"d%llu\",\"text\":\"", (unsigned long long)document);
  for (int i = 0; i < count; i++) {
    // All of a word's room is copied: a constant length costs less than a loop.
    memcpy(line + used, words[text[i]], WORD);
    if (i % 12 == 0) line[used] = (char)(line[used] - 'a' + 'A');
    used += lengths[text[i]];
    if (i % 12 == 11) line[used++] = '.';
    line[used++] = ' ';
  }
  memcpy(line + used - 1, "\"}\n", 3);
  return used + 2;
}

int main(int argc, char **argv) {
  uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
  uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
  double copies = argc > 3 ? atof(argv[3]) / 100 : 0.25;
  uint64_t first = argc > 4 ? strtoull(argv[4], NULL, 10) : 0;
  if (count == 0) {
    fputs("usage: documents COUNT [SEED [COPIES [FIRST]]]\n", stderr);
    return 2;
  }
  static char buffer[1 << 20];
  static uint32_t text[LONGEST];
  size_t used = 0;
  make_words(seed);
  for (uint64_t document = first; document < first + count; document++) {
    uint64_t from = root(seed, document, copies);
    int length = original(seed, from, text);
    if (from != document) length = edited(seed, document, text, length);
    used += render(document, text, length, buffer + used);
    if (used > sizeof buffer - (LONGEST + 4) * (WORD + 2)) {
      if (fwrite(buffer, 1, used, stdout) != used) return 1;
      used = 0;
    }
  }
  return fwrite(buffer, 1, used, stdout) == used && fflush(stdout) == 0 ? 0 : 1;
}
