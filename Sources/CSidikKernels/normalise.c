#include "include/sidik_normalise.h"

#include <string.h>

#include "utf8_encode.h"
#include "vectors16.h"

/* The scalar of two or three bytes at p, its length in *length; 0 for anything else. */
static inline uint32_t short_scalar(const uint8_t *p, size_t n, size_t *length) {
  const uint32_t a = p[0];
  if (a < 0xE0) {
    if (a < 0xC2 || n < 2 || (p[1] & 0xC0) != 0x80) return 0;
    *length = 2;
    return (a & 0x1F) << 6 | (p[1] & 0x3Fu);
  }
  if (a >= 0xF0 || n < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80) return 0;
  const uint32_t scalar = (a & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
  *length = 3;
  return scalar < 0x800 || (scalar & 0x1FF800) == 0xD800 ? 0 : scalar;
}

size_t sidik_fold_letters(const uint8_t *source, size_t start, size_t n, uint8_t *out, size_t *at,
                          const sidik_letter_rules *rules, sidik_open_word *word) {
  const sidik_letter_rules own = *rules;
  sidik_open_word open = *word;
  size_t o = *at;
  size_t i = start;
  while (i < n) {
    const uint8_t first = source[i];
    if (first < 0x80) {
      if (i + 1 >= n || source[i + 1] < 0x80) break;
      const uint8_t byte = own.ascii[first];
      i++;
      if (byte != 0x20) {
        out[o++] = byte;
        open.script = (uint8_t)((first | 0x20) - 'a') < 26;
        open.moved = 1;
        continue;
      }
      if (o > 0 && out[o - 1] != 0x20) out[o++] = 0x20;
      open = (sidik_open_word){.source = i, .output = o, .moved = 1};
      continue;
    }
    size_t length;
    const uint32_t scalar = short_scalar(source + i, n - i, &length);
    const uint32_t entry =
        own.entries[(uint32_t)own.stage[scalar >> 7] << 7 | (scalar & 127)];
    const uint32_t script = entry >> SIDIK_ENTRY_SCRIPT & 7;
    if (scalar == 0 || !(entry & own.wanted) || entry & own.unwanted ||
        own.guarded >> script & 1) {
      break;
    }
    o += put_scalar(out + o, (scalar + entry) & 0x1FFFFF);
    if (script) open.script = script;
    open.moved = 1;
    i += length;
  }
  *at = o;
  *word = open;
  return i;
}

/* The scalar of four bytes at p, its length in *length; 0 for anything else. */
static inline uint32_t long_scalar(const uint8_t *p, size_t n, size_t *length) {
  if (n < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80) return 0;
  const uint32_t scalar =
      (p[0] & 7u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
  if (p[0] > 0xF4 || scalar < 0x10000 || scalar > 0x10FFFF) return 0;
  *length = 4;
  return scalar;
}

/* What sidik_split_words has made so far. */
typedef struct splitting {
  uint8_t *folded;
  size_t length;
  uint32_t *starts, *ends;
  size_t count;
  uint32_t start; /* of the open word */
  uint32_t open;  /* 1 where a word is open */
} splitting;

/* Ends the open word, if there is one. */
static inline void end_word(splitting *made, size_t end) {
  made->starts[made->count] = made->start;
  made->ends[made->count] = (uint32_t)end;
  made->count += made->open;
  made->folded[made->length] = 0x20;
  made->length += made->open;
  made->open = 0;
}

/* Takes a scalar above ASCII; returns its length. */
static size_t split_scalar(splitting *made, const uint8_t *source, size_t i, size_t n,
                           const sidik_letter_rules *rules, uint32_t alone) {
  size_t length = 1;
  const uint32_t scalar = source[i] < 0xF0 ? short_scalar(source + i, n - i, &length)
                                           : long_scalar(source + i, n - i, &length);
  const uint32_t entry = rules->entries[(uint32_t)rules->stage[scalar >> 7] << 7 | (scalar & 127)];
  if (scalar == 0 || !(entry & (rules->wanted | rules->unwanted))) {
    end_word(made, i);
    return length;
  }
  if (entry & alone) end_word(made, i);
  if (!made->open) made->start = (uint32_t)i;
  made->open = 1;
  if (entry & rules->unwanted) {
    made->folded[made->length++] = 1;
  } else {
    made->length += put_scalar(made->folded + made->length, (scalar + entry) & 0x1FFFFF);
  }
  if (entry & alone) end_word(made, i + length);
  return length;
}

size_t sidik_split_words(const uint8_t *source, size_t n, const sidik_letter_rules *rules,
                         uint32_t alone, uint8_t *folded, size_t *length, uint32_t *starts,
                         uint32_t *ends) {
  const uint8_t *ascii = rules->ascii;
  splitting made = {.folded = folded, .starts = starts, .ends = ends};
  size_t i = 0;
  while (i < n) {
    const uint8_t first = source[i];
    if (first >= 0x80) {
      i += split_scalar(&made, source, i, n, rules, alone);
      continue;
    }
    /* No branch: where words end is not foreseen. */
    const uint8_t byte = ascii[first];
    const uint32_t in_word = byte != 0x20;
    made.folded[made.length] = byte;
    made.length += in_word | made.open;
    made.start = made.open ? made.start : (uint32_t)i;
    made.starts[made.count] = made.start;
    made.ends[made.count] = (uint32_t)i;
    made.count += made.open & ~in_word;
    made.open = in_word;
    i++;
  }
  end_word(&made, n);
  *length = made.length;
  return made.count;
}

size_t sidik_find_suspicion(const uint8_t *bytes, size_t start, size_t n) {
  size_t i = start;
  for (; i + 16 <= n; i += 16) {
    const uint8_t *p = bytes + i;
    v16 b = load(p), b1 = load(p - 1), b2 = load(p - 2);
    v16 b3 = load(p - 3), b4 = load(p - 4), b5 = load(p - 5), b6 = load(p - 6);
    v16 nine = all(0x39), space = all(0x20);
    v16 mixed = (between(b, 0x30, 10) & (v16)(b1 > nine)) | (between(b1, 0x30, 10) & (v16)(b > nine));
    v16 run = (v16)(b == b1) & (v16)(b == b2) & (v16)(b > all(0x40));
    v16 twin = (v16)(b == b2) & (v16)(b == b4) & (v16)(b1 == b3) & (v16)(b1 == b5) &
               (v16)(b1 > all(0xC0));
    v16 one = (v16)(b2 == space) & (v16)(b4 == space);
    v16 two = (v16)(b3 == space) & (v16)(b6 == space);
    if (any(mixed | run | twin | ((v16)(b == space) & (one | two)))) return i;
  }
  return i < n ? i : n;
}

size_t sidik_find_sign(const uint8_t *bytes, size_t start, size_t n) {
  size_t i = start;
  for (; i + 16 <= n; i += 16) {
    v16 b = load(bytes + i), before = load(bytes + i - 1) | all(0x20);
    v16 sign = (v16)(b == all(0x2F)) | (v16)(b == all(0x40)) | (v16)(b == all(0x24));
    v16 site = (v16)(b == all(0x2E)) & (v16)(before == all(0x77));
    if (any(sign | site)) return i;
  }
  return i < n ? i : n;
}

size_t sidik_count_between(const uint8_t *bytes, size_t n, uint8_t low, uint8_t count) {
  size_t found = 0, i = 0;
  while (i + 16 <= n) {
    v16 hits = {0};
    for (int round = 0; round < 255 && i + 16 <= n; round++, i += 16) {
      hits -= between(load(bytes + i), low, count);
    }
    found += sum(hits);
  }
  for (; i < n; i++) found += (uint8_t)(bytes[i] - low) < count;
  return found;
}

static inline v16 equal(v16 v, uint8_t byte) { return (v16)(v == all(byte)); }

/* Sixteen bytes and their successors: 0xFF where a letter of the kind begins. */
static inline v16 latin_letters(v16 a, v16 b) {
  v16 bold = equal(a, 0xF0) & equal(b, 0x9D);
  v16 wide = equal(a, 0xEF) & between(b, 0xBC, 2);
  return between(a | all(0x20), 0x61, 26) | bold | wide;
}

static inline v16 other_letters(v16 a, v16 b) {
  v16 cherokee = (equal(a, 0xE1) & between(b, 0x8E, 2)) | (equal(a, 0xEA) & between(b, 0xAD, 2));
  v16 lisu = equal(a, 0xEA) & equal(b, 0x93);
  v16 coptic = equal(a, 0xE2) & between(b, 0xB2, 2);
  v16 old = equal(a, 0xF0) & between(b, 0x90, 2);
  return between(a, 0xCE, 9) | cherokee | lisu | coptic | old;
}

void sidik_count_scripts(const uint8_t *bytes, size_t n, size_t *latin, size_t *others) {
  size_t letters = 0, leads = 0, i = 0;
  while (i + 17 <= n) {
    v16 found = {0}, strange = {0};
    for (int round = 0; round < 255 && i + 17 <= n; round++, i += 16) {
      v16 a = load(bytes + i), b = load(bytes + i + 1);
      found -= latin_letters(a, b);
      strange -= other_letters(a, b);
    }
    letters += sum(found);
    leads += sum(strange);
  }
  /* The rest, padded: a lane past the end counts nothing. */
  uint8_t rest[33] = {0};
  memcpy(rest, bytes + i, n - i);
  for (size_t at = 0; at < 32 && at < n - i; at += 16) {
    v16 a = load(rest + at), b = load(rest + at + 1);
    letters += sum((v16){0} - latin_letters(a, b));
    leads += sum((v16){0} - other_letters(a, b));
  }
  *latin = letters;
  *others = leads;
}
