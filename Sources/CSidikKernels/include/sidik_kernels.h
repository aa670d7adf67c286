/// The loops of Sidik that run once a byte, a character or a feature.
///
/// Pure functions on pointers and lengths: no allocation, no state, no strings. Every level
/// (scalar, AVX2, AVX-512, NEON) gives the same bits; scalar is the reference. Unless a
/// function says otherwise, pointers need only the alignment of their element, ranges do not
/// overlap, and a length of zero is valid and touches nothing.
#ifndef SIDIK_KERNELS_H
#define SIDIK_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Slots of a one-permutation signature and side of its Latin square.
#define SIDIK_OPH_SLOTS 128
/// The value of a slot that no feature reached.
#define SIDIK_EMPTY_SLOT 0xFFFFFFFFu

/// Flags that `decode_scalars` puts above the 21 bits of a scalar.
#define SIDIK_SCALAR_MASK 0x001FFFFFu
/// A script written without spaces between words (CJK, Thai, Lao, Khmer, Myanmar).
#define SIDIK_SCALAR_NO_SPACE 0x80000000u
/// A script whose characters are syllables or words (CJK, Hangul): shorter grams suffice.
#define SIDIK_SCALAR_DENSE 0x40000000u

/// The secrets and constants of all feature hashes; see `FeatureHasher` in Swift.
typedef struct sidik_hash_keys {
  /// Keys of the token hash.
  uint64_t token[3];
  /// Odd multiplier of the polynomial over tokens or characters.
  uint64_t multiplier;
  /// Odd multiplier of the finishing mix.
  uint64_t finish;
} sidik_hash_keys;

/// One level's functions.
typedef struct sidik_kernels {
  /// "scalar", "avx2", "avx512" or "neon".
  const char *name;

  /// Decodes well-formed UTF-8 to scalars with flags. `out` holds `n` entries. A space between
  /// two NO_SPACE scalars is left out: a line break there says nothing. Returns the count.
  size_t (*decode_scalars)(const uint8_t *text, size_t n, uint32_t *out);

  /// Hashes of the grams of `gram` scalars (`dense_gram` where the first is DENSE), one for
  /// every start, in order; of the whole text where no gram fits. `out` holds `n` entries.
  /// Returns the count: 0 only for n = 0.
  size_t (*char_features)(const uint32_t *scalars, size_t n, uint32_t gram, uint32_t dense_gram,
                          const sidik_hash_keys *keys, uint64_t *out);

  /// Hashes of the tokens of a normalised text: runs between spaces; a NO_SPACE scalar is a
  /// token by itself. `out` holds `n` entries. Returns the count.
  size_t (*token_hashes)(const uint8_t *text, size_t n, const sidik_hash_keys *keys,
                         uint64_t *out);

  /// Hashes of the shingles of `width` tokens in order; of all tokens where fewer stand there.
  /// `out` holds `n` entries and may be `tokens`. Returns the count: 0 only for n = 0.
  size_t (*shingle_features)(const uint64_t *tokens, size_t n, uint32_t width,
                             const sidik_hash_keys *keys, uint64_t *out);

  /// One-permutation MinHash with Latin-square densification. `latin` is 128 rows of 128
  /// source bins. Returns the number of bins that features reached; with 0 all are empty.
  size_t (*oph_signature)(const uint64_t *features, size_t n, const uint8_t *latin,
                          uint32_t *signature);

  /// Slot k = min over hashes of (a[k] * x + b[k]) mod 2^32.
  void (*affine32_signature)(const uint32_t *hashes, size_t n, const uint32_t *a,
                             const uint32_t *b, size_t slots, uint32_t *signature);

  /// Slot k = min over hashes of the low 32 bits of ((a[k] * x + b[k]) mod 2^64) mod (2^61-1).
  void (*legacy_signature)(const uint32_t *hashes, size_t n, const uint64_t *a,
                           const uint64_t *b, size_t slots, uint32_t *signature);

  /// SimHash: bit b is set when more than half of the features have it.
  uint64_t (*simhash)(const uint64_t *features, size_t n);

  /// Equal slots of two signatures.
  size_t (*equal_slots)(const uint32_t *a, const uint32_t *b, size_t slots);

  /// A key for every band of `rows` consecutive slots, the band's number mixed in.
  void (*band_keys)(const uint32_t *signature, size_t bands, size_t rows, uint64_t *keys);

  /// Sorts and drops repeats in place; `scratch` holds `n` entries. Returns the count.
  size_t (*sort_unique)(uint64_t *values, size_t n, uint64_t *scratch);

  /// Common members of two ascending sets.
  size_t (*intersection_count)(const uint64_t *a, size_t na, const uint64_t *b, size_t nb);

  /// Common members of two ascending sets, and the sum of their weights in ascending order;
  /// `weights` are those of `a`.
  size_t (*weighted_intersection)(const uint64_t *a, const float *weights, size_t na,
                                  const uint64_t *b, size_t nb, double *sum);

  /// Enters the places of `longer` by the top bits of their grams. `heads` holds
  /// 1 << head_bits >= m entries, `links` m.
  void (*gram_index)(const uint64_t *longer, size_t m, unsigned head_bits, uint32_t *heads,
                     uint32_t *links);

  /// Places of `shorter` whose gram stands also in `longer` (at most `most_places` times there),
  /// as pairs in order of the first. `heads` and `links` are those of `gram_index`; `places` and
  /// `others` hold n * most_places entries. Returns the count.
  size_t (*gram_matches)(const uint64_t *shorter, size_t n, const uint64_t *longer,
                         unsigned most_places, unsigned head_bits, const uint32_t *heads,
                         const uint32_t *links, uint32_t *places, uint32_t *others);

  /// Marks the places of matches that stand with at least `least` others of their band of
  /// diagonals in a window. Bands are `drift` wide, begin at `offset`, and run over
  /// other - place + n. `starts` holds (n + m + offset) / drift + 2 entries, `order` `count`;
  /// marks are set to 1, never cleared.
  void (*support_matches)(const uint32_t *places, const uint32_t *others, size_t count, size_t n,
                          size_t m, unsigned drift, unsigned offset, unsigned window,
                          unsigned least, uint32_t *starts, uint32_t *order,
                          uint8_t *marks_shorter, uint8_t *marks_longer);

  /// How many marks of 0 or 1 are set.
  size_t (*count_marks)(const uint8_t *marks, size_t n);

  /// The 128-bit digest of bytes; not for adversaries.
  void (*digest128)(const uint8_t *bytes, size_t n, const sidik_hash_keys *keys,
                    uint64_t digest[2]);
} sidik_kernels;

/// The flags that `decode_scalars` gives a scalar.
uint32_t sidik_scalar_flags(uint32_t scalar);

/// The level of that name if this machine can run it, else NULL.
const sidik_kernels *sidik_kernels_named(const char *name);
/// The fastest level this machine can run.
const sidik_kernels *sidik_kernels_best(void);
/// The name of level `index`, known to this build whether it can run here or not; NULL at the end.
const char *sidik_kernels_name(size_t index);

#endif
