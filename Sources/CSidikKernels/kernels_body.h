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

/// Decodes the character above ASCII at `text`. Returns its length.
SIDIK_TARGET
static inline size_t decode_above(const uint8_t *text, uint32_t *out, size_t *count) {
  size_t length;
  uint32_t scalar = decode_one(text, &length);
  scalar |= sidik_script_flags(scalar);
  if ((scalar & SIDIK_SCALAR_NO_SPACE) && *count >= 2 && out[*count - 1] == ' ' &&
      (out[*count - 2] & SIDIK_SCALAR_NO_SPACE)) {
    --*count;
  }
  out[(*count)++] = scalar;
  return length;
}

SIDIK_TARGET
static size_t decode_scalars(const uint8_t *text, size_t n, uint32_t *out) {
  size_t count = 0;
  size_t at = 0;
  while (at + SIDIK_MASK_BLOCK <= n) {
    if (text[at] >= 0x80) {
      at += decode_above(text + at, out, &count);
      continue;
    }
    // The whole block is widened, and kept up to its first byte above ASCII: `out` has room.
    const uint64_t above = high_mask(text + at);
    for (size_t j = 0; j < SIDIK_MASK_BLOCK; j++) out[count + j] = text[at + j];
    const size_t run = above ? (size_t)__builtin_ctzll(above) : SIDIK_MASK_BLOCK;
    count += run;
    at += run;
  }
  while (at < n) {
    if (text[at] < 0x80) {
      out[count++] = text[at++];
    } else {
      at += decode_above(text + at, out, &count);
    }
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
  while (at + SIDIK_MASK_BLOCK <= n && !high_mask(text + at)) at += SIDIK_MASK_BLOCK;
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

#include "signatures_body.h"
#include "sets_body.h"
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
    .count_text = count_text,
};
