/// Puts a subject together.
#include "subject.h"

#include <stdlib.h>
#include <string.h>

enum {
  TEXT, RAW, BYTES, JSON, CSV, SCALARS, NUMBERS, COPY, SET, COPY_SET, FEW, HASHES,
  A32, B32, A64, B64, SIGNATURE, SIGNATURE2, LATIN, SCRATCH, REGIONS_USED
};
_Static_assert(REGIONS_USED <= FIRST_FREE_REGION, "the outputs' regions begin above these");

static const uint16_t cells[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 5, 60000, 1, 0, 3};
static const uint32_t cell_weights[7] = {900, 70, 60, 50, 40, 3, 2};
static const sidik_weights weights = {4, cells, cell_weights, 6};

/// A range of the subject that begins as a copy of `from`.
static void *kept(size_t region, const void *from, size_t size, placement where) {
  void *place = guarded(region, size, where, 0);
  if (size) memcpy(place, from, size);
  return place;
}

static void *scratch(size_t size) {
  void *place = malloc(size ? size : 1);
  if (!place) abort();
  return place;
}

static void make_texts(subject *s, generator *g) {
  uint8_t *room = scratch(s->size * 2 + 512);
  s->text_size = make_text(g, s->kind, s->size, 0, room);
  s->text = kept(TEXT, room, s->text_size, s->where);
  s->raw_size = make_text(g, s->kind, s->size, 1, room);
  s->raw = kept(RAW, room, s->raw_size, s->where);
  for (size_t i = 0; i < s->size; i++) {
    const size_t sort = below(g, 8);
    room[i] = sort == 0 ? (uint8_t)"\",\n\\{}[]"[below(g, 8)] : (uint8_t)next_number(g);
    if (s->kind & 1 && sort > 2) room[i] = (uint8_t)('a' + (room[i] & 15));
  }
  s->bytes = kept(BYTES, room, s->size, s->where);
  free(room);
}

/// {"id":"...","text":"...","n":[-1.5e3,null]} with the usual escapes.
static void make_json(subject *s, generator *g) {
  static const char head[] = "{\"id\": \"d\\u00e9\\ud83d\\ude00\", \"text\":\"";
  static const char tail[] = "\",\"n\":[-1.5e3,null,true,{\"a\":\"b\"}] }";
  uint8_t *room = scratch(s->raw_size * 2 + sizeof head + sizeof tail);
  size_t at = sizeof head - 1;
  memcpy(room, head, at);
  for (size_t i = 0; i < s->raw_size; i++) {
    const uint8_t byte = s->raw[i];
    if (byte == '"' || byte == '\\' || byte == '\n' || byte == '\t') {
      room[at++] = '\\';
      room[at++] = byte == '\n' ? (uint8_t)'n' : byte == '\t' ? (uint8_t)'t' : byte;
    } else {
      room[at++] = byte;
    }
  }
  memcpy(room + at, tail, sizeof tail - 1);
  at += sizeof tail - 1;
  // Damaged in places, or cut, as files are.
  if (s->kind > 4 && s->kind % 3 == 2) room[below(g, at)] = (uint8_t)"\"\\{}[]:,\n9-"[below(g, 11)];
  if (s->kind > 4 && s->kind % 4 == 3) at = below(g, at + 1);
  s->json = kept(JSON, room, at, s->where);
  s->json_size = at;
  free(room);
}

static void make_csv(subject *s, generator *g) {
  uint8_t *room = scratch(s->raw_size * 3 + 16);
  size_t at = 0;
  int open = 0;
  for (size_t i = 0; i < s->raw_size; i++) {
    const size_t sort = below(g, 40);
    if (!open && sort == 0) {
      room[at++] = ',';
      if (below(g, 2)) room[at++] = '"', open = 1;
    } else if (open && sort == 1) {
      room[at++] = '"', open = 0;
    } else if (sort == 2) {
      room[at++] = '"', room[at++] = '"';
    }
    room[at++] = s->raw[i];
  }
  s->csv = kept(CSV, room, at, s->where);
  s->csv_size = at;
  free(room);
}

/// Numbers as features may be: mixed, of few bins, of few values, equal in their top bits,
/// ascending, and the values that mark free places.
static uint64_t number(generator *g, size_t kind, size_t i) {
  const uint64_t x = next_number(g);
  switch (kind % 8) {
  case 1: return (x & 0x01FFFFFFFFFFFFFFu) | (uint64_t)(x % 3) << 60;
  case 2: return (x % 50) * 0x9E3779B97F4A7C15u;
  case 3: return 0xABCDEF0000000000u | (x & 0xFFFFF);
  case 4: return (uint64_t)i << 40 | (x & 0xFFFF);
  case 5: return x % 4 == 0 ? 0 : x % 4 == 1 ? UINT64_MAX : x | 0xFFFFFFFFu;
  case 6: return 0x5555555555555555u;
  default: return x;
  }
}

/// A copy with runs left out, put in and replaced; returns its length.
static size_t edited(generator *g, const uint64_t *from, size_t n, uint64_t *out, size_t room) {
  size_t count = 0;
  for (size_t i = 0; i < n && count < room;) {
    const size_t sort = below(g, 8);
    const size_t run = 1 + below(g, 60);
    for (size_t j = 0; j < run && i < n && count < room; j++) {
      if (sort == 0) i++;
      else if (sort == 1) out[count++] = next_number(g);
      else out[count++] = from[i++];
    }
  }
  return count;
}

static int ascending(const void *a, const void *b) {
  const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return x < y ? -1 : x > y;
}

static size_t as_set(uint64_t *values, size_t n) {
  qsort(values, n, sizeof *values, ascending);
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    if (count == 0 || values[i] != values[count - 1]) values[count++] = values[i];
  }
  return count;
}

static void make_numbers(subject *s, generator *g) {
  const size_t n = s->size, room = n + 64;
  uint64_t *all = scratch(n * 8), *copy = scratch(room * 8), *few = scratch(n * 8);
  for (size_t i = 0; i < n; i++) all[i] = number(g, s->kind, i);
  s->numbers = kept(NUMBERS, all, n * 8, s->where);
  s->copy_count = edited(g, all, n, copy, room);
  s->copy = kept(COPY, copy, s->copy_count * 8, s->where);
  s->few_count = 0;
  for (size_t i = 0; i < n; i += 40) few[s->few_count++] = i % 80 ? all[i] : next_number(g);
  s->few_count = as_set(few, s->few_count);
  s->few = kept(FEW, few, s->few_count * 8, s->where);
  s->copy_set_count = as_set(copy, s->copy_count);
  s->copy_set = kept(COPY_SET, copy, s->copy_set_count * 8, s->where);
  s->set_count = as_set(all, n);
  s->set = kept(SET, all, s->set_count * 8, s->where);
  uint32_t *hashes = guarded(HASHES, n * 4, s->where, 0);
  for (size_t i = 0; i < n; i++) hashes[i] = (uint32_t)s->numbers[i];
  s->hashes = hashes;
  for (s->table_bits = 1; (size_t)1 << s->table_bits < 2 * n; s->table_bits++) {}
  free(all);
  free(copy);
  free(few);
}

static void make_permutations(subject *s, generator *g) {
  const size_t slots = s->slots;
  uint32_t *a32 = guarded(A32, slots * 4, s->where, 0), *b32 = guarded(B32, slots * 4, s->where, 0);
  uint64_t *a64 = guarded(A64, slots * 8, s->where, 0), *b64 = guarded(B64, slots * 8, s->where, 0);
  uint32_t *one = guarded(SIGNATURE, slots * 4, s->where, 0);
  uint32_t *two = guarded(SIGNATURE2, slots * 4, s->where, 0);
  for (size_t k = 0; k < slots; k++) {
    a32[k] = (uint32_t)next_number(g) | 1;
    b32[k] = (uint32_t)next_number(g);
    a64[k] = next_number(g) >> 3 | 1;
    b64[k] = next_number(g) >> 3;
    one[k] = below(g, 30) ? (uint32_t)next_number(g) : SIDIK_EMPTY_SLOT;
    two[k] = below(g, 3) ? one[k] : (uint32_t)next_number(g);
  }
  s->a32 = a32, s->b32 = b32, s->a64 = a64, s->b64 = b64, s->signature = one, s->signature2 = two;
}

/// beta[alpha[i] ^ gamma[t]]: every bin once in each column.
static void make_latin(subject *s, generator *g) {
  uint8_t order[3][LATIN_ROWS];
  for (size_t p = 0; p < 3; p++) {
    for (size_t i = 0; i < LATIN_ROWS; i++) order[p][i] = (uint8_t)i;
    for (size_t i = LATIN_ROWS; i-- > 1;) {
      const size_t j = below(g, i + 1);
      const uint8_t swap = order[p][i];
      order[p][i] = order[p][j];
      order[p][j] = swap;
    }
  }
  uint8_t *square = guarded(LATIN, LATIN_ROWS * SIDIK_OPH_SLOTS, s->where, 0);
  for (size_t t = 0; t < LATIN_ROWS; t++) {
    for (size_t i = 0; i < SIDIK_OPH_SLOTS; i++) {
      square[t * SIDIK_OPH_SLOTS + i] = order[1][order[0][i] ^ order[2][t]];
    }
  }
  s->latin = square;
}

void make_subject(subject *s, size_t kind, size_t size, uint64_t seed, placement where) {
  static const uint32_t grams[] = {5, 9, 1, 4, 13};
  static const size_t shapes[][2] = {{16, 8}, {32, 4}, {9, 13}, {64, 2}, {1, 7}, {25, 5}};
  generator g = {seed ^ size << 20 ^ kind << 56};
  const size_t shape = (size_t)(seed % 6);
  *s = (subject){.kind = kind, .size = size, .seed = seed, .where = where, .weights = &weights};
  s->bands = shapes[shape][0], s->rows = shapes[shape][1], s->slots = s->bands * s->rows;
  s->gram = grams[seed % 5], s->dense_gram = (s->gram + 1) / 2, s->width = 1 + (uint32_t)(seed + 4) % 7;
  s->keys = (sidik_hash_keys){{next_number(&g), next_number(&g), next_number(&g)},
                              next_number(&g) | 1, next_number(&g) | 1};
  s->rule = (sidik_passage_rule){.most_places = 8, .drift = 1 + (uint32_t)(seed % 8),
                                 .gap = 24, .least_matches = 4 + (uint32_t)(seed % 3),
                                 .least_length = 12, .least_density = 45,
                                 .least_covered = seed % 2 ? 0 : (uint32_t)size / 3,
                                 .allowance = 4};
  make_texts(s, &g);
  make_json(s, &g);
  make_csv(s, &g);
  make_numbers(s, &g);
  make_permutations(s, &g);
  make_latin(s, &g);
  uint32_t *room = scratch((s->text_size + 1) * 4);
  s->scalar_count = sidik_kernels_named("scalar")->decode_scalars(s->text, s->text_size, room);
  s->scalars = kept(SCALARS, room, s->scalar_count * 4, where);
  free(room);
}
