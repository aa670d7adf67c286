#include "sidik_json.h"

#include <string.h>
#include "utf8_encode.h"

/* Eight bytes at a time: the classic zero-byte test, exact for the lowest set byte. */
#define ONES 0x0101010101010101ULL
#define HIGHS 0x8080808080808080ULL

static inline uint64_t load64(const uint8_t *p) {
  uint64_t v;
  memcpy(&v, p, 8);
  return v;
}

static inline uint64_t zero_bytes(uint64_t v) { return (v - ONES) & ~v & HIGHS; }

/* Non-zero where the eight bytes hold a quote, a backslash or a control character. */
static inline uint64_t string_stops(uint64_t v) {
  return zero_bytes(v ^ (ONES * '"')) | zero_bytes(v ^ (ONES * '\\')) |
         ((v - ONES * 0x20) & ~v & HIGHS);
}

static inline int is_space(uint8_t c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static inline int hex_value(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = (uint8_t)(c | 0x20);
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

static inline int hex4(const uint8_t *p) {
  int a = hex_value(p[0]), b = hex_value(p[1]), c = hex_value(p[2]), d = hex_value(p[3]);
  if ((a | b | c | d) < 0) return -1;
  return (a << 12) | (b << 8) | (c << 4) | d;
}

/* The first quote, backslash or control character at or after i; n if there is none. */
static inline size_t next_stop(const uint8_t *p, size_t i, size_t n) {
  while (i + 8 <= n) {
    uint64_t stops = string_stops(load64(p + i));
    if (stops != 0) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
      return i + (size_t)(__builtin_ctzll(stops) >> 3);
#else
      break;
#endif
    }
    i += 8;
  }
  while (i < n && p[i] != '"' && p[i] != '\\' && p[i] >= 0x20) i++;
  return i;
}

/* Checks the string whose first byte inside the quotes is p[i]. Returns the offset of its
   closing quote; on a fault sets out->fault. */
static inline size_t walk_string(const uint8_t *p, size_t i, size_t n, uint8_t *escaped,
                                 sidik_json_walk *out) {
  for (;;) {
    i = next_stop(p, i, n);
    if (i >= n) break;
    uint8_t c = p[i];
    if (c == '"') return i;
    if (c < 0x20) {
      if (out->controls++ == 0) out->first_control = i;
      i++;
      continue;
    }
    *escaped = 1;
    if (i + 1 >= n) break;
    switch (p[i + 1]) {
    case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't':
      i += 2;
      continue;
    case 'u':
      if (i + 6 <= n && hex4(p + i + 2) >= 0) {
        i += 6;
        continue;
      }
      break;
    default:
      break;
    }
    out->fault = SIDIK_JSON_BAD_ESCAPE;
    out->fault_offset = i;
    return i;
  }
  out->fault = SIDIK_JSON_OPEN_STRING;
  out->fault_offset = n;
  return n;
}

static inline int is_digit(uint8_t c) { return c >= '0' && c <= '9'; }

/* The end of the number at p[i], or i if it is none. */
static size_t walk_number(const uint8_t *p, size_t i, size_t n) {
  size_t start = i;
  if (i < n && p[i] == '-') i++;
  if (i >= n || !is_digit(p[i])) return start;
  if (p[i] == '0') {
    i++;
  } else {
    while (i < n && is_digit(p[i])) i++;
  }
  if (i < n && p[i] == '.') {
    i++;
    if (i >= n || !is_digit(p[i])) return start;
    while (i < n && is_digit(p[i])) i++;
  }
  if (i < n && (p[i] == 'e' || p[i] == 'E')) {
    i++;
    if (i < n && (p[i] == '+' || p[i] == '-')) i++;
    if (i >= n || !is_digit(p[i])) return start;
    while (i < n && is_digit(p[i])) i++;
  }
  return i;
}

/* The literal or number at p[i]: its kind, and its end in *end; 0 if it is neither. */
static uint8_t walk_scalar(const uint8_t *p, size_t i, size_t n, size_t *end) {
  if (n - i >= 4 && memcmp(p + i, "true", 4) == 0) return *end = i + 4, SIDIK_JSON_TRUE;
  if (n - i >= 5 && memcmp(p + i, "false", 5) == 0) return *end = i + 5, SIDIK_JSON_FALSE;
  if (n - i >= 4 && memcmp(p + i, "null", 4) == 0) return *end = i + 4, SIDIK_JSON_NULL;
  *end = walk_number(p, i, n);
  return *end > i ? SIDIK_JSON_NUMBER : 0;
}

/* The bits that say which open bracket is an array. */
typedef struct nesting {
  uint64_t arrays[SIDIK_JSON_MAX_DEPTH / 64 + 1];
  size_t depth;
} nesting;

static inline int in_array(const nesting *s) {
  size_t k = s->depth - 1;
  return (int)((s->arrays[k >> 6] >> (k & 63)) & 1);
}

static inline void push(nesting *s, int array) {
  size_t k = s->depth++;
  uint64_t bit = 1ULL << (k & 63);
  if (array) s->arrays[k >> 6] |= bit;
  else s->arrays[k >> 6] &= ~bit;
}

/* Where the walk stands between two tokens. */
enum { WANT_KEY_OR_CLOSE, WANT_KEY, WANT_VALUE_OR_CLOSE, WANT_VALUE, WANT_COMMA_OR_CLOSE };

/* A walk under way: the bytes, the place, the open brackets and the member being read. */
typedef struct walk {
  const uint8_t *p;
  size_t n, i;
  int want;
  sidik_json_member m;
  sidik_json_member *members;
  size_t cap;
  sidik_json_walk *out;
  nesting stack;
} walk;

static void fail(walk *w, int fault, size_t offset) {
  w->out->fault = fault;
  w->out->fault_offset = offset;
}

static inline void skip_space(walk *w) {
  while (w->i < w->n && is_space(w->p[w->i])) w->i++;
}

static inline void keep_member(walk *w) {
  if (w->out->count < w->cap) w->members[w->out->count] = w->m;
  w->out->count++;
}

static inline void walk_close(walk *w, uint8_t c) {
  if (w->want == WANT_KEY || w->want == WANT_VALUE) return fail(w, SIDIK_JSON_BAD_VALUE, w->i);
  if (in_array(&w->stack) != (c == ']')) return fail(w, SIDIK_JSON_MISMATCH, w->i);
  w->stack.depth--;
  w->i++;
  w->want = WANT_COMMA_OR_CLOSE;
  if (w->stack.depth == 1) {
    w->m.value_end = w->i;
    keep_member(w);
  }
}

static inline void walk_key(walk *w) {
  if (w->p[w->i] != '"') return fail(w, SIDIK_JSON_BAD_KEY, w->i);
  uint8_t escaped = 0;
  size_t start = w->i + 1;
  size_t close = walk_string(w->p, start, w->n, &escaped, w->out);
  if (w->out->fault) return;
  if (w->stack.depth == 1) {
    w->m.key_start = start;
    w->m.key_end = close;
    w->m.key_escaped = escaped;
  }
  w->i = close + 1;
  skip_space(w);
  if (w->i >= w->n) return fail(w, SIDIK_JSON_ENDS_EARLY, w->n);
  if (w->p[w->i] != ':') return fail(w, SIDIK_JSON_NO_COLON, w->i);
  w->i++;
  w->want = WANT_VALUE;
}

static inline void walk_open(walk *w, uint8_t c) {
  if (w->stack.depth >= SIDIK_JSON_MAX_DEPTH) return fail(w, SIDIK_JSON_TOO_DEEP, w->i);
  if (w->stack.depth == 1) {
    w->m.kind = c == '{' ? SIDIK_JSON_OBJECT : SIDIK_JSON_ARRAY;
    w->m.value_start = w->i;
    w->m.value_escaped = 0;
  }
  push(&w->stack, c == '[');
  w->want = c == '[' ? WANT_VALUE_OR_CLOSE : WANT_KEY_OR_CLOSE;
  w->i++;
}

static inline void walk_value(walk *w, uint8_t c) {
  if (c == '{' || c == '[') return walk_open(w, c);
  uint8_t kind = SIDIK_JSON_STRING, escaped = 0;
  size_t start = w->i, end;
  if (c == '"') {
    start = w->i + 1;
    end = walk_string(w->p, start, w->n, &escaped, w->out);
    if (w->out->fault) return;
    w->i = end + 1;
  } else {
    kind = walk_scalar(w->p, start, w->n, &end);
    if (kind == 0) {
      int number = c == '-' || is_digit(c);
      return fail(w, number ? SIDIK_JSON_BAD_NUMBER : SIDIK_JSON_BAD_VALUE, start);
    }
    w->i = end;
  }
  w->want = WANT_COMMA_OR_CLOSE;
  if (w->stack.depth > 1) return;
  w->m.kind = kind;
  w->m.value_start = start;
  w->m.value_end = end;
  w->m.value_escaped = escaped;
  keep_member(w);
}

/* One token: a bracket, a comma, a name with its colon, or a value. */
static inline void walk_token(walk *w) {
  uint8_t c = w->p[w->i];
  if (c == '}' || c == ']') return walk_close(w, c);
  switch (w->want) {
  case WANT_COMMA_OR_CLOSE:
    if (c != ',') return fail(w, SIDIK_JSON_NO_COMMA, w->i);
    w->i++;
    w->want = in_array(&w->stack) ? WANT_VALUE : WANT_KEY;
    return;
  case WANT_KEY: case WANT_KEY_OR_CLOSE:
    return walk_key(w);
  default:
    return walk_value(w, c);
  }
}

void sidik_json_walk_members(const uint8_t *p, size_t n, int array, sidik_json_member *members,
                             size_t cap, sidik_json_walk *out) {
  memset(out, 0, sizeof *out);
  walk w;
  memset(&w.m, 0, sizeof w.m);
  w.p = p;
  w.n = n;
  w.i = 0;
  w.members = members;
  w.cap = cap;
  w.out = out;
  w.stack.depth = 0;
  skip_space(&w);
  if (w.i >= n) return fail(&w, SIDIK_JSON_ENDS_EARLY, w.i);
  if (p[w.i] != (array ? '[' : '{')) return fail(&w, SIDIK_JSON_NOT_OBJECT, w.i);
  push(&w.stack, array);
  w.i++;
  w.want = array ? WANT_VALUE_OR_CLOSE : WANT_KEY_OR_CLOSE;
  while (w.stack.depth > 0) {
    skip_space(&w);
    if (w.i >= n) return fail(&w, SIDIK_JSON_ENDS_EARLY, n);
    walk_token(&w);
    if (out->fault) return;
  }
  out->end = w.i;
  skip_space(&w);
  if (w.i < n) fail(&w, SIDIK_JSON_TRAILING, w.i);
}

size_t sidik_json_unescape(uint8_t *p, size_t n, size_t *lone) {
  size_t from = 0, to = 0;
  while (from < n) {
    uint8_t *slash = memchr(p + from, '\\', n - from);
    size_t run = slash == NULL ? n - from : (size_t)(slash - (p + from));
    if (to != from) memmove(p + to, p + from, run);
    to += run;
    from += run;
    if (from + 1 >= n) break;
    uint8_t c = p[from + 1];
    from += 2;
    switch (c) {
    case 'b': p[to++] = '\b'; continue;
    case 'f': p[to++] = '\f'; continue;
    case 'n': p[to++] = '\n'; continue;
    case 'r': p[to++] = '\r'; continue;
    case 't': p[to++] = '\t'; continue;
    case 'u': break;
    default: p[to++] = c; continue;
    }
    if (from + 4 > n) break;
    int unit = hex4(p + from);
    from += 4;
    uint32_t scalar = unit < 0 ? 0xFFFD : (uint32_t)unit;
    if (scalar >= 0xD800 && scalar < 0xE000) {
      int low = -1;
      if (scalar < 0xDC00 && from + 6 <= n && p[from] == '\\' && p[from + 1] == 'u')
        low = hex4(p + from + 2);
      if (low >= 0xDC00 && low < 0xE000) {
        scalar = 0x10000 + ((scalar - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
        from += 6;
      } else {
        scalar = 0xFFFD;
        (*lone)++;
      }
    }
    to += put_scalar(p + to, scalar);
  }
  return to;
}

int sidik_json_value_end(const uint8_t *p, size_t n, size_t *end) {
  size_t depth = 0;
  for (size_t i = 0; i < n; i++) {
    switch (p[i]) {
    case '"':
      for (i++;; i++) {
        i = next_stop(p, i, n);
        if (i >= n) return SIDIK_JSON_PART;
        if (p[i] == '"') break;
        if (p[i] == '\n') return *end = i, SIDIK_JSON_BROKEN;
        if (p[i] == '\\') {
          if (i + 1 < n && p[i + 1] == '\n') return *end = i + 1, SIDIK_JSON_BROKEN;
          i++;
        }
      }
      if (depth == 0) return *end = i + 1, SIDIK_JSON_WHOLE;
      break;
    case '{': case '[':
      depth++;
      break;
    case '}': case ']':
      if (depth == 0) return *end = i, SIDIK_JSON_WHOLE;
      if (--depth == 0) return *end = i + 1, SIDIK_JSON_WHOLE;
      break;
    case ',': case ' ': case '\t': case '\r': case '\n':
      if (depth == 0) return *end = i, SIDIK_JSON_WHOLE;
      break;
    default:
      break;
    }
  }
  return SIDIK_JSON_PART;
}
