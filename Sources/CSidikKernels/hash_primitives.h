/// The arithmetic that all levels share.
#ifndef SIDIK_HASH_PRIMITIVES_H
#define SIDIK_HASH_PRIMITIVES_H

#include <stdint.h>
#include <string.h>

#include "sidik_kernels.h"

/// Low half XOR high half of the 128-bit product (the multiply-and-fold of wyhash).
static inline uint64_t sidik_mum(uint64_t a, uint64_t b) {
  const unsigned __int128 product = (unsigned __int128)a * b;
  return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/// Eight bytes as a little-endian number.
static inline uint64_t sidik_load64(const uint8_t *p) {
  uint64_t value;
  memcpy(&value, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap64(value);
#endif
  return value;
}

/// Four bytes as a little-endian number.
static inline uint64_t sidik_load32(const uint8_t *p) {
  uint32_t value;
  memcpy(&value, p, 4);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap32(value);
#endif
  return value;
}

/// The first n (at most 8) bytes as a little-endian number; reads no further.
static inline uint64_t sidik_load_partial(const uint8_t *p, size_t n) {
  // Reads that overlap: a loop over the bytes becomes slow where the compiler widens it.
  if (n >= 8) return sidik_load64(p);
  if (n >= 4) return sidik_load32(p) | sidik_load32(p + n - 4) << (8 * (n - 4));
  if (n == 0) return 0;
  return (uint64_t)p[0] | (uint64_t)p[n / 2] << (8 * (n / 2)) |
         (uint64_t)p[n - 1] << (8 * (n - 1));
}

/// The finishing mix of every feature: without it the polynomial's low bits depend on the last
/// characters only.
static inline uint64_t sidik_finish(uint64_t x, uint64_t multiplier) {
  x ^= x >> 32;
  x *= multiplier;
  x ^= x >> 29;
  return x;
}

/// Hash of a token of at most 16 bytes, given as two numbers.
static inline uint64_t sidik_short_token_hash(uint64_t low, uint64_t high, size_t n,
                                              const uint64_t k[3]) {
  return sidik_mum(low ^ k[0], high ^ k[1] ^ (n * k[2]));
}

/// Hash of one token: one multiply for up to 16 bytes, one more for each 16 after.
static inline uint64_t sidik_token_hash(const uint8_t *p, size_t n, const uint64_t k[3]) {
  if (n <= 16) {
    const uint64_t low = sidik_load_partial(p, n);
    const uint64_t high = n > 8 ? sidik_load_partial(p + 8, n - 8) : 0;
    return sidik_short_token_hash(low, high, n, k);
  }
  uint64_t state = n * 0x9E3779B97F4A7C15u;
  size_t at = 0;
  for (; at + 16 < n; at += 16) {
    state = sidik_mum(sidik_load64(p + at) ^ k[0], sidik_load64(p + at + 8) ^ k[1] ^ state) + state;
  }
  return sidik_mum(sidik_load64(p + n - 16) ^ k[0] ^ state, sidik_load64(p + n - 8) ^ k[1] ^ n);
}

/// The lowest n of 16 bytes.
static const uint64_t sidik_byte_masks[17][2] = {
    {0, 0},
    {0xFF, 0},
    {0xFFFF, 0},
    {0xFFFFFF, 0},
    {0xFFFFFFFF, 0},
    {0xFFFFFFFFFF, 0},
    {0xFFFFFFFFFFFF, 0},
    {0xFFFFFFFFFFFFFF, 0},
    {UINT64_MAX, 0},
    {UINT64_MAX, 0xFF},
    {UINT64_MAX, 0xFFFF},
    {UINT64_MAX, 0xFFFFFF},
    {UINT64_MAX, 0xFFFFFFFF},
    {UINT64_MAX, 0xFFFFFFFFFF},
    {UINT64_MAX, 0xFFFFFFFFFFFF},
    {UINT64_MAX, 0xFFFFFFFFFFFFFF},
    {UINT64_MAX, UINT64_MAX},
};

/// Hash of one token where 16 bytes may be read from its start: without a branch on its length.
static inline uint64_t sidik_open_token_hash(const uint8_t *p, size_t n, const uint64_t k[3]) {
  if (n > 16) return sidik_token_hash(p, n, k);
  const uint64_t *mask = sidik_byte_masks[n];
  return sidik_short_token_hash(sidik_load64(p) & mask[0], sidik_load64(p + 8) & mask[1], n, k);
}

/// NO_SPACE and DENSE for a scalar above ASCII.
static inline uint32_t sidik_script_flags(uint32_t c) {
  const uint32_t dense = SIDIK_SCALAR_NO_SPACE | SIDIK_SCALAR_DENSE;
  if (c < 0x0E00) return 0;
  if (c <= 0x0EFF) return SIDIK_SCALAR_NO_SPACE;                      // Thai, Lao
  if (c < 0x1000) return 0;
  if (c <= 0x109F) return SIDIK_SCALAR_NO_SPACE;                      // Myanmar
  if (c < 0x1780) return 0;
  if (c <= 0x17FF) return SIDIK_SCALAR_NO_SPACE;                      // Khmer
  if (c < 0x2E80) return 0;
  if (c <= 0x312F) return dense;                                      // radicals, kana, bopomofo
  if (c >= 0x3130 && c <= 0x318F) return SIDIK_SCALAR_DENSE;          // Hangul letters
  if (c <= 0x4DBF) return dense;                                      // kana, ideographs A
  if (c <= 0x4DFF) return 0;                                          // hexagrams
  if (c <= 0x9FFF) return dense;                                      // ideographs
  if (c >= 0xA9E0 && c <= 0xA9FF) return SIDIK_SCALAR_NO_SPACE;       // Myanmar extended B
  if (c >= 0xAA60 && c <= 0xAA7F) return SIDIK_SCALAR_NO_SPACE;       // Myanmar extended A
  if (c >= 0xAC00 && c <= 0xD7A3) return SIDIK_SCALAR_DENSE;          // Hangul syllables
  if (c >= 0xF900 && c <= 0xFAFF) return dense;                       // compatibility ideographs
  if (c >= 0x1B000 && c <= 0x1B16F) return dense;                     // kana supplements
  if (c >= 0x20000 && c <= 0x3FFFF) return dense;                     // ideographs B and later
  return 0;
}

#endif
