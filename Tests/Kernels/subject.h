/// What kernels are run on: texts, bytes and numbers of one size and kind, each lying directly
/// against memory that cannot be touched, so that a read or write outside ends the program.
#ifndef SIDIK_SUBJECT_H
#define SIDIK_SUBJECT_H

#include <stddef.h>
#include <stdint.h>

#include "sidik_kernels.h"

/// A seeded generator (SplitMix64): the same numbers on every machine.
typedef struct generator {
  uint64_t state;
} generator;

uint64_t next_number(generator *g);
/// A number below `bound`, which is not 0.
size_t below(generator *g, size_t bound);

/// Where a range lies between its two guard pages.
typedef enum { AT_END, AT_START } placement;

/// Gives `size` bytes in region `index`, filled with `fill`: at its end, or at its beginning.
/// The bytes of an earlier call for the region are lost.
void *guarded(size_t index, size_t size, placement where, uint8_t fill);

/// Regions below this number belong to the subject; kernels' outputs use those from here on.
#define FIRST_FREE_REGION 24

#define LATIN_ROWS 128

/// Kinds of subject: how texts and numbers are made.
enum { SUBJECT_KINDS = 12 };

typedef struct subject {
  /// How it was made, so that a failure can be repeated.
  size_t kind, size;
  uint64_t seed;
  placement where;

  /// Well-formed UTF-8 as the normaliser leaves it: about `size` bytes.
  const uint8_t *text;
  size_t text_size;
  /// The same text as people write it: capitals, punctuation, curly quotes.
  const uint8_t *raw;
  size_t raw_size;
  /// Any bytes: `size` of them.
  const uint8_t *bytes;
  /// One JSON object that holds the raw text, in some kinds damaged.
  const uint8_t *json;
  size_t json_size;
  /// Rows of CSV.
  const uint8_t *csv;
  size_t csv_size;

  /// What `decode_scalars` of the scalar level gives for the text.
  const uint32_t *scalars;
  size_t scalar_count;
  /// 64-bit numbers: `size` of them, and an edited copy.
  const uint64_t *numbers, *copy;
  size_t copy_count;
  /// Both as ascending sets, and a set much smaller than the first.
  const uint64_t *set, *copy_set, *few;
  size_t set_count, copy_set_count, few_count;
  /// The low halves of the numbers.
  const uint32_t *hashes;
  /// Coefficients of permutations: `slots` of them.
  const uint32_t *a32, *b32;
  const uint64_t *a64, *b64;
  size_t slots;
  /// Two signatures of `slots` slots that share some.
  const uint32_t *signature, *signature2;
  size_t bands, rows;
  /// A Latin square of 128 source bins.
  const uint8_t *latin;
  sidik_hash_keys keys;
  uint32_t gram, dense_gram, width;
  const sidik_weights *weights;
  sidik_passage_rule rule;
  /// Bits of an open-addressing table that has room for the numbers.
  unsigned table_bits;
} subject;

/// Makes the subject of that kind, size and seed. The one before it is lost.
void make_subject(subject *s, size_t kind, size_t size, uint64_t seed, placement where);

/// Writes text of the kind, at most `size` bytes, to `out`; returns its length. `raw` asks for
/// capitals and punctuation.
size_t make_text(generator *g, size_t kind, size_t size, int raw, uint8_t *out);

#endif
