#define SIDIK_LEVEL scalar
#define SIDIK_TARGET
#include "kernels_body.h"
