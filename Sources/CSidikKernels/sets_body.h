// Sets of hashes: sorting, samples, common members. Included by kernels_body.h once a level.

SIDIK_TARGET
static void insertion_sort(uint64_t *values, size_t n) {
  for (size_t i = 1; i < n; i++) {
    const uint64_t value = values[i];
    size_t j = i;
    while (j > 0 && values[j - 1] > value) {
      values[j] = values[j - 1];
      j--;
    }
    values[j] = value;
  }
}

SIDIK_TARGET
static void sift_down(uint64_t *values, size_t root, size_t n) {
  const uint64_t value = values[root];
  for (size_t child; (child = 2 * root + 1) < n; root = child) {
    if (child + 1 < n && values[child + 1] > values[child]) child++;
    if (values[child] <= value) break;
    values[root] = values[child];
  }
  values[root] = value;
}

SIDIK_TARGET
static void heap_sort(uint64_t *values, size_t n) {
  for (size_t i = n / 2; i-- > 0;) sift_down(values, i, n);
  for (size_t end = n; end-- > 1;) {
    const uint64_t top = values[0];
    values[0] = values[end];
    values[end] = top;
    sift_down(values, 0, end);
  }
}

SIDIK_TARGET
static void radix_pass(const uint64_t *from, uint64_t *to, size_t n, unsigned shift,
                       unsigned bits) {
  uint32_t counts[2048] = {0};
  const uint64_t mask = ((uint64_t)1 << bits) - 1;
  for (size_t i = 0; i < n; i++) counts[from[i] >> shift & mask]++;
  uint32_t sum = 0;
  for (size_t i = 0; i <= mask; i++) {
    const uint32_t count = counts[i];
    counts[i] = sum;
    sum += count;
  }
  for (size_t i = 0; i < n; i++) to[counts[from[i] >> shift & mask]++] = from[i];
}

SIDIK_TARGET
static size_t sort_unique(uint64_t *values, size_t n, uint64_t *scratch) {
  // Hashes are uniform: a radix sort of the top bits leaves runs of one or two, which an
  // insertion sort ends; a long run is crafted or repeats one value, and heap sort bounds it.
  unsigned top = 0;
  if (n >= 1024) {
    radix_pass(values, scratch, n, 42, 11);
    radix_pass(scratch, values, n, 53, 11);
    top = 22;
  } else if (n >= 48) {
    radix_pass(values, scratch, n, 55, 9);
    memcpy(values, scratch, n * sizeof *values);
    top = 9;
  }
  if (top == 0) {
    insertion_sort(values, n);
  } else {
    for (size_t start = 0, end; start < n; start = end) {
      const uint64_t bits = values[start] >> (64 - top);
      end = start + 1;
      while (end < n && values[end] >> (64 - top) == bits) end++;
      if (end - start > 32) {
        heap_sort(values + start, end - start);
      } else {
        insertion_sort(values + start, end - start);
      }
    }
  }
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    if (count == 0 || values[i] != values[count - 1]) values[count++] = values[i];
  }
  return count;
}

SIDIK_TARGET
static size_t mixed_below(const uint64_t *hashes, size_t n, uint64_t bound, uint64_t *out) {
  const uint64_t multiplier = 0xD6E8FEB86659FD93u;
  size_t count = 0;
  size_t i = 0;
#if defined(SIDIK_MASKS_AVX512)
  const __m512i factor = _mm512_set1_epi64((long long)multiplier);
  const __m512i most = _mm512_set1_epi64((long long)bound);
  for (; i + 8 <= n; i += 8) {
    __m512i x = _mm512_mullo_epi64(_mm512_loadu_si512(hashes + i), factor);
    x = _mm512_mullo_epi64(_mm512_xor_si512(x, _mm512_srli_epi64(x, 32)), factor);
    const __mmask8 kept = _mm512_cmple_epu64_mask(x, most);
    if (!kept) continue;
    // What is written behind the kept ones stands within `out`, as no more are kept than read.
    _mm512_storeu_si512(out + count, _mm512_maskz_compress_epi64(kept, x));
    count += (size_t)__builtin_popcount(kept);
  }
#endif
  for (; i < n; i++) {
    uint64_t x = hashes[i] * multiplier;
    x = (x ^ x >> 32) * multiplier;
    out[count] = x;
    count += x <= bound;
  }
  return count;
}

SIDIK_TARGET
static size_t gallop(const uint64_t *few, size_t n_few, const uint64_t *many, size_t n_many) {
  size_t shared = 0;
  size_t low = 0;
  for (size_t i = 0; i < n_few; i++) {
    size_t step = 1;
    size_t high = low;
    while (high < n_many && many[high] < few[i]) {
      low = high + 1;
      high += step;
      step *= 2;
    }
    if (high > n_many) high = n_many;
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      if (many[middle] < few[i]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low < n_many && many[low] == few[i]) shared++;
  }
  return shared;
}

SIDIK_TARGET
static size_t intersection_count(const uint64_t *a, size_t na, const uint64_t *b, size_t nb) {
  if (na > nb * 16) return gallop(b, nb, a, na);
  if (nb > na * 16) return gallop(a, na, b, nb);
  size_t shared = 0;
  size_t i = 0;
  size_t j = 0;
  while (i < na && j < nb) {
    const uint64_t x = a[i];
    const uint64_t y = b[j];
    shared += x == y;
    i += x <= y;
    j += y <= x;
  }
  return shared;
}
