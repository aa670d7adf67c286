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

/// One place of a document whose grams are looked up.
typedef struct sidik_gram_place {
  /// The next place of the same gram, or UINT32_MAX.
  uint32_t same;
  /// Places of this gram, at its first place; 0 at the others.
  uint32_t count;
  /// The last comparison that met this gram; at first places only.
  uint32_t stamp;
  /// The gram's weight; at first places only.
  uint32_t weight;
} sidik_gram_place;

/// A document by its grams; filled by `gram_index`.
typedef struct sidik_gram_index {
  /// Places of the document, at most 1 << (slot_bits - 1).
  size_t count;
  /// Its grams in order of place.
  const uint64_t *grams;
  /// An entry a place.
  sidik_gram_place *places;
  unsigned slot_bits;
  /// First places by the top bits of their grams, with open addressing: 1 << slot_bits entries,
  /// the low half of the gram above the place; UINT64_MAX where free.
  uint64_t *slots;
} sidik_gram_index;

/// Multiplies a gram before its cell is taken from the top bits.
#define SIDIK_WEIGHT_MULTIPLIER 0x9E3779B97F4A7C15ull

/// Weights of grams: by the number in the gram's cell.
typedef struct sidik_weights {
  unsigned cell_bits;
  /// 1 << cell_bits numbers.
  const uint16_t *cells;
  /// The weight of each number up to `most`, which stands for all above.
  const uint32_t *weights;
  uint32_t most;
} sidik_weights;

/// Chains that `gram_passages` follows at the same time.
#define SIDIK_PASSAGE_LANES 512
/// Width of the bands of diagonals in which it looks for the chain that a match continues.
#define SIDIK_PASSAGE_BAND 8

/// What makes equal grams a passage; lengths in places.
typedef struct sidik_passage_rule {
  /// A gram that stands oftener in the longer document is passed over.
  uint32_t most_places;
  /// A match continues a passage whose diagonal is at most this far away, and no farther than
  /// SIDIK_PASSAGE_BAND.
  uint32_t drift;
  /// And that ended at most this many places before.
  uint32_t gap;
  /// Matches that a passage holds at least.
  uint32_t least_matches;
  /// Places that it spans at least.
  uint32_t least_length;
  /// Matches in 100 of its places.
  uint32_t least_density;
  /// Where what passages cover, with so many places more for each, cannot come to `least_covered`
  /// places any more, the search ends with nothing found; 0 searches to the end.
  uint32_t least_covered;
  /// Places beside its own that a passage may cover.
  uint32_t allowance;
} sidik_passage_rule;

/// A passage: first and last places in both documents.
typedef struct sidik_passage {
  uint32_t shorter_first;
  uint32_t shorter_last;
  uint32_t longer_first;
  uint32_t longer_last;
  /// Equal grams in it; 0 marks a free lane.
  uint32_t matches;
} sidik_passage;

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

  /// What `decode_scalars` and `char_features` give for ASCII, at once: the hashes of the grams of
  /// `gram` bytes. `out` holds `n` entries. Returns 0 where another byte stands in the text, or no
  /// gram fits.
  size_t (*ascii_features)(const uint8_t *text, size_t n, uint32_t gram,
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

  /// The keys that `band_keys` gives one band of each of `n` signatures of `slots` slots that stand
  /// end to end.
  void (*band_column)(const uint32_t *signatures, size_t n, size_t slots, size_t band,
                      size_t rows, uint64_t *keys);

  /// Sorts and drops repeats in place; `scratch` holds `n` entries. Returns the count.
  size_t (*sort_unique)(uint64_t *values, size_t n, uint64_t *scratch);

  /// The hashes, mixed anew, that are at most `bound`, in order; `out` holds `n` entries. Returns
  /// the count.
  size_t (*mixed_below)(const uint64_t *hashes, size_t n, uint64_t bound, uint64_t *out);

  /// Common members of two ascending sets.
  size_t (*intersection_count)(const uint64_t *a, size_t na, const uint64_t *b, size_t nb);

  /// Fills the slots and places of an index. Weights and stamps become 0. Returns the count of
  /// distinct grams.
  size_t (*gram_index)(sidik_gram_index index);

  /// Sets the weights of an index.
  void (*gram_weigh)(sidik_gram_index index, const sidik_weights *weights);

  /// Distinct grams in order of their first places, and the sum of their weights (0 for NULL).
  /// `table` holds 1 << table_bits entries, at least twice as many as grams; `distinct` holds `n`.
  size_t (*gram_census)(const uint64_t *grams, size_t n, uint64_t *table, unsigned table_bits,
                        const sidik_weights *weights, uint64_t *distinct, uint64_t *sum);

  /// Distinct grams of `shorter` that stand in the index, and the sum of their weights. No place
  /// may bear `stamp` before.
  size_t (*gram_shared)(const uint64_t *shorter, size_t n, sidik_gram_index index, uint32_t stamp,
                        uint64_t *sum);

  /// Passages that stand in both documents, by chains of equal grams near one diagonal; the index
  /// is that of the longer document. `lanes` holds SIDIK_PASSAGE_LANES entries that are zero
  /// before and after; `found` holds 2 * n + SIDIK_PASSAGE_LANES, for `least_matches` >= 4 and
  /// `most_places` <= 8. Returns the count, in no particular order that callers may rely on but
  /// the same at every level.
  size_t (*gram_passages)(const uint64_t *shorter, size_t n, sidik_gram_index index,
                          const sidik_passage_rule *rule, sidik_passage *lanes,
                          sidik_passage *found);

  /// The 128-bit digest of bytes; not for adversaries.
  void (*digest128)(const uint8_t *bytes, size_t n, const sidik_hash_keys *keys,
                    uint64_t digest[2]);

  /// Folds ASCII source[start..n) to out[*at...] through a table of 256 bytes in which a separator
  /// is a space; a row of separators gives one. `common` says that the table is the usual one
  /// (letters to lower case, digits and underscore kept, all else a space). `out` needs room for
  /// n - start + 64 bytes more. Returns the position of the first byte that is not ASCII, or n.
  size_t (*fold_ascii)(const uint8_t *source, size_t start, size_t n, uint8_t *out, size_t *at,
                       const uint8_t *table, int common);

  /// Counts the spaces and the scalars of well-formed UTF-8.
  void (*count_text)(const uint8_t *text, size_t n, size_t *spaces, size_t *scalars);
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
