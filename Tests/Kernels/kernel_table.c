/// The rows of kernel_rows.h as functions and as a table.
#include "probe.h"

/// FNV-1a over words; the digest need only tell levels apart.
void keep_bytes(probe *p, const void *bytes, size_t size) {
  const uint8_t *at = bytes;
  for (; size >= 8; size -= 8, at += 8) {
    uint64_t word;
    memcpy(&word, at, 8);
    p->digest = (p->digest ^ word) * 0x9E3779B97F4A7C15u;
    p->digest ^= p->digest >> 29;
  }
  for (; size; size--, at++) p->digest = (p->digest ^ *at) * 0x100000001B3u;
}

#define KERNEL(name, levels, input, ...)                                             \
  static void run_##name(const sidik_kernels *k, const subject *s, probe *p) {       \
    (void)k;                                                                         \
    __VA_ARGS__                                                                      \
  }
#include "kernel_rows.h"
#include "shared_rows.h"
#undef KERNEL

const kernel_entry kernel_table[] = {
#define KERNEL(name, levels, input, ...) {#name, levels, input, run_##name},
#include "kernel_rows.h"
#include "shared_rows.h"
#undef KERNEL
};

const size_t kernel_count = sizeof kernel_table / sizeof kernel_table[0];

enum {
  LEVELLED_ROWS = 0
#define KERNEL(name, levels, input, ...) +((levels) == LEVELLED)
#include "kernel_rows.h"
#include "shared_rows.h"
#undef KERNEL
};

_Static_assert(sizeof(sidik_kernels) == sizeof(char *) + LEVELLED_ROWS * sizeof(void (*)(void)),
               "a kernel of sidik_kernels has no row in kernel_rows.h, or a row too many");
