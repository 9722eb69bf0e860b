// What reading the processor's counter costs: prints it in nanoseconds of processor time.
#include <stdint.h>
#include <stdio.h>
#include <time.h>

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(void) {
  enum { reads = 20000000 };
  volatile uint64_t sink;
  double begin = seconds();
  for (int index = 0; index < reads; index++) sink = __builtin_ia32_rdtsc();
  (void)sink;
  printf("%.3f\n", (seconds() - begin) / reads * 1e9);
  return 0;
}
