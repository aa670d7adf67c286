#if defined(__x86_64__)
#define SIDIK_LEVEL avx512
#define SIDIK_MASKS_AVX512
#define SIDIK_TARGET                                                                              \
  __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,"     \
                        "avx512vbmi2")))
#include "kernels_body.h"
#else
typedef int sidik_no_avx512_here;
#endif
