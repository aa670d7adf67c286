#if defined(__x86_64__)
#define SIDIK_LEVEL avx2
#define SIDIK_MASKS_AVX2
#define SIDIK_TARGET __attribute__((target("avx2,bmi,bmi2,popcnt")))
#include "kernels_body.h"
#else
typedef int sidik_no_avx2_here;
#endif
