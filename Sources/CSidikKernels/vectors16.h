/// Sixteen bytes at a time in the compiler's own vectors, which every target has.
#ifndef SIDIK_VECTORS16_H
#define SIDIK_VECTORS16_H

#include <stdint.h>
#include <string.h>

typedef uint8_t v16 __attribute__((vector_size(16)));
typedef uint64_t v2 __attribute__((vector_size(16)));

static inline v16 load(const uint8_t *p) {
  v16 v;
  memcpy(&v, p, sizeof v);
  return v;
}

static inline v16 all(uint8_t byte) { return (v16){0} + byte; }

static inline uint64_t any(v16 v) {
  v2 halves = (v2)v;
  return halves[0] | halves[1];
}

static inline v16 between(v16 v, uint8_t low, uint8_t count) {
  return (v16)((v - all(low)) < all(count));
}

static inline size_t sum(v16 counts) {
  size_t total = 0;
  for (int lane = 0; lane < 16; lane++) total += counts[lane];
  return total;
}

#endif
