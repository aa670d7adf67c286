/// Jaccard similarity of word-5-grams by counting, with no sketch: the truth of the benchmark.
///
/// usage: exact join TOKENS COUNT SEED LEAST   pairs with a document of a random sample of COUNT
///                                             (all, where there are no more) and J >= LEAST
///        exact pairs TOKENS < PAIRS           J of the given pairs of document numbers
///
/// TOKENS has a document a line, its words separated by spaces. A document of fewer than five
/// words has one feature, all its words. Features are 64-bit hashes of the words' bytes, so two
/// different ones are taken for one about once in 10^10 pairs of features.
///
/// join prints "sample I" for each sampled document, then "I J SIMILARITY" for each pair.
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WIDTH = 5, NONE = -1 };

static const char *text;
static size_t text_size;
static size_t *starts;
static size_t documents;

static void *room(size_t bytes) {
  void *p = calloc(1, bytes ? bytes : 1);
  if (!p) {
    fprintf(stderr, "exact: out of memory\n");
    exit(2);
  }
  return p;
}

static void open_tokens(const char *path) {
  const int file = open(path, O_RDONLY);
  struct stat info;
  if (file < 0 || fstat(file, &info) != 0) {
    perror(path);
    exit(2);
  }
  text_size = (size_t)info.st_size;
  text = text_size ? mmap(NULL, text_size, PROT_READ, MAP_PRIVATE, file, 0) : "";
  if (text == MAP_FAILED) {
    perror(path);
    exit(2);
  }
  size_t most = 1024;
  starts = room((most + 1) * sizeof *starts);
  for (size_t at = 0; at < text_size;) {
    if (documents == most) {
      most *= 2;
      starts = realloc(starts, (most + 1) * sizeof *starts);
      if (!starts) exit(2);
    }
    starts[documents++] = at;
    const char *end = memchr(text + at, '\n', text_size - at);
    at = end ? (size_t)(end - text) + 1 : text_size;
  }
  starts[documents] = text_size;
}

static uint64_t mix(uint64_t x) {
  x = (x ^ (x >> 32)) * 0xD6E8FEB86659FD93u;
  x = (x ^ (x >> 32)) * 0xD6E8FEB86659FD93u;
  return x ^ (x >> 32);
}

static int ascending(const void *a, const void *b) {
  const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return x < y ? -1 : x > y;
}

/// The distinct features of a document, ascending; `*features` is grown as needed.
static size_t features_of(size_t document, uint64_t **features, size_t *capacity) {
  const size_t from = starts[document], to = starts[document + 1];
  if (*capacity < to - from + 2) {
    *capacity = 2 * (to - from) + 64;
    free(*features);
    *features = room(*capacity * sizeof **features);
  }
  uint64_t *out = *features;
  size_t words = 0;
  uint64_t hash = 0xCBF29CE484222325u;
  int inside = 0;
  for (size_t i = from; i <= to; i++) {
    const char c = i < to ? text[i] : '\n';
    if (c != ' ' && c != '\n') {
      hash = (hash ^ (uint8_t)c) * 0x100000001B3u;
      inside = 1;
    } else if (inside) {
      out[words++] = mix(hash);
      hash = 0xCBF29CE484222325u;
      inside = 0;
    }
  }
  if (words == 0) return 0;
  const size_t width = words < WIDTH ? words : WIDTH;
  const size_t count = words - width + 1;
  for (size_t i = 0; i < count; i++) {
    uint64_t h = 0;
    for (size_t j = 0; j < width; j++) h = mix(h * 0x9E3779B97F4A7C15u + out[i + j]);
    out[i] = h;
  }
  qsort(out, count, sizeof *out, ascending);
  size_t distinct = 0;
  for (size_t i = 0; i < count; i++) {
    if (distinct == 0 || out[i] != out[distinct - 1]) out[distinct++] = out[i];
  }
  return distinct;
}

/// Features of the sample: an open-addressing table of lists of sampled documents.
typedef struct posting {
  uint32_t member;
  int32_t next;
} posting;

static uint64_t *keys;
static int32_t *heads;
static size_t mask;
static posting *postings;
static size_t posting_count;

static size_t slot_of(uint64_t key) {
  size_t at = (size_t)(key * 0x9E3779B97F4A7C15u >> 20) & mask;
  while (heads[at] != NONE && keys[at] != key) at = (at + 1) & mask;
  return at;
}

static size_t *choose(size_t count, uint64_t seed, size_t *chosen) {
  size_t *order = room(documents * sizeof *order);
  for (size_t i = 0; i < documents; i++) order[i] = i;
  *chosen = count < documents ? count : documents;
  for (size_t i = 0; i < *chosen; i++) {
    seed += 0x9E3779B97F4A7C15u;
    const size_t j = i + (size_t)(mix(seed) % (documents - i));
    const size_t swap = order[i];
    order[i] = order[j];
    order[j] = swap;
  }
  return order;
}

static void join(size_t count, uint64_t seed, double least) {
  size_t chosen, capacity = 0, total = 0;
  size_t *sample = choose(count, seed, &chosen);
  uint64_t *features = NULL;
  uint32_t *sizes = room(chosen * sizeof *sizes);
  uint32_t *member_of = room(documents * sizeof *member_of);
  for (size_t m = 0; m < chosen; m++) {
    sizes[m] = (uint32_t)features_of(sample[m], &features, &capacity);
    total += sizes[m];
    member_of[sample[m]] = (uint32_t)m + 1;
    printf("sample %zu\n", sample[m]);
  }
  for (mask = 1; mask < 2 * total + 2; mask *= 2) {}
  keys = room(mask * sizeof *keys);
  heads = room(mask * sizeof *heads);
  memset(heads, 0xFF, mask * sizeof *heads);
  mask--;
  postings = room(total * sizeof *postings);
  for (size_t m = 0; m < chosen; m++) {
    const size_t n = features_of(sample[m], &features, &capacity);
    for (size_t i = 0; i < n; i++) {
      const size_t at = slot_of(features[i]);
      keys[at] = features[i];
      postings[posting_count] = (posting){(uint32_t)m, heads[at]};
      heads[at] = (int32_t)posting_count++;
    }
  }
  uint32_t *shared = room(chosen * sizeof *shared), *touched = room(chosen * sizeof *touched);
  for (size_t d = 0; d < documents; d++) {
    const size_t n = features_of(d, &features, &capacity);
    size_t met = 0;
    for (size_t i = 0; i < n; i++) {
      for (int32_t p = heads[slot_of(features[i])]; p != NONE; p = postings[p].next) {
        if (shared[postings[p].member]++ == 0) touched[met++] = postings[p].member;
      }
    }
    for (size_t i = 0; i < met; i++) {
      const uint32_t m = touched[i], both = shared[m];
      shared[m] = 0;
      const size_t other = sample[m];
      // A pair inside the sample is met twice.
      if (other == d || (member_of[d] && other > d)) continue;
      const double j = (double)both / (double)(n + sizes[m] - both);
      if (j < least) continue;
      printf("%zu %zu %.6f\n", other < d ? other : d, other < d ? d : other, j);
    }
  }
}

static void pairs(void) {
  uint64_t *a = NULL, *b = NULL;
  size_t room_a = 0, room_b = 0, n = 0, last = SIZE_MAX, i, j;
  while (scanf("%zu %zu", &i, &j) == 2) {
    if (i >= documents || j >= documents) {
      fprintf(stderr, "exact: no documents %zu and %zu\n", i, j);
      exit(2);
    }
    if (i != last) n = features_of(i, &a, &room_a);
    last = i;
    const size_t m = features_of(j, &b, &room_b);
    size_t both = 0;
    for (size_t x = 0, y = 0; x < n && y < m;) {
      const uint64_t p = a[x], q = b[y];
      both += p == q;
      x += p <= q;
      y += q <= p;
    }
    printf("%zu %zu %.6f\n", i, j, n + m ? (double)both / (double)(n + m - both) : 0.0);
  }
}

int main(int argc, char **argv) {
  const int joins = argc == 6 && strcmp(argv[1], "join") == 0;
  if (!joins && !(argc == 3 && strcmp(argv[1], "pairs") == 0)) {
    fprintf(stderr, "usage: exact join TOKENS COUNT SEED LEAST | exact pairs TOKENS < PAIRS\n");
    return 2;
  }
  open_tokens(argv[2]);
  if (joins) join(strtoull(argv[3], NULL, 10), strtoull(argv[4], NULL, 10), strtod(argv[5], NULL));
  else pairs();
  return 0;
}
