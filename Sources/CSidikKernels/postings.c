#include "include/sidik_postings.h"

#include <string.h>

/* Postings that are fetched before they are needed: there are more than any cache holds. */
#define AHEAD 8

size_t sidik_count_partners(const uint32_t *places, size_t n, const uint32_t *nodes,
                            uint16_t *shared, uint32_t *met) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    if (i + AHEAD < n) __builtin_prefetch(&nodes[places[i + AHEAD]]);
    size_t place = places[i];
    while (!(nodes[place] & SIDIK_POSTING_END)) {
      place++;
      const uint32_t partner = nodes[place] & ~SIDIK_POSTING_END;
      const uint16_t before = shared[partner];
      met[count] = partner;
      count += before == 0;
      shared[partner] = (uint16_t)(before + (before < UINT16_MAX));
    }
  }
  return count;
}

void sidik_merge_sorted(const uint64_t *a, size_t na, const uint64_t *b, size_t nb,
                        uint64_t *out) {
  const uint64_t *const a_end = a + na;
  const uint64_t *const b_end = b + nb;
  /* Which list comes next nobody foresees, so neither does a branch ask. */
  while (a < a_end && b < b_end) {
    const uint64_t x = *a, y = *b;
    const int first = x <= y;
    *out++ = first ? x : y;
    a += first;
    b += !first;
  }
  if (a < a_end) memcpy(out, a, (size_t)(a_end - a) * sizeof *a);
  if (b < b_end) memcpy(out, b, (size_t)(b_end - b) * sizeof *b);
}
