/// Runs a command and writes what it took: the process that measures is small.
///
/// usage: launch RESULT COMMAND ARGUMENT...
///
/// A child's peak memory begins with that of the process it was forked from, so a large harness
/// must not fork it itself. RESULT gets one line: seconds of CPU, of the wall, and kilobytes of
/// the largest process of the tree. Ends as the command ends.
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec / 1e6; }

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: launch RESULT COMMAND ARGUMENT...\n");
    return 2;
  }
  const double from = now();
  const pid_t child = fork();
  if (child < 0) {
    perror("launch: fork");
    return 2;
  }
  if (child == 0) {
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    _exit(127);
  }
  int status;
  struct rusage usage;
  if (wait4(child, &status, 0, &usage) != child) {
    perror("launch: wait4");
    return 2;
  }
  FILE *result = fopen(argv[1], "w");
  if (!result) {
    perror(argv[1]);
    return 2;
  }
  fprintf(result, "%.6f %.6f %ld\n", seconds(usage.ru_utime) + seconds(usage.ru_stime),
          now() - from, usage.ru_maxrss);
  if (fclose(result) != 0) return 2;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
