// Stage 5: what the files of the runtime know of threads.
#ifndef RAYC_THREADS_H
#define RAYC_THREADS_H

#include <pthread.h>

#include "ray_abi.h"

// Defined beside the glue by the pass `rayc-context`, else in defaults.c.
/// The size of a thread's head and value; 0 in a program that has no context.
extern const uint64_t rayc_thread_size;

/// The head of a thread's second half, which lies `rayc_thread_size` bytes behind the first:
/// its value is written and never read.
typedef struct ray_off {
  void *state;         ///< where the thread's events go when no guarded hook runs
  uintptr_t in_hook;   ///< never 0, so that every guarded hook passes
  uintptr_t is_known;  ///< the thread is in the runtime's list
  uintptr_t is_made;   ///< the context's value of the first half is initialised
  uintptr_t depth;     ///< how many `disabled` the thread is in
  uintptr_t reserved[3];
} ray_off;

static inline ray_off *ray_thread_off(ray_thread *thread) {
  return (ray_off *)((char *)thread + rayc_thread_size);
}

/// Whether a thread is in a `disabled`.
static inline bool ray_thread_is_disabled(ray_thread *thread) {
  return rayc_thread_size && ray_thread_off(thread)->depth;
}

/// Switches all threads off or on, those that come included.
void rayc_threads_switch(bool is_on);

/// Merges the values of all threads that are left and returns the whole, or NULL if no
/// thread had an event. From then on every thread is switched off.
void *rayc_merge_threads(ray_thread *self);

#endif
