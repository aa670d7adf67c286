#include "sidik_kernels.h"
