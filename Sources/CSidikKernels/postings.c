#include "include/sidik_postings.h"

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
