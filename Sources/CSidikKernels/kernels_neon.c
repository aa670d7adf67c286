#if defined(__aarch64__)
#define SIDIK_LEVEL neon
#define SIDIK_MASKS_NEON
#define SIDIK_TARGET
#include "kernels_body.h"
#else
typedef int sidik_no_neon_here;
#endif
