/// What 64 bytes or slots are, as a number: the primitives of which levels have their own.
/// Included by kernels_body.h once a level.
#if defined(SIDIK_MASKS_AVX512) || defined(SIDIK_MASKS_AVX2)
#include <immintrin.h>
#elif defined(SIDIK_MASKS_NEON)
#include <arm_neon.h>
#endif

/// Bytes that are looked at together.
#define SIDIK_MASK_BLOCK 64
/// Slots of signatures that are compared together.
#define SIDIK_SLOT_BLOCK 64

#if defined(SIDIK_MASKS_AVX512)

SIDIK_TARGET
static inline uint64_t equal_mask(const uint8_t *p, uint8_t byte) {
  return _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(p), _mm512_set1_epi8((char)byte));
}

SIDIK_TARGET
static inline uint64_t at_least_mask(const uint8_t *p, uint8_t byte) {
  return _mm512_cmpge_epu8_mask(_mm512_loadu_si512(p), _mm512_set1_epi8((char)byte));
}

SIDIK_TARGET
static inline uint64_t high_mask(const uint8_t *p) {
  return _mm512_movepi8_mask(_mm512_loadu_si512(p));
}

SIDIK_TARGET
static inline size_t equal_slots_of_block(const uint32_t *a, const uint32_t *b) {
  size_t equal = 0;
  for (size_t j = 0; j < SIDIK_SLOT_BLOCK; j += 16) {
    equal += (size_t)__builtin_popcount(
        _mm512_cmpeq_epi32_mask(_mm512_loadu_si512(a + j), _mm512_loadu_si512(b + j)));
  }
  return equal;
}

#elif defined(SIDIK_MASKS_AVX2)

SIDIK_TARGET
static inline __m256i half(const uint8_t *p) { return _mm256_loadu_si256((const __m256i *)p); }

SIDIK_TARGET
static inline uint64_t joined(__m256i low, __m256i high) {
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32 |
         (uint32_t)_mm256_movemask_epi8(low);
}

SIDIK_TARGET
static inline uint64_t equal_mask(const uint8_t *p, uint8_t byte) {
  const __m256i all = _mm256_set1_epi8((char)byte);
  return joined(_mm256_cmpeq_epi8(half(p), all), _mm256_cmpeq_epi8(half(p + 32), all));
}

SIDIK_TARGET
static inline uint64_t at_least_mask(const uint8_t *p, uint8_t byte) {
  const __m256i least = _mm256_set1_epi8((char)byte);
  const __m256i low = half(p);
  const __m256i high = half(p + 32);
  return joined(_mm256_cmpeq_epi8(_mm256_max_epu8(low, least), low),
                _mm256_cmpeq_epi8(_mm256_max_epu8(high, least), high));
}

SIDIK_TARGET
static inline uint64_t high_mask(const uint8_t *p) { return joined(half(p), half(p + 32)); }

SIDIK_TARGET
static inline size_t equal_slots_of_block(const uint32_t *a, const uint32_t *b) {
  size_t equal = 0;
  for (size_t j = 0; j < SIDIK_SLOT_BLOCK; j += 8) {
    const __m256i same =
        _mm256_cmpeq_epi32(half((const uint8_t *)(a + j)), half((const uint8_t *)(b + j)));
    equal += (size_t)__builtin_popcount(
        (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(same)));
  }
  return equal;
}

#elif defined(SIDIK_MASKS_NEON)

/// Lanes of 0xFF or 0 to bits.
static inline uint64_t packed(const uint8x16_t lanes[4]) {
  const uint8x16_t bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t low = vpaddq_u8(vandq_u8(lanes[0], bits), vandq_u8(lanes[1], bits));
  const uint8x16_t high = vpaddq_u8(vandq_u8(lanes[2], bits), vandq_u8(lanes[3], bits));
  const uint8x16_t pairs = vpaddq_u8(low, high);
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(pairs, pairs)), 0);
}

static inline uint64_t equal_mask(const uint8_t *p, uint8_t byte) {
  uint8x16_t lanes[4];
  for (size_t j = 0; j < 4; j++) lanes[j] = vceqq_u8(vld1q_u8(p + 16 * j), vdupq_n_u8(byte));
  return packed(lanes);
}

static inline uint64_t at_least_mask(const uint8_t *p, uint8_t byte) {
  uint8x16_t lanes[4];
  for (size_t j = 0; j < 4; j++) lanes[j] = vcgeq_u8(vld1q_u8(p + 16 * j), vdupq_n_u8(byte));
  return packed(lanes);
}

static inline uint64_t high_mask(const uint8_t *p) {
  uint8x16_t lanes[4];
  for (size_t j = 0; j < 4; j++) lanes[j] = vcgeq_u8(vld1q_u8(p + 16 * j), vdupq_n_u8(0x80));
  return packed(lanes);
}

static inline size_t equal_slots_of_block(const uint32_t *a, const uint32_t *b) {
  uint32x4_t equal = vdupq_n_u32(0);
  for (size_t j = 0; j < SIDIK_SLOT_BLOCK; j += 4) {
    equal = vsubq_u32(equal, vceqq_u32(vld1q_u32(a + j), vld1q_u32(b + j)));
  }
  return vaddvq_u32(equal);
}

#else

/// The top bits of eight bytes as eight bits.
static inline uint64_t top_bits(uint64_t bytes) {
  return ((bytes >> 7 & 0x0101010101010101ull) * 0x0102040810204080ull) >> 56;
}

static inline uint64_t equal_mask(const uint8_t *p, uint8_t byte) {
  const uint64_t seven = 0x7F7F7F7F7F7F7F7Full;
  uint64_t mask = 0;
  for (size_t j = 0; j < 8; j++) {
    const uint64_t apart = sidik_load64(p + 8 * j) ^ byte * 0x0101010101010101ull;
    mask |= top_bits(~(((apart & seven) + seven) | apart)) << (8 * j);
  }
  return mask;
}

static inline uint64_t long_lead_mask(const uint8_t *p) {
  uint64_t mask = 0;
  for (size_t j = 0; j < 8; j++) {
    const uint64_t bytes = sidik_load64(p + 8 * j);
    mask |= top_bits(bytes & bytes << 1 & bytes << 2) << (8 * j);
  }
  return mask;
}

static inline uint64_t high_mask(const uint8_t *p) {
  uint64_t mask = 0;
  for (size_t j = 0; j < 8; j++) mask |= top_bits(sidik_load64(p + 8 * j)) << (8 * j);
  return mask;
}

static inline size_t equal_slots_of_block(const uint32_t *a, const uint32_t *b) {
  size_t equal = 0;
  for (size_t j = 0; j < SIDIK_SLOT_BLOCK; j++) equal += a[j] == b[j];
  return equal;
}

#endif

#if defined(SIDIK_MASKS_AVX512) || defined(SIDIK_MASKS_AVX2) || defined(SIDIK_MASKS_NEON)
/// First bytes of characters of three bytes and more.
SIDIK_TARGET
static inline uint64_t long_lead_mask(const uint8_t *p) { return at_least_mask(p, 0xE0); }
#endif
