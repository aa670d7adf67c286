#ifndef SIDIK_NORMALISE_H
#define SIDIK_NORMALISE_H
#include <stddef.h>
#include <stdint.h>

/* Scans of the normaliser, sixteen bytes at a time in the compiler's own vectors: they compile
   to the base instructions of any target. The Swift path that tracks offsets is their oracle. */

/* The first position in [start, n) whose 16-byte block holds the end of a suspicious pattern (a
   digit beside a letter, a byte or pair three times in a row, spaced letters); n if none. Needs
   start >= 6; fewer than 16 last bytes are always suspicious. */
size_t sidik_find_suspicion(const uint8_t *bytes, size_t start, size_t n);

/* The first position in [start, n) whose block holds a slash, an at or a dollar sign, or a dot
   after a w; n if none. Needs start >= 1; fewer than 16 last bytes always count. */
size_t sidik_find_sign(const uint8_t *bytes, size_t start, size_t n);

/* Counts the bytes from `low` to `low + count - 1`. */
size_t sidik_count_between(const uint8_t *bytes, size_t n, uint8_t low, uint8_t count);

/* Counts by bytes: Latin letters (ASCII, mathematical, full-width), and letters of scripts that
   have look-alikes of Latin ones. */
void sidik_count_scripts(const uint8_t *bytes, size_t n, size_t *latin, size_t *others);

#endif
