#ifndef SIDIK_NORMALISE_H
#define SIDIK_NORMALISE_H
#include <stddef.h>
#include <stdint.h>

/* Scans of the normaliser, sixteen bytes at a time in the compiler's own vectors: they compile
   to the base instructions of any target. The Swift path that tracks offsets is their oracle. */

/* Where an entry of a scalar has the script's class, three bits. */
#define SIDIK_ENTRY_SCRIPT 28

/* What sidik_fold_letters may fold by itself. */
typedef struct sidik_letter_rules {
  const uint16_t *stage;   /* a trie in two stages of 128 */
  const uint32_t *entries;
  const uint8_t *ascii;    /* what becomes of an ASCII byte; a space where it ends a word */
  uint32_t wanted;         /* flags that an entry must have, one at least */
  uint32_t unwanted;       /* flags that it must not have */
  uint32_t guarded;        /* bit k: script class k is left to the caller */
} sidik_letter_rules;

/* The word being written: where it began in the source and in the output, and the script class
   of its last letter; `moved` says that any character was taken. */
typedef struct sidik_open_word {
  size_t source, output;
  uint32_t script;
  uint8_t moved;
} sidik_open_word;

/* Folds scalars above ASCII, and single ASCII bytes between them, from source[start] to
   out[*at...], up to what the rules leave to the caller, to two bytes of ASCII in a row or to n.
   Each scalar gives one of at most four bytes. Returns the place it stopped at. */
size_t sidik_fold_letters(const uint8_t *source, size_t start, size_t n, uint8_t *out, size_t *at,
                          const sidik_letter_rules *rules, sidik_open_word *word);

/* Splits a text at everything that is no part of a word, each letter folded by itself, and writes
   the folded words with one space after each to `folded`, where they stand in the source to
   `starts` and `ends`. `rules->wanted` are the flags of letters, `unwanted` those of what a letter
   does not tell alone: a byte 1 is written for these, which no folded word has; `alone` are the
   flags of what is a word by itself. Bytes that are not UTF-8 end words. At most n words and 2 n + 4
   bytes are written. Returns the number of words, the number of bytes in *length. */
size_t sidik_split_words(const uint8_t *source, size_t n, const sidik_letter_rules *rules,
                         uint32_t alone, uint8_t *folded, size_t *length, uint32_t *starts,
                         uint32_t *ends);

/* The first position in [start, n) whose 16-byte block holds the end of a suspicious pattern (a
   digit beside a letter, a byte or pair three times in a row, spaced letters); n if none. Needs
   start >= 6; fewer than 16 last bytes are always suspicious. */
size_t sidik_find_suspicion(const uint8_t *bytes, size_t start, size_t n);

/* The first position in [start, n) whose block holds a slash, an at or a dollar sign, or a dot
   after a w; n if none. Needs start >= 1; fewer than 16 last bytes always count. */
size_t sidik_find_sign(const uint8_t *bytes, size_t start, size_t n);

/* Counts the bytes from `low` to `low + count - 1`. */
size_t sidik_count_between(const uint8_t *bytes, size_t n, uint8_t low, uint8_t count);

/* Counts by bytes: Latin letters (ASCII, mathematical, full-width), and letters of scripts that
   have look-alikes of Latin ones. */
void sidik_count_scripts(const uint8_t *bytes, size_t n, size_t *latin, size_t *others);

#endif
