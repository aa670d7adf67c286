// Ends a process at one of its writing system calls, as a failing machine would.
//
//   LD_PRELOAD=kill-at-write.so KILL_FOLDER=DIR KILL_AT=N [KILL_TORN=BYTES] program ...
//
// Counts the calls that change files below DIR. Before the N-th (from 1) the process is killed; where
// that is a write and KILL_TORN is given, so many of its bytes are written first. With KILL_COUNT=FILE
// the number of calls is written there at the end. KILL_FULL=N lets the N-th and later writes fail for
// want of room instead.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long calls;

static long number(const char *name) {
  const char *text = getenv(name);
  return text ? atol(text) : 0;
}

static int is_inside(const char *path) {
  const char *folder = getenv("KILL_FOLDER");
  return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_open_inside(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_inside(path);
}

static void end(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

// Counts a call; nonzero where it is the one to end at.
static int is_last(void) { return ++calls == number("KILL_AT"); }

static int is_full(void) {
  const long from = number("KILL_FULL");
  return from > 0 && calls >= from;
}

__attribute__((destructor)) static void tell(void) {
  const char *file = getenv("KILL_COUNT");
  if (!file) return;
  FILE *out = fopen(file, "w");
  if (!out) return;
  fprintf(out, "%ld\n", calls);
  fclose(out);
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  REAL(pwrite);
  if (is_open_inside(descriptor)) {
    if (is_last()) {
      const size_t torn = (size_t)number("KILL_TORN");
      if (torn > 0) real(descriptor, bytes, torn < count ? torn : count, offset);
      end();
    }
    if (is_full()) {
      errno = ENOSPC;
      return -1;
    }
  }
  return real(descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  return pwrite(descriptor, bytes, count, (off_t)offset);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
  REAL(write);
  if (is_open_inside(descriptor) && is_last()) end();
  return real(descriptor, bytes, count);
}

int fsync(int descriptor) {
  REAL(fsync);
  if (is_open_inside(descriptor) && is_last()) end();
  return real(descriptor);
}

int ftruncate(int descriptor, off_t length) {
  REAL(ftruncate);
  if (is_open_inside(descriptor) && is_last()) end();
  return real(descriptor, length);
}

int rename(const char *from, const char *to) {
  REAL(rename);
  if (is_inside(to) && is_last()) end();
  return real(from, to);
}

int unlink(const char *path) {
  REAL(unlink);
  if (is_inside(path) && is_last()) end();
  return real(path);
}

int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  if (is_inside(path) && is_last()) end();
  return real(path, mode);
}

int open(const char *path, int flags, ...) {
  REAL(open);
  va_list list;
  va_start(list, flags);
  const mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
  va_end(list);
  const int writes = (flags & (O_WRONLY | O_RDWR)) != 0;
  if (writes && is_inside(path)) {
    if (is_last()) end();
    if (flags & O_CREAT && is_full()) {
      errno = ENOSPC;
      return -1;
    }
  }
  return real(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
  va_end(list);
  return open(path, flags, mode);
}
