#ifndef SIDIK_POSTINGS_H
#define SIDIK_POSTINGS_H
#include <stddef.h>
#include <stdint.h>

/* Marks the last node of a posting. */
#define SIDIK_POSTING_END 0x80000000u

/* Counts, for one node, the postings that it shares with each node that follows it in them.
   `places` are its own places in `nodes`, which holds posting after posting. `shared` has an
   entry a node, all 0 before; a count stops at UINT16_MAX. `met` receives every partner once, in
   the order it was met first, and has one entry more than there are nodes. Returns how many. */
size_t sidik_count_partners(const uint32_t *places, size_t n, const uint32_t *nodes,
                            uint16_t *shared, uint32_t *met);

/* Merges two ascending lists into `out`, which has room for both and is neither. */
void sidik_merge_sorted(const uint64_t *a, size_t na, const uint64_t *b, size_t nb,
                        uint64_t *out);

#endif
