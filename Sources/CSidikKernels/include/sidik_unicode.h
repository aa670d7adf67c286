#ifndef SIDIK_UNICODE_H
#define SIDIK_UNICODE_H
#include <stddef.h>
#include <stdint.h>

/* Generated tables (Scripts/generate-unicode-tables.py). Swift cannot import large C arrays, so
   each is reached through a function.

   Entry of a scalar: block = stage[scalar >> 7], entry = entries[block * 128 + (scalar & 127)].
     bits 0-20  folded - scalar, modulo 2^21; with COMPLEX: place in expansions (length first)
     bit 21 WORD      22 NO_SPACE   23 COMPLEX   24 MARK (ordered by its combining class)
     bit 25 SLOW      26 IGNORABLE  27 EMOJI     28-30 script class      31 SPACE */

const uint16_t *sidik_unicode_plain(void);
const uint16_t *sidik_unicode_stripped(void);
const uint32_t *sidik_unicode_entries(void);
const uint32_t *sidik_unicode_expansions(void);

const uint8_t *sidik_unicode_ccc_stage(void);
const uint8_t *sidik_unicode_ccc(void);

const uint32_t *sidik_unicode_nfd_keys(void);
const uint16_t *sidik_unicode_nfd_at(void);
const uint32_t *sidik_unicode_nfd(void);
size_t sidik_unicode_nfd_count(void);

const uint32_t *sidik_unicode_pair_first(void);
const uint32_t *sidik_unicode_pair_second(void);
const uint32_t *sidik_unicode_pair_composed(void);
size_t sidik_unicode_pair_count(void);

/* Plain letter or digit of a disguised scalar: kind << 8 | ASCII; kind 0 another script's
   look-alike, 1 styled, 2 turned letter that is also a real one, 3 turned letter. */
const uint32_t *sidik_unicode_letter_keys(void);
const uint16_t *sidik_unicode_letters(void);
size_t sidik_unicode_letter_count(void);

/* Bit b of word a: the regional indicators a and b (0 = A) are a flag. */
const uint32_t *sidik_unicode_flags(void);
uint32_t sidik_unicode_digest(void);

/* Slang word i: key = pool[ends[2i-1] .. ends[2i]), value = pool[ends[2i] .. ends[2i+1]). */
const uint32_t *sidik_slang_ends(void);
const uint8_t *sidik_slang_pool(void);
size_t sidik_slang_count(void);
uint32_t sidik_slang_digest(void);

#endif
