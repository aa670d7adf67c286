#ifndef SIDIK_JSON_H
#define SIDIK_JSON_H

#include <stddef.h>
#include <stdint.h>

/* JSON on bytes (RFC 8259): one object a call, no allocation, no recursion. */

/* How deep arrays and objects may nest inside a record. */
enum { SIDIK_JSON_MAX_DEPTH = 1024 };

/* What a value is. */
enum {
  SIDIK_JSON_STRING = 1,
  SIDIK_JSON_NUMBER = 2,
  SIDIK_JSON_TRUE = 3,
  SIDIK_JSON_FALSE = 4,
  SIDIK_JSON_NULL = 5,
  SIDIK_JSON_OBJECT = 6,
  SIDIK_JSON_ARRAY = 7
};

/* Why a record is not JSON. */
enum {
  SIDIK_JSON_FINE = 0,
  SIDIK_JSON_ENDS_EARLY = 1,
  SIDIK_JSON_NOT_OBJECT = 2,
  SIDIK_JSON_BAD_KEY = 3,
  SIDIK_JSON_NO_COLON = 4,
  SIDIK_JSON_BAD_VALUE = 5,
  SIDIK_JSON_BAD_NUMBER = 6,
  SIDIK_JSON_BAD_ESCAPE = 7,
  SIDIK_JSON_OPEN_STRING = 8,
  SIDIK_JSON_NO_COMMA = 9,
  SIDIK_JSON_MISMATCH = 10,
  SIDIK_JSON_TOO_DEEP = 11,
  SIDIK_JSON_TRAILING = 12
};

/* One member of an object (or element of an array, without a key). Offsets are relative to the
   record; those of a string stand inside its quotes. */
typedef struct sidik_json_member {
  size_t key_start, key_end;
  size_t value_start, value_end;
  uint8_t kind;          /* SIDIK_JSON_STRING ... SIDIK_JSON_ARRAY */
  uint8_t key_escaped;   /* the key holds a backslash */
  uint8_t value_escaped; /* the string holds a backslash */
} sidik_json_member;

/* The outcome of a walk. */
typedef struct sidik_json_walk {
  size_t count;         /* members there are; more than cap means: call again with room */
  size_t end;           /* offset just after the closing bracket, where fault is FINE */
  size_t fault_offset;  /* where the fault stands */
  size_t controls;      /* raw control characters inside strings (not JSON, but common) */
  size_t first_control; /* where the first of them stands */
  int fault;            /* SIDIK_JSON_FINE or a reason */
} sidik_json_walk;

/* Walks the n bytes at p, which must be one object (or, with `array` set, one array) with
   nothing but white space round it, and lists its direct members, at most cap of them.
   n = 0 is allowed (ENDS_EARLY). Every byte is checked against the grammar; raw control
   characters inside strings are counted, not refused. */
void sidik_json_walk_members(const uint8_t *p, size_t n, int array, sidik_json_member *members,
                             size_t cap, sidik_json_walk *out);

/* Replaces the escapes of a checked string in place; returns the new length, which is never
   larger than n. *lone is increased for every lone surrogate, written as U+FFFD. */
size_t sidik_json_unescape(uint8_t *p, size_t n, size_t *lone);

/* What a search for the end of a value met. */
enum { SIDIK_JSON_WHOLE = 0, SIDIK_JSON_PART = 1, SIDIK_JSON_BROKEN = 2 };

/* Finds the end of the value that begins at p[0] by strings and brackets alone. WHOLE: *end is
   just after it. PART: the bytes end inside it. BROKEN: a raw line feed inside a string, at
   *end. */
int sidik_json_value_end(const uint8_t *p, size_t n, size_t *end);

#endif
