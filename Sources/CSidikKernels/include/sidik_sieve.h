#ifndef SIDIK_SIEVE_H
#define SIDIK_SIEVE_H
#include <stddef.h>
#include <stdint.h>

/* Counts of hashes in cells of one byte that threads share; 2^(64 - shift) cells. A hash is taken
   XOR `salt`. */

/* A cell stops here; threads that meet may go on by one each. */
#define SIDIK_SIEVE_LIMIT 128

/* Counts each hash once more. */
void sidik_sieve_add(uint8_t *cells, unsigned shift, uint64_t salt, const uint64_t *hashes,
                     size_t n);

/* Which hashes were counted `least` times at least; `places` holds `n` entries. Returns how
   many. */
size_t sidik_sieve_reached(const uint8_t *cells, unsigned shift, uint64_t salt, uint8_t least,
                           const uint64_t *hashes, size_t n, uint32_t *places);

#endif
