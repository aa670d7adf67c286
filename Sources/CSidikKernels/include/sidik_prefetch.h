#ifndef SIDIK_PREFETCH_H
#define SIDIK_PREFETCH_H

/* Asks for the cache line of an address that is read soon; any address will do, nothing waits. */
static inline void sidik_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
