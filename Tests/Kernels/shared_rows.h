/// Functions that every machine has once: the normaliser's scans, JSON, CSV and encodings. What
/// stands here is held equal between machines, and against guard pages.

// The normaliser.
KERNEL(sidik_find_suspicion, SHARED, ON_TEXT, {
  uint64_t sum = 0;
  MEASURE(s->text_size, "byte", s->text_size, {
    for (size_t at = 6; at < s->text_size; at++) {
      at = sidik_find_suspicion(s->text, at, s->text_size);
      sum = sum * 31 + at;
    }
  });
  VALUE(sum);
})
KERNEL(sidik_find_sign, SHARED, ON_TEXT, {
  uint64_t sum = 0;
  MEASURE(s->raw_size, "byte", s->raw_size, {
    for (size_t at = 1; at < s->raw_size; at++) {
      at = sidik_find_sign(s->raw, at, s->raw_size);
      sum = sum * 31 + at;
    }
  });
  VALUE(sum);
})
KERNEL(sidik_count_between, SHARED, ON_TEXT, {
  size_t n;
  MEASURE(s->text_size, "byte", s->text_size,
          n = sidik_count_between(s->text, s->text_size, 'e', 9));
  VALUE(n);
  VALUE(sidik_count_between(s->bytes, s->size, 0xC2, 0x33));
})
KERNEL(sidik_count_scripts, SHARED, ON_TEXT, {
  size_t counts[2];
  MEASURE(s->raw_size, "byte", s->raw_size,
          sidik_count_scripts(s->raw, s->raw_size, &counts[0], &counts[1]));
  VALUE(counts[0]);
  VALUE(counts[1]);
})

// Records.
KERNEL(sidik_json_walk_members, SHARED, ON_TEXT, {
  sidik_json_member *members = OUT(sidik_json_member, 8);
  sidik_json_walk walk;
  MEASURE(s->json_size, "byte", s->json_size,
          sidik_json_walk_members(s->json, s->json_size, 0, members, 8, &walk));
  VALUE(walk.count);
  VALUE(walk.fault);
  VALUE(walk.fault ? walk.fault_offset : walk.end);
  VALUE(walk.controls);
  for (size_t i = 0; i < walk.count && i < 8 && !walk.fault; i++) {
    VALUE(members[i].key_start << 32 | members[i].key_end);
    VALUE(members[i].value_start << 32 | members[i].value_end);
    VALUE(members[i].kind << 2 | members[i].key_escaped << 1 | members[i].value_escaped);
    if (members[i].kind != SIDIK_JSON_STRING) continue;
    const size_t length = members[i].value_end - members[i].value_start;
    uint8_t *text = COPIED(uint8_t, s->json + members[i].value_start, length);
    size_t lone = 0;
    const size_t n = sidik_json_unescape(text, length, &lone);
    KEEP(text, n);
    VALUE(lone);
  }
})
KERNEL(sidik_json_value_end, SHARED, ON_TEXT, {
  size_t end = 0;
  int outcome;
  MEASURE(s->json_size, "byte", s->json_size,
          outcome = sidik_json_value_end(s->json, s->json_size, &end));
  VALUE(outcome);
  VALUE(outcome == SIDIK_JSON_PART ? 0 : end);
})
KERNEL(sidik_csv_scan_row, SHARED, ON_TEXT, {
  sidik_csv_field *fields = OUT(sidik_csv_field, 16);
  size_t rows = 0;
  MEASURE(s->csv_size, "byte", s->csv_size, {
    for (size_t at = 0; at < s->csv_size; rows++) {
      sidik_csv_row row;
      sidik_csv_scan_row(s->csv + at, s->csv_size - at, ',', fields, 16, &row);
      VALUE(row.next);
      VALUE(row.count << 2 | (size_t)row.ending);
      for (size_t i = 0; i < row.count && i < 16; i++) VALUE(fields[i].start ^ fields[i].end << 32);
      if (row.next == 0) break;
      at += row.next;
    }
  });
  VALUE(rows);
})
KERNEL(sidik_csv_unquote, SHARED, ON_TEXT, {
  uint8_t *text = COPIED(uint8_t, s->csv, s->csv_size);
  size_t n;
  MEASURE(s->csv_size, "byte", s->csv_size, n = sidik_csv_unquote(text, s->csv_size, 1));
  KEEP(text, n);
})

// Encodings.
KERNEL(sidik_count_byte, SHARED, ON_TEXT, {
  size_t n;
  MEASURE(s->text_size, "byte", s->text_size, n = sidik_count_byte(s->text, s->text_size, ' '));
  VALUE(n);
})
KERNEL(sidik_count_scalars, SHARED, ON_TEXT, {
  size_t n;
  MEASURE(s->text_size, "byte", s->text_size, n = sidik_count_scalars(s->text, s->text_size, 1));
  VALUE(n);
  VALUE(sidik_count_scalars(s->text, s->text_size, 0));
})
KERNEL(sidik_ascii_prefix, SHARED, ON_TEXT, {
  size_t n;
  MEASURE(n, "byte", n, n = sidik_ascii_prefix(s->raw, s->raw_size));
  VALUE(n);
})
KERNEL(sidik_utf8_count, SHARED, ON_TEXT, {
  sidik_utf8_census census;
  memset(&census, 0, sizeof census);
  MEASURE(s->raw_size, "byte", s->raw_size, sidik_utf8_count(s->raw, s->raw_size, &census));
  VALUE(census.broken);
  VALUE(census.sequences);
  memset(&census, 0, sizeof census);
  sidik_utf8_count(s->bytes, s->size, &census);
  VALUE(census.broken);
  VALUE(census.broken ? census.first : 0);
  VALUE(census.sequences);
  VALUE(census.damaged ^ census.latin << 32);
})
KERNEL(sidik_utf16_to_wtf8, SHARED, ON_NUMBERS, {
  uint8_t *out = OUT(uint8_t, 3 * (s->size / 2) + 3);
  uint8_t *back = OUT(uint8_t, 2 * (3 * (s->size / 2) + 3));
  size_t consumed;
  size_t n;
  MEASURE(s->size, "byte", s->size,
          n = sidik_utf16_to_wtf8(s->bytes, s->size, 0, 1, out, &consumed));
  VALUE(consumed);
  KEEP(out, n);
  const size_t units = sidik_wtf8_to_utf16(out, n, 0, back);
  KEEP(back, units);
})
KERNEL(sidik_cp1252_to_utf8, SHARED, ON_NUMBERS, {
  uint8_t *out = OUT(uint8_t, 3 * s->size);
  size_t n;
  MEASURE(s->size, "byte", s->size, n = sidik_cp1252_to_utf8(s->bytes, s->size, out));
  KEEP(out, n);
  uint8_t *back = OUT(uint8_t, n);
  const size_t m = sidik_utf8_to_cp1252(out, n, back);
  KEEP(back, m);
})

// Counts that threads share.
KERNEL(sidik_sieve_add, SHARED, ON_NUMBERS, {
  uint8_t *cells = OUT(uint8_t, 1024);
  memset(cells, 0, 1024);
  MEASURE(s->size * 8, "hash", s->size, sidik_sieve_add(cells, 54, 77, s->numbers, s->size));
  sidik_sieve_add(cells, 54, 77, s->copy, s->copy_count);
  KEEP(cells, 1024);
})
KERNEL(sidik_sieve_reached, SHARED, ON_NUMBERS, {
  uint8_t *cells = OUT(uint8_t, 1024);
  uint32_t *places = OUT(uint32_t, s->copy_count);
  size_t n;
  memset(cells, 0, 1024);
  sidik_sieve_add(cells, 54, 77, s->numbers, s->size);
  MEASURE(s->copy_count * 8, "hash", s->copy_count,
          n = sidik_sieve_reached(cells, 54, 77, 3, s->copy, s->copy_count, places));
  KEEP(places, n);
})

// Entries of an index.
KERNEL(sidik_merge_sorted, SHARED, ON_NUMBERS, {
  const size_t n = s->set_count + s->copy_set_count;
  uint64_t *out = OUT(uint64_t, n);
  MEASURE(n * 8, "number", n,
          sidik_merge_sorted(s->set, s->set_count, s->copy_set, s->copy_set_count, out));
  KEEP(out, n);
})
