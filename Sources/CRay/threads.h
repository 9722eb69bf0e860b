// Stage 5: what start.c needs of threads.c.
#ifndef RAYC_THREADS_H
#define RAYC_THREADS_H

#include <pthread.h>

#include "ray_abi.h"

/// Says how large a thread's state is, head and value, in bytes.
void rayc_threads_prepare(size_t size);

/// Moves a thread's value into the merged one.
void rayc_merge_value(ray_thread *thread);

/// Merges the values of all threads that are left and returns the whole, or NULL if no
/// thread had an event. From then on no guarded hook runs.
void *rayc_merge_threads(ray_thread *self);

#endif
