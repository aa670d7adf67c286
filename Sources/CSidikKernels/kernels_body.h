/// The body of every level: included once a level with SIDIK_LEVEL and SIDIK_TARGET set, so
/// that one source gives all levels the same bits and the compiler the level's instructions.
#include <string.h>

#include "hash_primitives.h"
#include "sidik_kernels.h"

#define SIDIK_PASTE2(a, b) a##_##b
#define SIDIK_PASTE(a, b) SIDIK_PASTE2(a, b)
#define SIDIK_STRING2(a) #a
#define SIDIK_STRING(a) SIDIK_STRING2(a)

#include "level_masks.h"

SIDIK_TARGET
static inline uint32_t decode_one(const uint8_t *p, size_t *length) {
  const uint32_t lead = p[0];
  if (lead < 0xE0) {
    *length = 2;
    return (lead & 0x1F) << 6 | (p[1] & 0x3Fu);
  }
  if (lead < 0xF0) {
    *length = 3;
    return (lead & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
  }
  *length = 4;
  return (lead & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
}

/// Bytes that are looked at together where a text may be ASCII.
#define SIDIK_ASCII_BLOCK 32

SIDIK_TARGET
static inline int is_ascii_block(const uint8_t *text) {
  uint64_t words[SIDIK_ASCII_BLOCK / 8];
  memcpy(words, text, sizeof words);
  uint64_t bits = 0;
  for (size_t j = 0; j < SIDIK_ASCII_BLOCK / 8; j++) bits |= words[j];
  return !(bits & 0x8080808080808080ull);
}

SIDIK_TARGET
static size_t decode_scalars(const uint8_t *text, size_t n, uint32_t *out) {
  size_t count = 0;
  size_t at = 0;
  while (at < n) {
    while (at + SIDIK_ASCII_BLOCK <= n && is_ascii_block(text + at)) {
      for (size_t j = 0; j < SIDIK_ASCII_BLOCK; j++) out[count + j] = text[at + j];
      count += SIDIK_ASCII_BLOCK;
      at += SIDIK_ASCII_BLOCK;
    }
    if (at == n) break;
    const uint8_t byte = text[at];
    if (byte < 0x80) {
      out[count++] = byte;
      at++;
      continue;
    }
    size_t length;
    uint32_t scalar = decode_one(text + at, &length);
    scalar |= sidik_script_flags(scalar);
    at += length;
    if ((scalar & SIDIK_SCALAR_NO_SPACE) && count >= 2 && out[count - 1] == ' ' &&
        (out[count - 2] & SIDIK_SCALAR_NO_SPACE)) {
      count--;
    }
    out[count++] = scalar;
  }
  return count;
}

SIDIK_TARGET
static inline uint64_t gram_hash(const uint32_t *scalars, size_t length, uint64_t multiplier) {
  uint64_t hash = 0;
  for (size_t j = 0; j < length; j++) {
    hash = hash * multiplier + (scalars[j] & SIDIK_SCALAR_MASK);
  }
  return hash;
}

SIDIK_TARGET
static inline __attribute__((always_inline)) void uniform_grams(const uint32_t *scalars,
                                                                size_t count, size_t gram,
                                                                const sidik_hash_keys *keys,
                                                                uint64_t *out) {
  const uint64_t multiplier = keys->multiplier;
  const uint64_t finish = keys->finish;
  for (size_t i = 0; i < count; i++) {
    out[i] = sidik_finish(gram_hash(scalars + i, gram, multiplier), finish);
  }
}

SIDIK_TARGET
static size_t char_features(const uint32_t *scalars, size_t n, uint32_t gram,
                            uint32_t dense_gram, const sidik_hash_keys *keys, uint64_t *out) {
  size_t count = 0;
  if (n == 0) return 0;
  const uint64_t multiplier = keys->multiplier;
  uint32_t flags = 0;
  for (size_t i = 0; i < n; i++) flags |= scalars[i];
  if (!(flags & SIDIK_SCALAR_DENSE) && n >= gram) {
    // The usual case: every start has a gram of one length, and no branch stands in the loop.
    count = n - gram + 1;
    if (gram == 5) {
      uniform_grams(scalars, count, 5, keys, out);
    } else if (gram == 9) {
      uniform_grams(scalars, count, 9, keys, out);
    } else {
      uniform_grams(scalars, count, gram, keys, out);
    }
    return count;
  }
  for (size_t i = 0; i < n; i++) {
    const size_t length = scalars[i] & SIDIK_SCALAR_DENSE ? dense_gram : gram;
    if (i + length > n) continue;
    out[count++] = sidik_finish(gram_hash(scalars + i, length, multiplier), keys->finish);
  }
  if (count == 0) out[count++] = sidik_finish(gram_hash(scalars, n, multiplier), keys->finish);
  return count;
}

SIDIK_TARGET
static inline __attribute__((always_inline)) void byte_grams(const uint8_t *text, size_t count,
                                                             size_t gram,
                                                             const sidik_hash_keys *keys,
                                                             uint64_t *out) {
  const uint64_t multiplier = keys->multiplier;
  const uint64_t finish = keys->finish;
  for (size_t i = 0; i < count; i++) {
    uint64_t hash = 0;
    for (size_t j = 0; j < gram; j++) hash = hash * multiplier + text[i + j];
    out[i] = sidik_finish(hash, finish);
  }
}

SIDIK_TARGET
static size_t ascii_features(const uint8_t *text, size_t n, uint32_t gram,
                             const sidik_hash_keys *keys, uint64_t *out) {
  if (gram == 0 || n < gram) return 0;
  size_t at = 0;
  while (at + SIDIK_ASCII_BLOCK <= n && is_ascii_block(text + at)) at += SIDIK_ASCII_BLOCK;
  while (at < n && text[at] < 0x80) at++;
  if (at < n) return 0;
  const size_t count = n - gram + 1;
  // A known length lets the inner loop be unrolled and the outer one be widened.
  if (gram == 5) {
    byte_grams(text, count, 5, keys, out);
  } else if (gram == 9) {
    byte_grams(text, count, 9, keys, out);
  } else {
    byte_grams(text, count, gram, keys, out);
  }
  return count;
}

#include "tokens_body.h"

SIDIK_TARGET
static size_t oph_signature(const uint64_t *features, size_t n, const uint8_t *latin,
                            uint32_t *signature) {
  uint32_t bins[4][SIDIK_OPH_SLOTS];
  memset(bins, 0xFF, sizeof bins);
  // Four tables, so that a store to a bin does not delay the next feature's load of it.
  for (size_t i = 0; i < n; i++) {
    const size_t bin = (size_t)(features[i] >> 57);
    uint32_t value = (uint32_t)features[i];
    if (value == SIDIK_EMPTY_SLOT) value = SIDIK_EMPTY_SLOT - 1;
    uint32_t *slot = &bins[i & 3][bin];
    if (value < *slot) *slot = value;
  }
  size_t full = 0;
  for (size_t k = 0; k < SIDIK_OPH_SLOTS; k++) {
    uint32_t least = bins[0][k];
    for (size_t t = 1; t < 4; t++) {
      if (bins[t][k] < least) least = bins[t][k];
    }
    bins[0][k] = least;
    signature[k] = least;
    full += least != SIDIK_EMPTY_SLOT;
  }
  if (full == 0 || full == SIDIK_OPH_SLOTS) return full;
  // An empty bin borrows from the first bin of its column of the square that was full by itself.
  for (size_t k = 0; k < SIDIK_OPH_SLOTS; k++) {
    if (bins[0][k] != SIDIK_EMPTY_SLOT) continue;
    size_t row = 0;
    while (bins[0][latin[row * SIDIK_OPH_SLOTS + k]] == SIDIK_EMPTY_SLOT) row++;
    signature[k] = bins[0][latin[row * SIDIK_OPH_SLOTS + k]];
  }
  return full;
}

SIDIK_TARGET
static void affine32_signature(const uint32_t *hashes, size_t n, const uint32_t *a,
                               const uint32_t *b, size_t slots, uint32_t *signature) {
  for (size_t k = 0; k < slots; k++) signature[k] = SIDIK_EMPTY_SLOT;
  for (size_t i = 0; i < n; i++) {
    const uint32_t x = hashes[i];
    for (size_t k = 0; k < slots; k++) {
      const uint32_t value = a[k] * x + b[k];
      signature[k] = value < signature[k] ? value : signature[k];
    }
  }
}

SIDIK_TARGET
static void legacy_signature(const uint32_t *hashes, size_t n, const uint64_t *a,
                             const uint64_t *b, size_t slots, uint32_t *signature) {
  const uint64_t prime = ((uint64_t)1 << 61) - 1;
  for (size_t k = 0; k < slots; k++) signature[k] = SIDIK_EMPTY_SLOT;
  for (size_t i = 0; i < n; i++) {
    const uint64_t x = hashes[i];
    for (size_t k = 0; k < slots; k++) {
      uint64_t value = a[k] * x + b[k];
      value = (value & prime) + (value >> 61);
      value = value >= prime ? value - prime : value;
      const uint32_t low = (uint32_t)value;
      signature[k] = low < signature[k] ? low : signature[k];
    }
  }
}

SIDIK_TARGET
static uint64_t simhash(const uint64_t *features, size_t n) {
  uint64_t counts[64] = {0};
  for (size_t i = 0; i < n; i++) {
    for (unsigned bit = 0; bit < 64; bit++) counts[bit] += features[i] >> bit & 1;
  }
  uint64_t hash = 0;
  for (unsigned bit = 0; bit < 64; bit++) {
    if (2 * counts[bit] > n) hash |= (uint64_t)1 << bit;
  }
  return hash;
}

SIDIK_TARGET
static size_t equal_slots(const uint32_t *a, const uint32_t *b, size_t slots) {
  uint32_t equal = 0;
  for (size_t k = 0; k < slots; k++) equal += a[k] == b[k];
  return equal;
}

SIDIK_TARGET
static inline uint64_t band_key(const uint32_t *slots, size_t band, size_t rows) {
  uint64_t key = band * 0x9E3779B97F4A7C15u + 0x2545F4914F6CDD1Du;
  for (size_t row = 0; row < rows; row++) {
    key = sidik_mum(key ^ slots[row], 0xD6E8FEB86659FD93u ^ (key >> 7));
  }
  return key;
}

SIDIK_TARGET
static void band_keys(const uint32_t *signature, size_t bands, size_t rows, uint64_t *keys) {
  for (size_t band = 0; band < bands; band++) {
    keys[band] = band_key(signature + band * rows, band, rows);
  }
}

SIDIK_TARGET
static void band_column(const uint32_t *signatures, size_t n, size_t slots, size_t band,
                        size_t rows, uint64_t *keys) {
  // One line in many is read, which the processor does not foresee by itself.
  const size_t ahead = 16;
  const uint32_t *column = signatures + band * rows;
  for (size_t i = 0; i < n; i++) {
    if (i + ahead < n) {
      __builtin_prefetch(column + (i + ahead) * slots);
      __builtin_prefetch(column + (i + ahead) * slots + rows - 1);
    }
    keys[i] = band_key(column + i * slots, band, rows);
  }
}

SIDIK_TARGET
static void insertion_sort(uint64_t *values, size_t n) {
  for (size_t i = 1; i < n; i++) {
    const uint64_t value = values[i];
    size_t j = i;
    while (j > 0 && values[j - 1] > value) {
      values[j] = values[j - 1];
      j--;
    }
    values[j] = value;
  }
}

SIDIK_TARGET
static void sift_down(uint64_t *values, size_t root, size_t n) {
  const uint64_t value = values[root];
  for (size_t child; (child = 2 * root + 1) < n; root = child) {
    if (child + 1 < n && values[child + 1] > values[child]) child++;
    if (values[child] <= value) break;
    values[root] = values[child];
  }
  values[root] = value;
}

SIDIK_TARGET
static void heap_sort(uint64_t *values, size_t n) {
  for (size_t i = n / 2; i-- > 0;) sift_down(values, i, n);
  for (size_t end = n; end-- > 1;) {
    const uint64_t top = values[0];
    values[0] = values[end];
    values[end] = top;
    sift_down(values, 0, end);
  }
}

SIDIK_TARGET
static void radix_pass(const uint64_t *from, uint64_t *to, size_t n, unsigned shift,
                       unsigned bits) {
  uint32_t counts[2048] = {0};
  const uint64_t mask = ((uint64_t)1 << bits) - 1;
  for (size_t i = 0; i < n; i++) counts[from[i] >> shift & mask]++;
  uint32_t sum = 0;
  for (size_t i = 0; i <= mask; i++) {
    const uint32_t count = counts[i];
    counts[i] = sum;
    sum += count;
  }
  for (size_t i = 0; i < n; i++) to[counts[from[i] >> shift & mask]++] = from[i];
}

SIDIK_TARGET
static size_t sort_unique(uint64_t *values, size_t n, uint64_t *scratch) {
  // Hashes are uniform: a radix sort of the top bits leaves runs of one or two, which an
  // insertion sort ends; a long run is crafted or repeats one value, and heap sort bounds it.
  unsigned top = 0;
  if (n >= 1024) {
    radix_pass(values, scratch, n, 42, 11);
    radix_pass(scratch, values, n, 53, 11);
    top = 22;
  } else if (n >= 48) {
    radix_pass(values, scratch, n, 55, 9);
    memcpy(values, scratch, n * sizeof *values);
    top = 9;
  }
  if (top == 0) {
    insertion_sort(values, n);
  } else {
    for (size_t start = 0, end; start < n; start = end) {
      const uint64_t bits = values[start] >> (64 - top);
      end = start + 1;
      while (end < n && values[end] >> (64 - top) == bits) end++;
      if (end - start > 32) {
        heap_sort(values + start, end - start);
      } else {
        insertion_sort(values + start, end - start);
      }
    }
  }
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    if (count == 0 || values[i] != values[count - 1]) values[count++] = values[i];
  }
  return count;
}

SIDIK_TARGET
static size_t mixed_below(const uint64_t *hashes, size_t n, uint64_t bound, uint64_t *out) {
  const uint64_t multiplier = 0xD6E8FEB86659FD93u;
  size_t count = 0;
  size_t i = 0;
#if defined(SIDIK_MASKS_AVX512)
  const __m512i factor = _mm512_set1_epi64((long long)multiplier);
  const __m512i most = _mm512_set1_epi64((long long)bound);
  for (; i + 8 <= n; i += 8) {
    __m512i x = _mm512_mullo_epi64(_mm512_loadu_si512(hashes + i), factor);
    x = _mm512_mullo_epi64(_mm512_xor_si512(x, _mm512_srli_epi64(x, 32)), factor);
    const __mmask8 kept = _mm512_cmple_epu64_mask(x, most);
    if (!kept) continue;
    _mm512_mask_storeu_epi64(out + count, (__mmask8)((1u << __builtin_popcount(kept)) - 1),
                             _mm512_maskz_compress_epi64(kept, x));
    count += (size_t)__builtin_popcount(kept);
  }
#endif
  for (; i < n; i++) {
    uint64_t x = hashes[i] * multiplier;
    x = (x ^ x >> 32) * multiplier;
    out[count] = x;
    count += x <= bound;
  }
  return count;
}

SIDIK_TARGET
static size_t gallop(const uint64_t *few, size_t n_few, const uint64_t *many, size_t n_many) {
  size_t shared = 0;
  size_t low = 0;
  for (size_t i = 0; i < n_few; i++) {
    size_t step = 1;
    size_t high = low;
    while (high < n_many && many[high] < few[i]) {
      low = high + 1;
      high += step;
      step *= 2;
    }
    if (high > n_many) high = n_many;
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      if (many[middle] < few[i]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low < n_many && many[low] == few[i]) shared++;
  }
  return shared;
}

SIDIK_TARGET
static size_t intersection_count(const uint64_t *a, size_t na, const uint64_t *b, size_t nb) {
  if (na > nb * 16) return gallop(b, nb, a, na);
  if (nb > na * 16) return gallop(a, na, b, nb);
  size_t shared = 0;
  size_t i = 0;
  size_t j = 0;
  while (i < na && j < nb) {
    const uint64_t x = a[i];
    const uint64_t y = b[j];
    shared += x == y;
    i += x <= y;
    j += y <= x;
  }
  return shared;
}

#include "fold_body.h"
#include "passages_body.h"

SIDIK_TARGET
static void digest128(const uint8_t *bytes, size_t n, const sidik_hash_keys *keys,
                      uint64_t digest[2]) {
  const uint64_t *k = keys->token;
  uint64_t first = n * 0x9E3779B97F4A7C15u ^ k[2];
  uint64_t second = (n + 1) * 0xC2B2AE3D27D4EB4Fu ^ k[0];
  size_t at = 0;
  for (; at + 16 <= n; at += 16) {
    const uint64_t low = sidik_load64(bytes + at);
    const uint64_t high = sidik_load64(bytes + at + 8);
    first = sidik_mum(low ^ k[0], high ^ k[1] ^ first) + first;
    second = sidik_mum(high ^ k[2], low ^ k[1] ^ second) + second;
  }
  const size_t rest = n - at;
  const uint64_t low = sidik_load_partial(bytes + at, rest < 8 ? rest : 8);
  const uint64_t high = rest > 8 ? sidik_load_partial(bytes + at + 8, rest - 8) : 0;
  digest[0] = sidik_mum(sidik_mum(low ^ k[0], high ^ k[1] ^ first) ^ first, keys->finish);
  digest[1] = sidik_mum(sidik_mum(high ^ k[2], low ^ k[1] ^ second) ^ second, keys->multiplier);
}

const sidik_kernels SIDIK_PASTE(sidik_level, SIDIK_LEVEL);
const sidik_kernels SIDIK_PASTE(sidik_level, SIDIK_LEVEL) = {
    .name = SIDIK_STRING(SIDIK_LEVEL),
    .decode_scalars = decode_scalars,
    .char_features = char_features,
    .ascii_features = ascii_features,
    .token_hashes = token_hashes,
    .shingle_features = shingle_features,
    .oph_signature = oph_signature,
    .affine32_signature = affine32_signature,
    .legacy_signature = legacy_signature,
    .simhash = simhash,
    .equal_slots = equal_slots,
    .band_keys = band_keys,
    .band_column = band_column,
    .sort_unique = sort_unique,
    .mixed_below = mixed_below,
    .intersection_count = intersection_count,
    .gram_index = gram_index,
    .gram_weigh = gram_weigh,
    .gram_census = gram_census,
    .gram_shared = gram_shared,
    .gram_passages = gram_passages,
    .digest128 = digest128,
    .fold_ascii = fold_ascii,
};
