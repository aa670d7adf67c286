// ASCII to the form in which it is compared. Included by kernels_body.h once a level.
#include "vectors16.h"

#if defined(SIDIK_MASKS_AVX512)
/// The usual table on whole blocks of ASCII: what is dropped is pressed out of the block.
SIDIK_TARGET
static void fold_wide(const uint8_t *source, size_t n, uint8_t *out, size_t *from, size_t *to,
                      size_t *in_word) {
  size_t i = *from;
  size_t o = *to;
  uint64_t word = *in_word;
  const __m512i space = _mm512_set1_epi8(0x20);
  for (; i + 64 <= n; i += 64) {
    const __m512i bytes = _mm512_loadu_si512(source + i);
    if (_mm512_movepi8_mask(bytes)) break;
    const __m512i lower = _mm512_or_si512(bytes, space);
    const __mmask64 letters = _mm512_cmplt_epu8_mask(
        _mm512_sub_epi8(lower, _mm512_set1_epi8('a')), _mm512_set1_epi8(26));
    const __mmask64 others =
        _mm512_cmplt_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8('0')),
                               _mm512_set1_epi8(10)) |
        _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('_'));
    __m512i folded = _mm512_mask_mov_epi8(space, letters, lower);
    folded = _mm512_mask_mov_epi8(folded, others, bytes);
    const uint64_t words = letters | others;
    const uint64_t kept = words | words << 1 | word;
    if (~kept) folded = _mm512_maskz_compress_epi8(kept, folded);
    _mm512_storeu_si512(out + o, folded);
    o += (size_t)__builtin_popcountll(kept);
    word = words >> 63;
  }
  *from = i;
  *to = o;
  *in_word = (size_t)word;
}
#endif

SIDIK_TARGET
static size_t fold_ascii(const uint8_t *source, size_t start, size_t n, uint8_t *out, size_t *at,
                         const uint8_t *table, int common) {
  size_t o = *at;
  size_t i = start;
  size_t word = o > 0 && out[o - 1] != 0x20;
  const v16 space = all(0x20);
#if defined(SIDIK_MASKS_AVX512)
  if (common) fold_wide(source, n, out, &i, &o, &word);
#endif
  while (i + 16 <= n) {
    v16 bytes = load(source + i);
    if (any(bytes) & 0x8080808080808080u) break;
    if (common) {
      v16 lower = bytes | space;
      v16 line = (v16)(bytes == all(0x5F));
      v16 plain = between(lower, 0x61, 26) | between(bytes, 0x30, 10);
      v16 words = plain | line;
      v16 before = __builtin_shufflevector(words, words, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
                                           12, 13, 14);
      before[0] = word ? 0xFF : 0;
      // No two separators in a row: the block goes out as it is.
      if (!any(~(words | before))) {
        v16 folded = (plain & lower) | (line & bytes) | (~words & space);
        memcpy(out + o, &folded, sizeof folded);
        o += 16;
        i += 16;
        word = folded[15] != 0x20;
        continue;
      }
    }
    for (size_t lane = 0; lane < 16; lane++) {
      uint8_t byte = table[source[i + lane]];
      size_t is_word = byte != 0x20;
      out[o] = byte;
      o += is_word | word;
      word = is_word;
    }
    i += 16;
  }
  for (; i < n && source[i] < 0x80; i++) {
    uint8_t byte = table[source[i]];
    size_t is_word = byte != 0x20;
    out[o] = byte;
    o += is_word | word;
    word = is_word;
  }
  *at = o;
  return i;
}

SIDIK_TARGET
static void count_text(const uint8_t *bytes, size_t n, size_t *spaces, size_t *scalars) {
  size_t found = 0, continued = 0, i = 0;
#if defined(SIDIK_MASKS_AVX512) || defined(SIDIK_MASKS_AVX2)
  for (; i + SIDIK_MASK_BLOCK <= n; i += SIDIK_MASK_BLOCK) {
    const uint64_t tails = high_mask(bytes + i) & ~at_least_mask(bytes + i, 0xC0);
    found += (size_t)__builtin_popcountll(equal_mask(bytes + i, 0x20));
    continued += (size_t)__builtin_popcountll(tails);
  }
#endif
  while (i + 16 <= n) {
    v16 space = {0}, tail = {0};
    // A lane holds at most 255.
    for (int round = 0; round < 255 && i + 16 <= n; round++, i += 16) {
      v16 b = load(bytes + i);
      space -= (v16)(b == all(0x20));
      tail -= (v16)((b & all(0xC0)) == all(0x80));
    }
    found += sum(space);
    continued += sum(tail);
  }
  for (; i < n; i++) {
    found += bytes[i] == 0x20;
    continued += (bytes[i] & 0xC0) == 0x80;
  }
  *spaces = found;
  *scalars = n - continued;
}
