/// Times every kernel at every level on fixed inputs, or counts its instructions under callgrind.
///
/// usage: measure time [KERNEL]      a line each: kernel, input, level, unit, items, bytes,
///                                   nanoseconds an item, bytes a cycle, ratio to scalar
///        measure count LEVEL        under callgrind, with collecting off at the start; each
///                                   kernel's counts are dumped under the name kernel/input/level
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <valgrind/callgrind.h>

#include "probe.h"

/// Texts as long as usual articles, in scripts that take other paths; numbers as many as such an
/// article has shingles, and as many as a long document has.
static const struct workload {
  const char *name;
  size_t kind, size;
  int on_text;
} workloads[] = {
    {"ascii", 0, 3072, 1},   {"latin", 1, 3072, 1},   {"cyrillic", 2, 3072, 1},
    {"cjk", 3, 3072, 1},     {"thai", 4, 3072, 1},    {"437", 0, 437, 0},
    {"20", 0, 20, 0},        {"8192", 0, 8192, 0},
};
enum { WORKLOADS = sizeof workloads / sizeof workloads[0], ROUNDS = 41 };

/// Five-grams, shingles of five words, 128 slots in 16 bands.
enum { SEED = 600 };

static uint64_t started, took;

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

#if defined(__x86_64__)
#include <x86intrin.h>
static uint64_t ticks(void) {
  unsigned core;
  _mm_lfence();
  const uint64_t t = __rdtscp(&core);
  _mm_lfence();
  return t;
}
#else
static uint64_t ticks(void) { return now(); }
#endif

static void begin_ticks(void) { started = ticks(); }
static void end_ticks(void) { took = ticks() - started; }

/// Ticks of one addition that waits for the one before: a core cycle, whatever the clock does.
static double ticks_per_cycle(void) {
  enum { STEPS = 200000 };
  double best = 1e9;
  for (int round = 0; round < 5; round++) {
    uint64_t x = 0;
    const uint64_t from = ticks();
    for (int i = 0; i < STEPS / 8; i++) {
#if defined(__x86_64__)
      __asm__ volatile("add $1, %0\n add $1, %0\n add $1, %0\n add $1, %0\n"
                       "add $1, %0\n add $1, %0\n add $1, %0\n add $1, %0\n" : "+r"(x));
#else
      __asm__ volatile("add %0, %0, #1\n add %0, %0, #1\n add %0, %0, #1\n add %0, %0, #1\n"
                       "add %0, %0, #1\n add %0, %0, #1\n add %0, %0, #1\n add %0, %0, #1\n"
                       : "+r"(x));
#endif
    }
    const double each = (double)(ticks() - from) / STEPS;
    if (each < best) best = each;
  }
  return best;
}

/// Nanoseconds of a tick.
static double nanoseconds_per_tick(void) {
  const uint64_t from = now(), from_ticks = ticks();
  while (now() - from < 20000000) {}
  return (double)(now() - from) / (double)(ticks() - from_ticks);
}

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

/// A subject that no predictor of branches has seen.
static void fresh_subject(subject *s, const struct workload *w, uint64_t round) {
  make_subject(s, w->kind, w->size, SEED + round * 30, AT_END);
  // An article's own figures: a whole search, and as many words a shingle as by default.
  s->rule.least_covered = 0;
  s->width = 5;
}

/// Median over rounds of the ticks of an item; each call has data of its own, as in a corpus.
static double time_kernel(const kernel_entry *entry, const sidik_kernels *k,
                          const struct workload *w, uint64_t first, double *bytes, probe *one) {
  double rounds[ROUNDS];
  *bytes = 0;
  for (uint64_t round = 0; round < ROUNDS; round++) {
    subject s;
    fresh_subject(&s, w, first + round);
    *one = run_kernel(entry, k, &s, begin_ticks, end_ticks);
    if (!one->items) return 0;
    rounds[round] = (double)took / (double)one->items;
    *bytes += (double)one->bytes / (double)one->items / ROUNDS;
  }
  qsort(rounds, ROUNDS, sizeof rounds[0], ascending);
  return rounds[ROUNDS / 2];
}

static void time_row(const kernel_entry *entry, const struct workload *w, double tick) {
  double scalar = 0;
  const char *name;
  for (size_t i = 0; (name = sidik_kernels_name(i)) != NULL; i++) {
    const sidik_kernels *k = sidik_kernels_named(name);
    if (!k || (!entry->levelled && i > 0)) continue;
    probe one;
    double bytes;
    const double cycle = ticks_per_cycle();
    const double each = time_kernel(entry, k, w, i * ROUNDS, &bytes, &one);
    if (each == 0) return;
    if (i == 0) scalar = each;
    printf("%s\t%s\t%s\t%s\t%zu\t%zu\t%.4f\t%.3f\t%.2f\n", entry->name, w->name,
           entry->levelled ? name : "-", one.unit, one.items, one.bytes, each * tick,
           bytes / (each / cycle), scalar / each);
  }
}

static void begin_count(void) { CALLGRIND_TOGGLE_COLLECT; }
static void end_count(void) { CALLGRIND_TOGGLE_COLLECT; }

static void count_row(const kernel_entry *entry, const struct workload *w, const char *level) {
  if (!entry->levelled && strcmp(level, "scalar") != 0) return;
  const sidik_kernels *k = sidik_kernels_named(level);
  if (!k) exit(2);
  subject s;
  fresh_subject(&s, w, 0);
  // Once before, so that what is bound or brought in at the first call is not counted.
  if (!run_kernel(entry, k, &s, NULL, NULL).items) return;
  CALLGRIND_ZERO_STATS;
  const probe one = run_kernel(entry, k, &s, begin_count, end_count);
  char name[128];
  snprintf(name, sizeof name, "%s/%s/%s", entry->name, w->name, entry->levelled ? level : "-");
  CALLGRIND_DUMP_STATS_AT(name);
  printf("%s\t%zu\t%s\n", name, one.items, one.unit);
}

int main(int argc, char **argv) {
  const int counts = argc > 2 && strcmp(argv[1], "count") == 0;
  if (!counts && !(argc > 1 && strcmp(argv[1], "time") == 0)) {
    fprintf(stderr, "usage: measure time [KERNEL] | measure count LEVEL\n");
    return 2;
  }
  const double tick = counts ? 0 : nanoseconds_per_tick();
  for (size_t row = 0; row < kernel_count; row++) {
    const kernel_entry *entry = &kernel_table[row];
    if (!counts && argc > 2 && strcmp(argv[2], entry->name) != 0) continue;
    for (size_t i = 0; i < WORKLOADS; i++) {
      const struct workload *w = &workloads[i];
      if (w->on_text != (entry->on_text == ON_TEXT)) continue;
      if (counts) count_row(entry, w, argv[2]);
      else time_row(entry, w, tick);
    }
  }
  return 0;
}
