/// Runs every kernel of every level this machine can run on the same hostile and random inputs,
/// and prints a digest a kernel and level. A difference between levels, or a byte touched that is
/// not the kernel's, ends it.
///
/// usage: compare_levels [ROUNDS]      1 if left out
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "probe.h"

enum { MOST_LEVELS = 8, MOST_KERNELS = 128 };

typedef struct totals {
  uint64_t digest[MOST_KERNELS][MOST_LEVELS];
  size_t cases;
} totals;

static const sidik_kernels *levels[MOST_LEVELS];
static size_t level_count;

/// What runs just now, for the message of a program that is about to end.
static struct {
  const char *kernel, *level;
  const subject *s;
} now;

static void say_where(int signal_number) {
  if (now.s) {
    fprintf(stderr, "%s: %s touches what is not its own (signal %d, kind %zu, size %zu, seed %llu, "
            "place %d)\n", now.kernel, now.level, signal_number, now.s->kind, now.s->size,
            (unsigned long long)now.s->seed, (int)now.s->where);
  }
  _exit(3);
}

static void find_levels(void) {
  const char *name;
  for (size_t i = 0; (name = sidik_kernels_name(i)) != NULL; i++) {
    const sidik_kernels *level = sidik_kernels_named(name);
    if (level && level_count < MOST_LEVELS) levels[level_count++] = level;
  }
}

/// All kernels and levels on one subject; returns the number of differences.
static size_t compare(const subject *s, totals *sums) {
  size_t wrong = 0;
  sums->cases++;
  for (size_t row = 0; row < kernel_count; row++) {
    const kernel_entry *entry = &kernel_table[row];
    uint64_t first = 0;
    for (size_t i = 0; i < (entry->levelled ? level_count : 1); i++) {
      now.kernel = entry->name, now.level = levels[i]->name, now.s = s;
      const uint64_t digest = run_kernel(entry, levels[i], s, NULL, NULL).digest;
      sums->digest[row][i] = sums->digest[row][i] * 0x9E3779B97F4A7C15u + digest;
      now.s = NULL;
      if (i == 0) first = digest;
      if (digest == first) continue;
      fprintf(stderr, "%s: %s differs from %s (kind %zu, size %zu, seed %llu, place %d)\n",
              entry->name, levels[i]->name, levels[0]->name, s->kind, s->size,
              (unsigned long long)s->seed, (int)s->where);
      wrong++;
    }
  }
  return wrong;
}

static size_t compare_all(uint64_t rounds, totals *sums) {
  static const size_t larger[] = {95, 96, 97, 127, 128, 129, 255, 256, 257, 511, 1023, 1024,
                                  1025, 1500, 4096, 5003};
  size_t wrong = 0;
  subject s;
  for (uint64_t round = 0; round < rounds; round++) {
    for (size_t kind = 0; kind < SUBJECT_KINDS; kind++) {
      // Every size up to more than a cache line, at both ends of its page: every alignment.
      for (size_t size = 0; size <= 80; size++) {
        make_subject(&s, kind, size, round * 1000003 + size + kind, size % 2 ? AT_END : AT_START);
        wrong += compare(&s, sums);
        make_subject(&s, kind, size, round * 1000003 + size + kind + 1, size % 2 ? AT_START : AT_END);
        wrong += compare(&s, sums);
      }
      for (size_t i = 0; i < sizeof larger / sizeof larger[0]; i++) {
        make_subject(&s, kind, larger[i], round * 1000033 + i + kind, i % 2 ? AT_START : AT_END);
        wrong += compare(&s, sums);
      }
      if (kind < 4) {
        make_subject(&s, kind, 30000 + 7 * kind, round, AT_END);
        wrong += compare(&s, sums);
      }
    }
  }
  return wrong;
}

int main(int argc, char **argv) {
  static totals sums;
  find_levels();
  signal(SIGSEGV, say_where);
  signal(SIGBUS, say_where);
  if (kernel_count > MOST_KERNELS) {
    fprintf(stderr, "kernel test: more than %d rows\n", MOST_KERNELS);
    return 2;
  }
  const uint64_t rounds = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
  const size_t wrong = compare_all(rounds, &sums);
  for (size_t row = 0; row < kernel_count; row++) {
    const kernel_entry *entry = &kernel_table[row];
    for (size_t i = 0; i < (entry->levelled ? level_count : 1); i++) {
      printf("%-24s %-7s %016llx\n", entry->name, entry->levelled ? levels[i]->name : "-",
             (unsigned long long)sums.digest[row][i]);
    }
  }
  printf("%zu inputs, %zu differences\n", sums.cases, wrong);
  return wrong ? 1 : 0;
}
