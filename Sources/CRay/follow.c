// Stage 5: threads that are started inside an extent are inside, and off where that is off.
//
// Foundation's Thread and C code start threads by this function, so the program's own
// definition comes before libc's. Only programs with twins link it (rayc_follow_threads).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "threads.h"

const char rayc_follow_threads = 1;

typedef void *(*start_routine)(void *);
typedef int (*creator)(pthread_t *, const pthread_attr_t *, start_routine, void *);

typedef struct started {
  struct ray_extent *extent;  ///< retained; NULL: the thread is off
  start_routine routine;
  void *argument;
} started;

static void leave(void *extent) {
  if (!extent) {
    rayc_thread_switch_on((ray_scope){0});
    return;
  }
  rayc_scope_leave((ray_scope){0});
  rayc_extent_release(extent);
}

static void *run_inside(void *argument) {
  started start = *(started *)argument;
  free(argument);
  void *result;
  // Also run when the thread ends by pthread_exit.
  pthread_cleanup_push(leave, start.extent);
  if (start.extent)
    rayc_scope_enter(start.extent);
  else
    rayc_thread_switch_off();
  result = start.routine(start.argument);
  pthread_cleanup_pop(1);
  return result;
}

// The workers of a pool live on and do work of other extents.
static bool starts_worker(start_routine routine) {
  Dl_info image;
  return dladdr((void *)routine, &image) && image.dli_fname &&
         strstr(image.dli_fname, "libdispatch");
}

int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attributes,
                   start_routine routine, void *restrict argument) {
  static creator next;
  creator create = __atomic_load_n(&next, __ATOMIC_RELAXED);
  if (!create) {
    create = (creator)dlsym(RTLD_NEXT, "pthread_create");
    __atomic_store_n(&next, create, __ATOMIC_RELAXED);
  }
  struct ray_extent *extent = rayc_thread.extent;
  bool follows = extent || ray_thread_is_disabled(&rayc_thread);
  if (!follows || rayc_thread.in_hook || starts_worker(routine))
    return create(thread, attributes, routine, argument);
  started *start = malloc(sizeof *start);
  if (!start) return create(thread, attributes, routine, argument);
  *start = (started){extent ? rayc_extent_retain(extent) : NULL, routine, argument};
  int error = create(thread, attributes, run_inside, start);
  if (error) {
    if (extent) rayc_extent_release(extent);
    free(start);
  }
  return error;
}
