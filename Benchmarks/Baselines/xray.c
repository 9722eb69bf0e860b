// Turns XRay's sleds on before main. With BENCH_XRAY=count each function entry is counted;
// otherwise XRAY_OPTIONS chooses one of XRay's own modes and this file does nothing.

#include "thread_counts.h"

#include <stdlib.h>

enum xray_entry { XRAY_ENTRY = 0 };
int __xray_set_handler(void (*handler)(int32_t, enum xray_entry));
int __xray_patch(void);

static void count_entry(int32_t function, enum xray_entry kind) {
  (void)function;
  if (kind == XRAY_ENTRY) thread_counts()->calls++;
}

static __attribute__((constructor)) void start_counting(void) {
  if (!getenv("BENCH_XRAY")) return;
  __xray_set_handler(count_entry);
  __xray_patch();
}
