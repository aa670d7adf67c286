#include "sidik_records.h"

#include <string.h>

#define ONES 0x0101010101010101ULL
#define HIGHS 0x8080808080808080ULL

static inline uint64_t zero_bytes(uint64_t v) { return (v - ONES) & ~v & HIGHS; }

/* The first delimiter or line feed at or after i; n if there is none. */
static inline size_t next_break(const uint8_t *p, size_t i, size_t n, uint8_t delimiter) {
  const uint64_t a = ONES * delimiter, b = ONES * '\n';
  while (i + 8 <= n) {
    uint64_t v;
    memcpy(&v, p + i, 8);
    if ((zero_bytes(v ^ a) | zero_bytes(v ^ b)) != 0) break;
    i += 8;
  }
  while (i < n && p[i] != delimiter && p[i] != '\n') i++;
  return i;
}

/* The end of the quoted part that begins after the quote at p[i - 1]: the offset of its closing
   quote, or n. */
static inline size_t closing_quote(const uint8_t *p, size_t i, size_t n, int *doubled) {
  for (;;) {
    const uint8_t *q = i < n ? memchr(p + i, '"', n - i) : NULL;
    if (q == NULL) return n;
    i = (size_t)(q - p);
    if (i + 1 < n && p[i + 1] == '"') {
      *doubled = 1;
      i += 2;
      continue;
    }
    return i;
  }
}

void sidik_csv_scan_row(const uint8_t *p, size_t n, uint8_t delimiter, sidik_csv_field *fields,
                        size_t cap, sidik_csv_row *out) {
  memset(out, 0, sizeof *out);
  out->ending = SIDIK_CSV_PART;
  size_t i = 0;
  for (;;) {
    sidik_csv_field f = {i, i, SIDIK_CSV_PLAIN};
    size_t stop;
    if (i < n && p[i] == '"') {
      int doubled = 0;
      size_t close = closing_quote(p, i + 1, n, &doubled);
      out->open_quote = i;
      if (close == n) {
        out->ending = SIDIK_CSV_OPEN_QUOTE;
        out->lines += sidik_count_byte(p + i, n - i, '\n');
        f.kind = SIDIK_CSV_MESSY;
        f.end = n;
        if (out->count < cap) fields[out->count] = f;
        out->count++;
        out->next = n;
        return;
      }
      out->lines += sidik_count_byte(p + i, close - i, '\n');
      stop = next_break(p, close + 1, n, delimiter);
      size_t end = stop;
      if ((stop == n || p[stop] == '\n') && end > close + 1 && p[end - 1] == '\r') end--;
      if (end == close + 1) {
        f.start = i + 1;
        f.end = close;
        f.kind = doubled ? SIDIK_CSV_DOUBLED : SIDIK_CSV_PLAIN;
      } else {
        f.end = end;
        f.kind = SIDIK_CSV_MESSY;
      }
    } else {
      stop = next_break(p, i, n, delimiter);
      f.end = stop;
      if ((stop == n || p[stop] == '\n') && f.end > f.start && p[f.end - 1] == '\r') f.end--;
    }
    if (out->count < cap) fields[out->count] = f;
    out->count++;
    if (stop >= n) {
      out->next = n;
      return;
    }
    i = stop + 1;
    if (p[stop] == '\n') {
      out->lines++;
      out->next = i;
      out->ending = SIDIK_CSV_WHOLE;
      return;
    }
  }
}

size_t sidik_csv_unquote(uint8_t *p, size_t n, int messy) {
  size_t from = 0, to = 0;
  int quoted = 1;
  if (messy && n > 0 && p[0] == '"') from = 1;
  while (from < n) {
    if (quoted && p[from] == '"') {
      if (from + 1 < n && p[from + 1] == '"') {
        from++;
      } else if (messy) {
        quoted = 0;
        from++;
        continue;
      }
    }
    p[to++] = p[from++];
  }
  return to;
}

size_t sidik_count_byte(const uint8_t *p, size_t n, uint8_t byte) {
  size_t total = 0;
  while (n > 0) {
    size_t block = n < 255 ? n : 255;
    uint8_t part = 0;
    for (size_t i = 0; i < block; i++) part = (uint8_t)(part + (p[i] == byte));
    total += part;
    p += block;
    n -= block;
  }
  return total;
}
