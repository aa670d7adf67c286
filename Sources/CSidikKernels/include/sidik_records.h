#ifndef SIDIK_RECORDS_H
#define SIDIK_RECORDS_H

#include <stddef.h>
#include <stdint.h>

/* CSV rows (RFC 4180, lenient with stray quotes), encodings, counts. Pure functions: no
   allocation, no state; n = 0 is allowed everywhere. */

/* How a field's bytes become its text. */
enum {
  SIDIK_CSV_PLAIN = 0,   /* as they stand */
  SIDIK_CSV_DOUBLED = 1, /* inside the quotes, doubled quotes to be halved */
  SIDIK_CSV_MESSY = 2    /* from the opening quote on: sidik_csv_unquote with messy = 1 */
};

typedef struct sidik_csv_field {
  size_t start, end;
  uint8_t kind;
} sidik_csv_field;

/* How a row ends. */
enum {
  SIDIK_CSV_WHOLE = 0,      /* by a line feed */
  SIDIK_CSV_PART = 1,       /* the bytes ran out outside quotes */
  SIDIK_CSV_OPEN_QUOTE = 2  /* the bytes ran out inside quotes */
};

typedef struct sidik_csv_row {
  size_t next;       /* offset just after the row and its terminator */
  size_t count;      /* fields there are; more than cap means: call again with room */
  size_t lines;      /* line feeds in the row, its terminator included */
  size_t open_quote; /* where the last quoted field began */
  int ending;
} sidik_csv_row;

/* Scans the row that begins at p[0]; lists at most cap fields. A quote opens a field only as its
   first byte; after the closing quote anything up to the delimiter is taken as it stands. */
void sidik_csv_scan_row(const uint8_t *p, size_t n, uint8_t delimiter, sidik_csv_field *fields,
                        size_t cap, sidik_csv_row *out);

/* Makes a field's text in place and returns its length. */
size_t sidik_csv_unquote(uint8_t *p, size_t n, int messy);

/* How often a byte occurs. */
size_t sidik_count_byte(const uint8_t *p, size_t n, uint8_t byte);

/* How many UTF-16 units (or, with `units` 0, scalars) the UTF-8 or WTF-8 stands for. */
size_t sidik_count_scalars(const uint8_t *p, size_t n, int units);

/* The length of the run of ASCII bytes at p[0]. */
size_t sidik_ascii_prefix(const uint8_t *p, size_t n);

typedef struct sidik_utf8_census {
  size_t broken;    /* bytes that belong to no well-formed sequence (Unicode 15, table 3-7) */
  size_t first;     /* where the first of them stands */
  size_t sequences; /* well-formed sequences of two bytes and more */
  size_t damaged;   /* broken bytes that look like damaged UTF-8: cut sequences, FE, FF */
  size_t latin;     /* broken bytes that look like Windows-1252 */
} sidik_utf8_census;

/* Counts what is and what is not UTF-8. */
void sidik_utf8_count(const uint8_t *p, size_t n, sidik_utf8_census *out);

/* UTF-16 to WTF-8 (UTF-8 in which lone surrogates are kept as three bytes). dst has room for
   3 * (n / 2) + 3 bytes. *consumed stops before a high surrogate or odd byte at the end, unless
   `final` is set (an odd byte is then left alone). Returns the bytes written. */
size_t sidik_utf16_to_wtf8(const uint8_t *p, size_t n, int big_endian, int final, uint8_t *dst,
                           size_t *consumed);

/* The way back; dst has room for 2 * n bytes. Exact for what the function above wrote. */
size_t sidik_wtf8_to_utf16(const uint8_t *p, size_t n, int big_endian, uint8_t *dst);

/* Windows-1252 as browsers read it (the five unassigned bytes are C1 controls), so that every
   byte has a scalar and the way back is exact. dst has room for 3 * n bytes. */
size_t sidik_cp1252_to_utf8(const uint8_t *p, size_t n, uint8_t *dst);

/* The way back; dst has room for n bytes. A scalar that Windows-1252 lacks becomes '?'. */
size_t sidik_utf8_to_cp1252(const uint8_t *p, size_t n, uint8_t *dst);

#endif
