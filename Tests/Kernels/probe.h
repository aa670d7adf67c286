/// What the rows of the table of kernels say, and how it is read: see kernel_rows.h.
#ifndef SIDIK_PROBE_H
#define SIDIK_PROBE_H

#include <string.h>

#include "sidik_json.h"
#include "sidik_normalise.h"
#include "sidik_postings.h"
#include "sidik_records.h"
#include "sidik_sieve.h"
#include "subject.h"

/// One call of a kernel: what it treated and what it gave.
typedef struct probe {
  /// Called directly before and after the kernel; NULL where nobody measures.
  void (*begin)(void);
  void (*end)(void);
  size_t bytes, items;
  const char *unit;
  /// Of all that was kept.
  uint64_t digest;
  /// The region of the next output.
  size_t region;
} probe;

/// Adds bytes to the digest.
void keep_bytes(probe *p, const void *bytes, size_t size);

typedef void (*kernel_row)(const sidik_kernels *k, const subject *s, probe *p);

enum { SHARED, LEVELLED };
enum { ON_NUMBERS, ON_TEXT };

typedef struct kernel_entry {
  const char *name;
  int levelled, on_text;
  kernel_row run;
} kernel_entry;

extern const kernel_entry kernel_table[];
extern const size_t kernel_count;

/// Runs a kernel once on a subject.
static inline probe run_kernel(const kernel_entry *entry, const sidik_kernels *k,
                               const subject *s, void (*begin)(void), void (*end)(void)) {
  probe p = {begin, end, 0, 0, "", 0xCBF29CE484222325u, FIRST_FREE_REGION};
  entry->run(k, s, &p);
  return p;
}

#define OUT(type, count) \
  ((type *)guarded(p->region++, (count) * sizeof(type), s->where, 0xA5))
#define COPIED(type, from, count) \
  ((type *)copied(guarded(p->region++, (count) * sizeof(type), s->where, 0), from, \
                  (count) * sizeof(type)))
#define MEASURE(byte_count, item, item_count, call) \
  do {                                              \
    if (p->begin) p->begin();                       \
    call;                                           \
    if (p->end) p->end();                           \
    p->bytes = (byte_count);                        \
    p->items = (item_count);                        \
    p->unit = (item);                               \
  } while (0)
#define KEEP(pointer, count) keep_bytes(p, pointer, (count) * sizeof *(pointer))
#define VALUE(number)                           \
  do {                                          \
    const uint64_t kept = (uint64_t)(number);   \
    keep_bytes(p, &kept, sizeof kept);          \
  } while (0)
/// An index of the numbers, not filled yet.
#define INDEX(name)                                                                      \
  const sidik_gram_index name = {s->size, s->numbers, OUT(sidik_gram_place, s->size),    \
                                 s->table_bits, OUT(uint64_t, (size_t)1 << s->table_bits)}

static inline void *copied(void *to, const void *from, size_t size) {
  if (size) memcpy(to, from, size);
  return to;
}

#endif
