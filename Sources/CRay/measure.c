// Stage 5: what a context's hooks take, measured through the very functions that the program calls.
#include <stdlib.h>
#include <string.h>

#include "threads.h"

// A context's object defines those that it has.
__attribute__((weak)) void rayc_hook_willCall(void *state, const void *arguments,
                                              const ray_site *site);
__attribute__((weak)) void rayc_hook_didEnter(void *state, const ray_site *site);
__attribute__((weak)) void rayc_hook_willLeave(void *state, const ray_site *site);
__attribute__((weak)) void rayc_hook_didCall(void *state, const void *error, const ray_site *site);

// A function that calls itself as the Fibonacci numbers do, with hooks and without: a program's
// calls are neither all alike nor without order.
static __attribute__((noinline)) void call_tree(void *state, const ray_site *call,
                                                const ray_site *function, unsigned size) {
  rayc_hook_willCall(state, NULL, call);
  rayc_hook_didEnter(state, function);
  if (size > 1) {
    call_tree(state, call, function, size - 1);
    call_tree(state, call, function, size - 2);
  }
  __asm__ volatile("");
  rayc_hook_willLeave(state, function);
  rayc_hook_didCall(state, NULL, call);
}

static __attribute__((noinline)) void bare_tree(unsigned size) {
  if (size > 1) {
    bare_tree(size - 1);
    bare_tree(size - 2);
  }
  __asm__ volatile("");
}

void rayc_measure_nothing(unsigned size) { bare_tree(size); }

bool rayc_measure_calls(void *value, size_t size, const ray_site *call, const ray_site *function,
                        size_t count, unsigned tree) {
  if (rayc_context_count != 1 || !rayc_hook_willCall || !rayc_hook_didCall) return false;
  if (function && (!rayc_hook_didEnter || !rayc_hook_willLeave)) return false;
  // Head and value twice, as a thread has them; a guard looks at no more of it.
  size_t half = rayc_thread_size;
  if (half < RAY_THREAD_VALUE_OFFSET + size) return false;
  char *memory = aligned_alloc(64, (2 * half + 63) & ~(size_t)63);
  if (!memory) return false;
  memset(memory, 0, 2 * half);
  ray_thread *thread = (ray_thread *)memory, *off = (ray_thread *)(memory + half);
  void *state = ray_thread_value(thread);
  thread->state = off->state = state;
  off->in_hook = RAY_HOOK_NO_SITE;
  memcpy(state, value, size);
  if (tree) call_tree(state, call, function, tree);
  for (size_t each = 0; !tree && each < count; each++) {
    rayc_hook_willCall(state, NULL, call);
    if (function) {
      rayc_hook_didEnter(state, function);
      rayc_hook_willLeave(state, function);
    }
    rayc_hook_didCall(state, NULL, call);
  }
  free(memory);
  return true;
}
