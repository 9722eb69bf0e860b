// What SanitizerCoverage's trace-pc-guard and trace-loads call: an edge counts as a call.

#include "thread_counts.h"

void __sanitizer_cov_trace_pc_guard_init(uint32_t *start, uint32_t *stop) {
  uint32_t next = 0;
  for (uint32_t *guard = start; guard < stop; guard++) *guard = ++next;
}

void __sanitizer_cov_trace_pc_guard(uint32_t *guard) {
  if (*guard) thread_counts()->calls++;
}

#define LOAD_CALLBACK(size)                              \
  void __sanitizer_cov_load##size(const void *address) { \
    (void)address;                                       \
    thread_counts()->loads++;                            \
  }

LOAD_CALLBACK(1)
LOAD_CALLBACK(2)
LOAD_CALLBACK(4)
LOAD_CALLBACK(8)
LOAD_CALLBACK(16)
