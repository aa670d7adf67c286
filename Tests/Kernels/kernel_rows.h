/// The table of kernels: a line each, from which the comparison of levels, the timings and the
/// counts of instructions are made.
///
///   KERNEL(name, LEVELLED or SHARED, ON_TEXT or ON_NUMBERS, { body })
///
/// LEVELLED is a member of `sidik_kernels` and is called as k->name; SHARED is a function that
/// every machine has once. The body sees the level `k`, the subject `s`, and
///
///   OUT(type, count)             memory for an output, against a guard page
///   COPIED(type, from, count)    the same, holding a copy of an input that is changed in place
///   MEASURE(bytes, unit, items, call)   the call, and what one call of it treats
///   KEEP(pointer, count)         elements of an output that all levels must give alike
///   VALUE(number)                the same for a number
#include "probe.h"

// Characters and words.
KERNEL(fold_ascii, LEVELLED, ON_TEXT, {
  uint8_t table[256];
  for (size_t i = 0; i < 256; i++) {
    const uint8_t low = (uint8_t)(i | 0x20);
    const int letter = low >= 'a' && low <= 'z';
    table[i] = letter ? low : (i >= '0' && i <= '9') || i == '_' ? (uint8_t)i : ' ';
  }
  uint8_t *out = OUT(uint8_t, s->raw_size + 64);
  size_t at = 0;
  size_t stop;
  MEASURE(stop, "byte", stop,
          stop = k->fold_ascii(s->raw, 0, s->raw_size, out, &at, table, 1));
  VALUE(stop);
  KEEP(out, at);
  const size_t common = at;
  at = 0;
  VALUE(k->fold_ascii(s->raw, 0, s->raw_size, out, &at, table, 0));
  KEEP(out, at);
  VALUE(common == at);
})
KERNEL(decode_scalars, LEVELLED, ON_TEXT, {
  uint32_t *out = OUT(uint32_t, s->text_size);
  size_t n;
  MEASURE(s->text_size, "byte", s->text_size, n = k->decode_scalars(s->text, s->text_size, out));
  KEEP(out, n);
})
KERNEL(char_features, LEVELLED, ON_TEXT, {
  uint64_t *out = OUT(uint64_t, s->scalar_count);
  size_t n;
  MEASURE(s->scalar_count * 4, "scalar", s->scalar_count,
          n = k->char_features(s->scalars, s->scalar_count, s->gram, s->dense_gram, &s->keys, out));
  KEEP(out, n);
})
KERNEL(ascii_features, LEVELLED, ON_TEXT, {
  uint64_t *out = OUT(uint64_t, s->text_size);
  size_t n;
  MEASURE(s->text_size, "byte", n ? s->text_size : 0,
          n = k->ascii_features(s->text, s->text_size, s->gram, &s->keys, out));
  KEEP(out, n);
})
KERNEL(token_hashes, LEVELLED, ON_TEXT, {
  uint64_t *out = OUT(uint64_t, s->text_size);
  size_t n;
  MEASURE(s->text_size, "token", n, n = k->token_hashes(s->text, s->text_size, &s->keys, out));
  KEEP(out, n);
})
KERNEL(count_text, LEVELLED, ON_TEXT, {
  size_t counts[2];
  MEASURE(s->text_size, "byte", s->text_size,
          k->count_text(s->text, s->text_size, &counts[0], &counts[1]));
  VALUE(counts[0]);
  VALUE(counts[1]);
})
KERNEL(shingle_features, LEVELLED, ON_NUMBERS, {
  uint64_t *out = OUT(uint64_t, s->size);
  size_t n;
  MEASURE(s->size * 8, "shingle", s->size,
          n = k->shingle_features(s->numbers, s->size, s->width, &s->keys, out));
  KEEP(out, n);
})

// Signatures.
KERNEL(oph_signature, LEVELLED, ON_NUMBERS, {
  uint32_t *out = OUT(uint32_t, SIDIK_OPH_SLOTS);
  size_t full;
  MEASURE(s->size * 8, "feature", s->size,
          full = k->oph_signature(s->numbers, s->size, s->latin, out));
  VALUE(full);
  KEEP(out, SIDIK_OPH_SLOTS);
})
KERNEL(affine32_signature, LEVELLED, ON_NUMBERS, {
  uint32_t *out = OUT(uint32_t, s->slots);
  MEASURE(s->size * 4, "hash", s->size,
          k->affine32_signature(s->hashes, s->size, s->a32, s->b32, s->slots, out));
  KEEP(out, s->slots);
})
KERNEL(legacy_signature, LEVELLED, ON_NUMBERS, {
  uint32_t *out = OUT(uint32_t, s->slots);
  MEASURE(s->size * 4, "hash", s->size,
          k->legacy_signature(s->hashes, s->size, s->a64, s->b64, s->slots, out));
  KEEP(out, s->slots);
})
KERNEL(simhash, LEVELLED, ON_NUMBERS, {
  uint64_t hash;
  MEASURE(s->size * 8, "feature", s->size, hash = k->simhash(s->numbers, s->size));
  VALUE(hash);
})
KERNEL(equal_slots, LEVELLED, ON_NUMBERS, {
  size_t n;
  MEASURE(s->slots * 8, "slot", s->slots,
          n = k->equal_slots(s->signature, s->signature2, s->slots));
  VALUE(n);
})
KERNEL(band_keys, LEVELLED, ON_NUMBERS, {
  uint64_t *out = OUT(uint64_t, s->bands);
  MEASURE(s->slots * 4, "band", s->bands, k->band_keys(s->signature, s->bands, s->rows, out));
  KEEP(out, s->bands);
})
KERNEL(band_column, LEVELLED, ON_NUMBERS, {
  const size_t n = s->size / s->slots;
  uint64_t *out = OUT(uint64_t, n);
  MEASURE(n * s->rows * 4, "signature", n,
          k->band_column(s->hashes, n, s->slots, s->bands - 1, s->rows, out));
  KEEP(out, n);
})

// Sets and sequences.
KERNEL(sort_unique, LEVELLED, ON_NUMBERS, {
  uint64_t *values = COPIED(uint64_t, s->numbers, s->size);
  uint64_t *scratch = OUT(uint64_t, s->size);
  size_t n;
  MEASURE(s->size * 8, "feature", s->size, n = k->sort_unique(values, s->size, scratch));
  KEEP(values, n);
})
KERNEL(mixed_below, LEVELLED, ON_NUMBERS, {
  uint64_t *out = OUT(uint64_t, s->size);
  size_t n;
  MEASURE(s->size * 8, "feature", s->size,
          n = k->mixed_below(s->numbers, s->size, UINT64_MAX / 8, out));
  KEEP(out, n);
})
KERNEL(intersection_count, LEVELLED, ON_NUMBERS, {
  size_t n;
  MEASURE((s->set_count + s->copy_set_count) * 8, "feature", s->set_count + s->copy_set_count,
          n = k->intersection_count(s->set, s->set_count, s->copy_set, s->copy_set_count));
  VALUE(n);
  VALUE(k->intersection_count(s->set, s->set_count, s->few, s->few_count));
  VALUE(k->intersection_count(s->few, s->few_count, s->copy_set, s->copy_set_count));
})
KERNEL(gram_index, LEVELLED, ON_NUMBERS, {
  INDEX(index);
  size_t n;
  MEASURE(s->size * 8, "gram", s->size, n = k->gram_index(index));
  VALUE(n);
  KEEP(index.places, s->size);
  KEEP(index.slots, (size_t)1 << s->table_bits);
})
KERNEL(gram_weigh, LEVELLED, ON_NUMBERS, {
  INDEX(index);
  VALUE(k->gram_index(index));
  MEASURE(s->size * 8, "gram", s->size, k->gram_weigh(index, s->weights));
  KEEP(index.places, s->size);
})
KERNEL(gram_census, LEVELLED, ON_NUMBERS, {
  uint64_t *table = OUT(uint64_t, (size_t)1 << s->table_bits);
  uint64_t *distinct = OUT(uint64_t, s->size);
  uint64_t sum;
  size_t n;
  MEASURE(s->size * 8, "gram", s->size,
          n = k->gram_census(s->numbers, s->size, table, s->table_bits, s->weights, distinct, &sum));
  VALUE(sum);
  KEEP(distinct, n);
})
KERNEL(gram_shared, LEVELLED, ON_NUMBERS, {
  INDEX(index);
  uint64_t sum;
  size_t n;
  VALUE(k->gram_index(index));
  k->gram_weigh(index, s->weights);
  MEASURE(s->copy_count * 8, "gram", s->copy_count,
          n = k->gram_shared(s->copy, s->copy_count, index, 7, &sum));
  VALUE(n);
  VALUE(sum);
})
KERNEL(gram_passages, LEVELLED, ON_NUMBERS, {
  INDEX(index);
  sidik_passage *lanes = OUT(sidik_passage, SIDIK_PASSAGE_LANES);
  sidik_passage *found = OUT(sidik_passage, 2 * s->copy_count + SIDIK_PASSAGE_LANES);
  size_t n;
  VALUE(k->gram_index(index));
  memset(lanes, 0, sizeof *lanes * SIDIK_PASSAGE_LANES);
  MEASURE(s->copy_count * 8, "gram", s->copy_count,
          n = k->gram_passages(s->copy, s->copy_count, index, &s->rule, lanes, found));
  KEEP(found, n);
  for (size_t lane = 0; lane < SIDIK_PASSAGE_LANES; lane++) VALUE(lanes[lane].matches);
})
KERNEL(digest128, LEVELLED, ON_NUMBERS, {
  uint64_t *out = OUT(uint64_t, 2);
  MEASURE(s->size, "byte", s->size, k->digest128(s->bytes, s->size, &s->keys, out));
  KEEP(out, 2);
})
