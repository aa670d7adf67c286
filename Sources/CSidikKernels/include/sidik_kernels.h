#ifndef SIDIK_KERNELS_H
#define SIDIK_KERNELS_H
#include <stdint.h>
#include <stddef.h>
#endif
