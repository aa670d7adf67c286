/// Writing UTF-8, shared by the readers' C files.
#ifndef SIDIK_UTF8_ENCODE_H
#define SIDIK_UTF8_ENCODE_H

#include <stddef.h>
#include <stdint.h>

/* Writes one scalar as UTF-8 and returns the number of bytes. */
static inline size_t put_scalar(uint8_t *d, uint32_t c) {
  if (c < 0x80) {
    d[0] = (uint8_t)c;
    return 1;
  }
  if (c < 0x800) {
    d[0] = (uint8_t)(0xC0 | (c >> 6));
    d[1] = (uint8_t)(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    d[0] = (uint8_t)(0xE0 | (c >> 12));
    d[1] = (uint8_t)(0x80 | ((c >> 6) & 0x3F));
    d[2] = (uint8_t)(0x80 | (c & 0x3F));
    return 3;
  }
  d[0] = (uint8_t)(0xF0 | (c >> 18));
  d[1] = (uint8_t)(0x80 | ((c >> 12) & 0x3F));
  d[2] = (uint8_t)(0x80 | ((c >> 6) & 0x3F));
  d[3] = (uint8_t)(0x80 | (c & 0x3F));
  return 4;
}

#endif
