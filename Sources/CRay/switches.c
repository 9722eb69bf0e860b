// Stage 5: a program's own switches: for the process, for a thread, for a run of it.
#include "switches.h"

#include <stdlib.h>

#include "threads.h"

static bool is_disabled_by_environment;
static bool is_enabled = true;

bool rayc_switches_prepare(void) {
  const char *text = getenv("RAYC_DISABLE");
  is_disabled_by_environment = text && *text && !(text[0] == '0' && !text[1]);
  if (is_disabled_by_environment) rayc_threads_switch(false);
  return !is_disabled_by_environment;
}

bool rayc_is_enabled(void) {
  return rayc_thread_size && !is_disabled_by_environment &&
         __atomic_load_n(&is_enabled, __ATOMIC_RELAXED);
}

void rayc_set_enabled(bool is_on) {
  if (!rayc_thread_size || is_disabled_by_environment) return;
  __atomic_store_n(&is_enabled, is_on, __ATOMIC_RELAXED);
  rayc_threads_switch(is_on);
}

ray_scope rayc_thread_switch_off(void) {
  // Twins ask for an extent at every gate.
  ray_scope before = rayc_scope_enter(NULL);
  if (rayc_thread_size && !ray_thread_off(&rayc_thread)->depth++) rayc_thread_aim(&rayc_thread);
  return before;
}

void rayc_thread_switch_on(ray_scope before) {
  if (rayc_thread_size && !--ray_thread_off(&rayc_thread)->depth) rayc_thread_aim(&rayc_thread);
  rayc_scope_leave(before);
}
