#include "include/sidik_sieve.h"

/* Cells that are looked for before they are needed: the table is larger than any cache. */
#define AHEAD 16

static inline size_t cell_of(uint64_t hash, unsigned shift) {
  return (size_t)((hash * 0x9E3779B97F4A7C15ull) >> shift);
}

void sidik_sieve_add(uint8_t *cells, unsigned shift, uint64_t salt, const uint64_t *hashes,
                     size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (i + AHEAD < n) __builtin_prefetch(&cells[cell_of(hashes[i + AHEAD] ^ salt, shift)], 1);
    uint8_t *cell = &cells[cell_of(hashes[i] ^ salt, shift)];
    if (__atomic_load_n(cell, __ATOMIC_RELAXED) < SIDIK_SIEVE_LIMIT) {
      __atomic_fetch_add(cell, 1, __ATOMIC_RELAXED);
    }
  }
}

size_t sidik_sieve_reached(const uint8_t *cells, unsigned shift, uint64_t salt, uint8_t least,
                           const uint64_t *hashes, size_t n, uint32_t *places) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    if (i + AHEAD < n) __builtin_prefetch(&cells[cell_of(hashes[i + AHEAD] ^ salt, shift)]);
    const uint8_t cell =
        __atomic_load_n(&cells[cell_of(hashes[i] ^ salt, shift)], __ATOMIC_RELAXED);
    places[count] = (uint32_t)i;
    count += cell >= least;
  }
  return count;
}
