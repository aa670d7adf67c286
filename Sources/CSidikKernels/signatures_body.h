// Signatures of features and the keys of their bands. Included by kernels_body.h once a level.

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

/// Four vectors of slots stay in registers while all hashes pass.
#undef SIDIK_AFFINE_BYTES
#if defined(SIDIK_MASKS_AVX512)
#define SIDIK_AFFINE_BYTES 64
#else
#define SIDIK_AFFINE_BYTES 32
#endif
#define SIDIK_AFFINE_BLOCK SIDIK_AFFINE_BYTES

/// The slots of one block.
SIDIK_TARGET
static inline void affine_block(const uint32_t *hashes, size_t n, const uint32_t *a,
                                const uint32_t *b, uint32_t *signature) {
  typedef uint32_t lanes __attribute__((vector_size(SIDIK_AFFINE_BYTES)));
  enum { PARTS = 4, LANES = sizeof(lanes) / sizeof(uint32_t) };
  lanes factor[PARTS], shift[PARTS], least[PARTS];
  for (size_t j = 0; j < PARTS; j++) {
    memcpy(&factor[j], a + j * LANES, sizeof factor[j]);
    memcpy(&shift[j], b + j * LANES, sizeof shift[j]);
    least[j] = (lanes){0} + SIDIK_EMPTY_SLOT;
  }
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j < PARTS; j++) {
      const lanes value = factor[j] * hashes[i] + shift[j];
      const lanes smaller = (lanes)(value < least[j]);
      least[j] = (value & smaller) | (least[j] & ~smaller);
    }
  }
  memcpy(signature, least, sizeof least);
}

SIDIK_TARGET
static void affine32_signature(const uint32_t *hashes, size_t n, const uint32_t *a,
                               const uint32_t *b, size_t slots, uint32_t *signature) {
  size_t k = 0;
  for (; k + SIDIK_AFFINE_BLOCK <= slots; k += SIDIK_AFFINE_BLOCK) {
    affine_block(hashes, n, a + k, b + k, signature + k);
  }
  for (; k < slots; k++) {
    uint32_t least = SIDIK_EMPTY_SLOT;
    for (size_t i = 0; i < n; i++) {
      const uint32_t value = a[k] * hashes[i] + b[k];
      least = value < least ? value : least;
    }
    signature[k] = least;
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

/// Adds three numbers of one bit in each of 64 places: the sum stays, the carry is returned.
SIDIK_TARGET
static inline uint64_t carry_save(uint64_t *sum, uint64_t a, uint64_t b) {
  const uint64_t half = *sum ^ a;
  const uint64_t carry = (*sum & a) | (half & b);
  *sum = half ^ b;
  return carry;
}

SIDIK_TARGET
static uint64_t simhash(const uint64_t *features, size_t n) {
  // planes[k] holds bit k of the count of each of 64 places. Eight features go through full
  // adders at a time (Harley, Seal), so that one carry in eight features goes on upwards.
  uint64_t planes[64] = {0};
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    const uint64_t *f = features + i;
    uint64_t twos = carry_save(&planes[0], f[0], f[1]);
    const uint64_t fours = carry_save(&planes[1], twos, carry_save(&planes[0], f[2], f[3]));
    twos = carry_save(&planes[0], f[4], f[5]);
    uint64_t carry = carry_save(
        &planes[2], fours, carry_save(&planes[1], twos, carry_save(&planes[0], f[6], f[7])));
    for (size_t k = 3; carry; k++) {
      const uint64_t next = planes[k] & carry;
      planes[k] ^= carry;
      carry = next;
    }
  }
  for (; i < n; i++) {
    uint64_t carry = features[i];
    for (size_t k = 0; carry; k++) {
      const uint64_t next = planes[k] & carry;
      planes[k] ^= carry;
      carry = next;
    }
  }
  // More than half: the count is compared with n / 2 in all places at once, from the top bit on.
  uint64_t more = 0;
  uint64_t equal = UINT64_MAX;
  for (size_t k = 64; k-- > 0;) {
    const uint64_t half = (n / 2) >> k & 1 ? UINT64_MAX : 0;
    more |= equal & planes[k] & ~half;
    equal &= ~(planes[k] ^ half);
  }
  return more;
}

SIDIK_TARGET
static size_t equal_slots(const uint32_t *a, const uint32_t *b, size_t slots) {
  size_t equal = 0;
  size_t k = 0;
  for (; k + SIDIK_SLOT_BLOCK <= slots; k += SIDIK_SLOT_BLOCK) {
    equal += equal_slots_of_block(a + k, b + k);
  }
  for (; k < slots; k++) equal += a[k] == b[k];
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
