/// Ranges between pages that cannot be touched, and the generator of all randomness.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "subject.h"

uint64_t next_number(generator *g) {
  uint64_t z = g->state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

size_t below(generator *g, size_t bound) { return (size_t)(next_number(g) >> 16) % bound; }

enum { REGIONS = 48 };

typedef struct region {
  uint8_t *first;
  size_t room;
} region;

static region regions[REGIONS];

static void grow(region *r, size_t size) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  if (r->first && munmap(r->first - page, r->room + 2 * page) != 0) abort();
  r->room = (size * 2 / page + 1) * page;
  uint8_t *all = mmap(NULL, r->room + 2 * page, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (all == MAP_FAILED) {
    perror("kernel test: mmap");
    exit(2);
  }
  r->first = all + page;
  if (mprotect(all, page, PROT_NONE) != 0 ||
      mprotect(r->first + r->room, page, PROT_NONE) != 0) {
    perror("kernel test: mprotect");
    exit(2);
  }
}

void *guarded(size_t index, size_t size, placement where, uint8_t fill) {
  if (index >= REGIONS) {
    fprintf(stderr, "kernel test: no region %zu\n", index);
    exit(2);
  }
  region *r = &regions[index];
  if (!r->first || size > r->room) grow(r, size);
  uint8_t *place = where == AT_END ? r->first + r->room - size : r->first;
  memset(place, fill, size);
  return place;
}
