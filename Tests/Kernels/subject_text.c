/// Texts of all scripts, JSON and CSV round them.
#include <string.h>

#include "subject.h"

static size_t put_scalar(uint32_t c, uint8_t *out) {
  if (c < 0x80) {
    out[0] = (uint8_t)c;
    return 1;
  }
  if (c < 0x800) {
    out[0] = (uint8_t)(0xC0 | c >> 6);
    out[1] = (uint8_t)(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = (uint8_t)(0xE0 | c >> 12);
    out[1] = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    out[2] = (uint8_t)(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = (uint8_t)(0xF0 | c >> 18);
  out[1] = (uint8_t)(0x80 | (c >> 12 & 0x3F));
  out[2] = (uint8_t)(0x80 | (c >> 6 & 0x3F));
  out[3] = (uint8_t)(0x80 | (c & 0x3F));
  return 4;
}

/// First and last scalars of blocks: every script that the flags of scalars tell apart, and the
/// edges where an encoding changes its length.
static const uint32_t blocks[][2] = {
    {'a', 'z'},           {'0', '9'},           {0x7E, 0x82},         {0xC0, 0x24F},
    {0x300, 0x36F},       {0x391, 0x3C9},       {0x400, 0x4FF},       {0x5D0, 0x5EA},
    {0x620, 0x64A},       {0x7F0, 0x810},       {0x905, 0x939},       {0xDF0, 0xE3A},
    {0xE80, 0xF02},       {0xFFE, 0x1010},      {0x109E, 0x10A2},     {0x177E, 0x1785},
    {0x17FD, 0x1803},     {0x1E00, 0x1EFF},     {0x200B, 0x2026},     {0x2E7E, 0x2E85},
    {0x3041, 0x30FF},     {0x312E, 0x3192},     {0x4DBD, 0x4E02},     {0x4E00, 0x9FFF},
    {0x9FFD, 0xA003},     {0xA9DE, 0xAA02},     {0xAA5E, 0xAA82},     {0xABFE, 0xD7A5},
    {0xD7FE, 0xD7FF},     {0xE000, 0xE002},     {0xF8FE, 0xFB02},     {0xFF01, 0xFF5E},
    {0xFFFC, 0x10003},    {0x1AFFE, 0x1B002},   {0x1B16E, 0x1B172},   {0x1D400, 0x1D433},
    {0x1F300, 0x1F64F},   {0x1FFFE, 0x20005},   {0x2A6D0, 0x2A6DF},   {0x3FFFD, 0x40002},
    {0x10FFFD, 0x10FFFF},
};

static uint32_t scalar_of(generator *g, size_t first, size_t count) {
  const uint32_t *block = blocks[first + below(g, count)];
  return block[0] + (uint32_t)below(g, block[1] - block[0] + 1);
}

enum { ALL_BLOCKS = sizeof blocks / sizeof blocks[0] };

/// A letter of the text's kind.
static uint32_t letter(generator *g, size_t kind) {
  switch (kind) {
  case 0: return 'a' + (uint32_t)below(g, 26);
  case 1: return below(g, 70) ? 'a' + (uint32_t)below(g, 26) : 0x2013 + (uint32_t)below(g, 12);
  case 2: return 0x430 + (uint32_t)below(g, 32);
  case 3: return 0x4E00 + (uint32_t)below(g, 900);
  case 4: return 0xE01 + (uint32_t)below(g, 46);
  case 5: return 0xAC00 + (uint32_t)below(g, 2000);
  case 6: return scalar_of(g, ALL_BLOCKS - 9, 9);
  case 7: return 'q';
  case 8: return below(g, 40) ? ' ' : scalar_of(g, 0, ALL_BLOCKS);
  case 9: return below(g, 30) ? 'a' + (uint32_t)below(g, 3) : scalar_of(g, 18, 14);
  default: return scalar_of(g, 0, ALL_BLOCKS);
  }
}

/// The length of the next word: short ones, and now and then one longer than any register.
static size_t word_length(generator *g, size_t kind) {
  if (kind == 7) return 1 + below(g, 200);
  if (kind == 10 && below(g, 9) == 0) return 60 + below(g, 30);
  return 1 + below(g, 5) + below(g, 9);
}

size_t make_text(generator *g, size_t kind, size_t size, int raw, uint8_t *out) {
  static const uint32_t ends[] = {'.', ',', '!', '?', ')', '"', '\n', '\t', 0x2019, 0x201D};
  size_t at = 0;
  while (at + 4 <= size) {
    for (size_t left = word_length(g, kind); left && at + 4 <= size; left--) {
      uint32_t c = letter(g, kind);
      if (raw && c >= 'a' && c <= 'z' && below(g, 12) == 0) c -= 32;
      at += put_scalar(c, out + at);
    }
    if (raw && at + 4 <= size && below(g, 6) == 0) {
      at += put_scalar(ends[below(g, kind == 0 ? 8 : 10)], out + at);
    }
    if (at + 4 <= size) out[at++] = ' ';
  }
  while (at < size) out[at++] = 'a' + (uint8_t)below(g, 26);
  return at;
}
