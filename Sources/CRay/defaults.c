// Stage 5: what stands in for a context in a program that rayc did not build, such as a
// plain `swift build` of a package that imports Ray: nothing. All of it is weak, and gives
// way to what the pass `rayc-context`, the glue and the driver bring.
#include "threads.h"

#define DEFAULT __attribute__((weak))

DEFAULT __thread ray_thread rayc_thread;
DEFAULT const uint64_t rayc_thread_size = 0;
DEFAULT const uint8_t rayc_context_reports = false;
DEFAULT const uint8_t rayc_context_disables_sites = false;

DEFAULT void rayc_context_init(void *value) { (void)value; }
DEFAULT void rayc_context_merge(void *value, void *from) { (void)value, (void)from; }
DEFAULT void rayc_context_finish(void *value) { (void)value; }

DEFAULT const uint64_t rayc_context_count = 0;
DEFAULT const char rayc_context_names[] = "";
DEFAULT const char rayc_context_arguments[] = "";
DEFAULT const uint64_t rayc_context_argument_counts[1] = {0};
