#include <string.h>

#include "hash_primitives.h"
#include "sidik_kernels.h"

extern const sidik_kernels sidik_level_scalar;
#if defined(__x86_64__)
extern const sidik_kernels sidik_level_avx2;
extern const sidik_kernels sidik_level_avx512;
#elif defined(__aarch64__)
extern const sidik_kernels sidik_level_neon;
#endif

#if defined(__x86_64__)
static int has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

static int has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
}
#endif

uint32_t sidik_scalar_flags(uint32_t scalar) { return sidik_script_flags(scalar); }

static const char *const level_names[] = {"scalar", "avx2", "avx512", "neon"};

const char *sidik_kernels_name(size_t index) {
  return index < sizeof level_names / sizeof level_names[0] ? level_names[index] : NULL;
}

const sidik_kernels *sidik_kernels_named(const char *name) {
  if (strcmp(name, "scalar") == 0) return &sidik_level_scalar;
#if defined(__x86_64__)
  if (strcmp(name, "avx2") == 0) return has_avx2() ? &sidik_level_avx2 : NULL;
  if (strcmp(name, "avx512") == 0) return has_avx512() ? &sidik_level_avx512 : NULL;
#elif defined(__aarch64__)
  if (strcmp(name, "neon") == 0) return &sidik_level_neon;
#endif
  return NULL;
}

const sidik_kernels *sidik_kernels_best(void) {
#if defined(__x86_64__)
  if (has_avx512()) return &sidik_level_avx512;
  if (has_avx2()) return &sidik_level_avx2;
#elif defined(__aarch64__)
  return &sidik_level_neon;
#endif
  return &sidik_level_scalar;
}
