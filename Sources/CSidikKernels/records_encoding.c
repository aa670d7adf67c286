#include "sidik_records.h"

#include <string.h>
#include "utf8_encode.h"

#define HIGHS 0x8080808080808080ULL

size_t sidik_ascii_prefix(const uint8_t *p, size_t n) {
  size_t i = 0;
  for (; i + 32 <= n; i += 32) {
    uint64_t v[4];
    memcpy(v, p + i, 32);
    if (((v[0] | v[1] | v[2] | v[3]) & HIGHS) != 0) break;
  }
  while (i < n && p[i] < 0x80) i++;
  return i;
}

size_t sidik_count_scalars(const uint8_t *p, size_t n, int units) {
  size_t total = 0;
  while (n > 0) {
    size_t block = n < 127 ? n : 127;
    uint8_t part = 0;
    for (size_t i = 0; i < block; i++)
      part = (uint8_t)(part + ((p[i] & 0xC0) != 0x80) + (units & (p[i] >= 0xF0)));
    total += part;
    p += block;
    n -= block;
  }
  return total;
}

/* The length of the well-formed sequence at p[0] (a byte >= 0x80), or 0; *kept is then how many
   of its bytes were still in order. */
static size_t sequence(const uint8_t *p, size_t n, size_t *kept) {
  uint8_t a = p[0], low = 0x80, high = 0xBF;
  size_t length;
  *kept = 1;
  if (a >= 0xC2 && a <= 0xDF) {
    length = 2;
  } else if (a >= 0xE0 && a <= 0xEF) {
    length = 3;
    if (a == 0xE0) low = 0xA0;
    if (a == 0xED) high = 0x9F;
  } else if (a >= 0xF0 && a <= 0xF4) {
    length = 4;
    if (a == 0xF0) low = 0x90;
    if (a == 0xF4) high = 0x8F;
  } else {
    return 0;
  }
  for (size_t k = 1; k < length; k++) {
    if (k >= n || p[k] < low || p[k] > high) return 0;
    low = 0x80;
    high = 0xBF;
    *kept = k + 1;
  }
  return length;
}

void sidik_utf8_count(const uint8_t *p, size_t n, sidik_utf8_census *out) {
  memset(out, 0, sizeof *out);
  size_t i = 0;
  while (i < n) {
    if (p[i] < 0x80) {
      i += sidik_ascii_prefix(p + i, n - i);
      continue;
    }
    size_t kept;
    size_t length = sequence(p + i, n - i, &kept);
    if (length > 0) {
      out->sequences++;
      i += length;
      continue;
    }
    if (out->broken == 0) out->first = i;
    out->broken += kept;
    uint8_t a = p[i];
    int unassigned = a == 0x81 || a == 0x8D || a == 0x8F || a == 0x90 || a == 0x9D;
    if (kept > 1 || a >= 0xFE || unassigned) out->damaged += 1;
    else out->latin += 1;
    i += kept;
  }
}

static inline uint32_t unit16(const uint8_t *p, int big_endian) {
  return big_endian ? (uint32_t)(p[0] << 8 | p[1]) : (uint32_t)(p[1] << 8 | p[0]);
}

size_t sidik_utf16_to_wtf8(const uint8_t *p, size_t n, int big_endian, int final, uint8_t *dst,
                           size_t *consumed) {
  size_t i = 0, to = 0;
  while (i + 2 <= n) {
    uint32_t c = unit16(p + i, big_endian);
    if (c >= 0xD800 && c < 0xDC00) {
      if (i + 4 > n && !final) break;
      uint32_t low = i + 4 <= n ? unit16(p + i + 2, big_endian) : 0;
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    i += 2;
    to += put_scalar(dst + to, c);
  }
  *consumed = i;
  return to;
}

/* The scalar (or lone surrogate) at p[0] of bytes that the functions here wrote; a byte that
   fits nothing stands for itself. */
static uint32_t get_scalar(const uint8_t *p, size_t n, size_t *length) {
  uint32_t a = p[0];
  if (a >= 0xC2 && a <= 0xDF && n >= 2) {
    *length = 2;
    return (a & 0x1F) << 6 | (p[1] & 0x3Fu);
  }
  if (a >= 0xE0 && a <= 0xEF && n >= 3) {
    *length = 3;
    return (a & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
  }
  if (a >= 0xF0 && a <= 0xF4 && n >= 4) {
    *length = 4;
    return (a & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
  }
  *length = 1;
  return a;
}

static inline void put_unit(uint8_t *d, uint32_t unit, int big_endian) {
  d[big_endian ? 0 : 1] = (uint8_t)(unit >> 8);
  d[big_endian ? 1 : 0] = (uint8_t)(unit & 0xFF);
}

size_t sidik_wtf8_to_utf16(const uint8_t *p, size_t n, int big_endian, uint8_t *dst) {
  size_t i = 0, to = 0;
  while (i < n) {
    size_t length;
    uint32_t c = get_scalar(p + i, n - i, &length);
    i += length;
    if (c >= 0x10000) {
      put_unit(dst + to, 0xD800 + ((c - 0x10000) >> 10), big_endian);
      put_unit(dst + to + 2, 0xDC00 + ((c - 0x10000) & 0x3FF), big_endian);
      to += 4;
    } else {
      put_unit(dst + to, c, big_endian);
      to += 2;
    }
  }
  return to;
}

/* What Windows-1252 has at 0x80-0x9F (WHATWG Encoding Standard, index windows-1252). */
static const uint16_t high_table[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

size_t sidik_cp1252_to_utf8(const uint8_t *p, size_t n, uint8_t *dst) {
  size_t i = 0, to = 0;
  while (i < n) {
    size_t run = sidik_ascii_prefix(p + i, n - i);
    memcpy(dst + to, p + i, run);
    to += run;
    i += run;
    for (; i < n && p[i] >= 0x80; i++)
      to += put_scalar(dst + to, p[i] < 0xA0 ? high_table[p[i] - 0x80] : p[i]);
  }
  return to;
}

size_t sidik_utf8_to_cp1252(const uint8_t *p, size_t n, uint8_t *dst) {
  size_t i = 0, to = 0;
  while (i < n) {
    size_t length;
    uint32_t c = get_scalar(p + i, n - i, &length);
    i += length;
    uint8_t byte = '?';
    if (c < 0x80 || (c >= 0xA0 && c <= 0xFF)) {
      byte = (uint8_t)c;
    } else {
      for (size_t k = 0; k < 32; k++)
        if (high_table[k] == c) byte = (uint8_t)(0x80 + k);
    }
    dst[to++] = byte;
  }
  return to;
}
