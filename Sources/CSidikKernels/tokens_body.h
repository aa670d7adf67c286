// Words of a normalised text and the shingles over them. Included by kernels_body.h once a level.

/// The tokens found so far.
typedef struct token_walk {
  const uint8_t *text;
  size_t n;
  const uint64_t *keys;
  /// Where the open token begins.
  size_t start;
  uint64_t *out;
} token_walk;

/// Ends the open token, if it has begun.
SIDIK_TARGET
static inline __attribute__((always_inline)) void close_token(token_walk *walk, size_t end) {
  const size_t length = end - walk->start;
  if (length == 0) return;
  const uint8_t *token = walk->text + walk->start;
  *walk->out++ = walk->start + 16 <= walk->n ? sidik_open_token_hash(token, length, walk->keys)
                                             : sidik_token_hash(token, length, walk->keys);
}

/// Takes a character of three bytes or more, which may be a word by itself.
SIDIK_TARGET
static inline __attribute__((always_inline)) void take_long(token_walk *walk, size_t at) {
  const uint8_t *text = walk->text;
  size_t length;
  const uint32_t scalar = decode_one(text + at, &length);
  if (!(sidik_script_flags(scalar) & SIDIK_SCALAR_NO_SPACE)) return;
  close_token(walk, at);
  const uint64_t bytes = length == 3 ? (uint64_t)text[at] | (uint64_t)text[at + 1] << 8 |
                                           (uint64_t)text[at + 2] << 16
                                     : sidik_load32(text + at);
  *walk->out++ = sidik_short_token_hash(bytes, 0, length, walk->keys);
  walk->start = at + length;
}

#if defined(SIDIK_MASKS_AVX512)
static const _Alignas(64) uint8_t byte_order[64] = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
#endif

/// The places of the bits of a mask, from `base` on. Up to 64 entries of `out` are written.
SIDIK_TARGET
static inline size_t list_bits(uint64_t mask, uint64_t base, uint64_t *out) {
  const size_t count = (size_t)__builtin_popcountll(mask);
#if defined(SIDIK_MASKS_AVX512)
  __m512i order = _mm512_maskz_compress_epi8(mask, _mm512_load_si512(byte_order));
  const __m512i from = _mm512_set1_epi64((long long)base);
  for (size_t done = 0; done < count; done += 16) {
    const __m128i part = _mm512_castsi512_si128(order);
    const __m512i low = _mm512_cvtepu8_epi64(part);
    const __m512i high = _mm512_cvtepu8_epi64(_mm_srli_si128(part, 8));
    _mm512_storeu_si512(out + done, _mm512_add_epi64(low, from));
    _mm512_storeu_si512(out + done + 8, _mm512_add_epi64(high, from));
    order = _mm512_alignr_epi64(order, order, 2);
  }
#else
  for (size_t done = 0; done < count; done++, mask &= mask - 1) {
    out[done] = base + (size_t)__builtin_ctzll(mask);
  }
#endif
  return count;
}

/// Tokens of a text whose words all end at spaces; SIZE_MAX where a longer character stands.
///
/// The spaces are listed first, in `out`, and their words hashed in one loop: a loop over the
/// words of each block ends where the processor does not foresee it.
SIDIK_TARGET
static size_t spaced_tokens(token_walk *walk) {
  const uint8_t *text = walk->text;
  uint64_t *ends = walk->out;
  size_t count = 0;
  size_t at = 0;
  for (; at + SIDIK_MASK_BLOCK <= walk->n; at += SIDIK_MASK_BLOCK) {
    if (long_lead_mask(text + at)) return SIZE_MAX;
    count += list_bits(equal_mask(text + at, ' '), at, ends + count);
  }
  for (; at < walk->n; at++) {
    if (text[at] >= 0xE0) return SIZE_MAX;
    ends[count] = at;
    count += text[at] == ' ';
  }
  for (size_t k = 0; k < count; k++) {
    const size_t end = (size_t)ends[k];
    close_token(walk, end);
    walk->start = end + 1;
  }
  return count;
}

/// Tokens of any text.
SIDIK_TARGET
static void mixed_tokens(token_walk *walk) {
  const uint8_t *text = walk->text;
  size_t at = 0;
  for (; at + SIDIK_MASK_BLOCK <= walk->n; at += SIDIK_MASK_BLOCK) {
    // Bytes within a character are neither spaces nor long leads: no event is lost where a
    // character goes on in the next block.
    const uint64_t longs = long_lead_mask(text + at);
    for (uint64_t events = equal_mask(text + at, ' ') | longs; events; events &= events - 1) {
      const size_t place = at + (size_t)__builtin_ctzll(events);
      if (longs & events & -events) {
        take_long(walk, place);
      } else {
        close_token(walk, place);
        walk->start = place + 1;
      }
    }
  }
  for (; at < walk->n; at++) {
    if (text[at] == ' ') {
      close_token(walk, at);
      walk->start = at + 1;
    } else if (text[at] >= 0xE0) {
      take_long(walk, at);
    }
  }
}

SIDIK_TARGET
static size_t token_hashes(const uint8_t *text, size_t n, const sidik_hash_keys *keys,
                           uint64_t *out) {
  const uint64_t own_keys[3] = {keys->token[0], keys->token[1], keys->token[2]};
  token_walk walk = {.text = text, .n = n, .keys = own_keys, .out = out};
  if (spaced_tokens(&walk) == SIZE_MAX) mixed_tokens(&walk);
  if (walk.start < n) close_token(&walk, n);
  return (size_t)(walk.out - out);
}

/// Shingles of a length that the compiler may know. `out` may be `tokens`.
SIDIK_TARGET
static inline __attribute__((always_inline)) void uniform_shingles(const uint64_t *tokens,
                                                                   size_t count, size_t length,
                                                                   const sidik_hash_keys *keys,
                                                                   uint64_t *out) {
  const uint64_t multiplier = keys->multiplier;
  const uint64_t finish = keys->finish;
  size_t i = 0;
#if defined(SIDIK_MASKS_AVX512)
  // Eight at a time, all read before the first is written.
  typedef uint64_t lanes __attribute__((vector_size(64)));
  for (; i + 8 <= count; i += 8) {
    lanes hash = {0};
    for (size_t j = 0; j < length; j++) {
      lanes token;
      memcpy(&token, tokens + i + j, sizeof token);
      hash = hash * multiplier + token;
    }
    hash ^= hash >> 32;
    hash *= finish;
    hash ^= hash >> 29;
    memcpy(out + i, &hash, sizeof hash);
  }
#endif
  for (; i < count; i++) {
    uint64_t hash = 0;
    for (size_t j = 0; j < length; j++) hash = hash * multiplier + tokens[i + j];
    out[i] = sidik_finish(hash, finish);
  }
}

SIDIK_TARGET
static size_t shingle_features(const uint64_t *tokens, size_t n, uint32_t width,
                               const sidik_hash_keys *keys, uint64_t *out) {
  if (n == 0) return 0;
  const size_t length = n < width ? n : width;
  const size_t count = n - length + 1;
  if (length == 5) {
    uniform_shingles(tokens, count, 5, keys, out);
  } else {
    uniform_shingles(tokens, count, length, keys, out);
  }
  return count;
}
