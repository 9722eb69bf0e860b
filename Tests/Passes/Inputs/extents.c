// Takes the place of the runtime's extents in the tests that run: there is one, and one task,
// which is inside while `task_is_inside`. Says what gates and triggers ask for.
#include "ray_abi.h"

#include <stdio.h>

const char rayc_follow_threads = 1;

static struct ray_extent *const extent = (struct ray_extent *)1;
static bool task_is_inside;

// What programs call ---------------------------------------------------------------------

/// What `overdub` does: runs the twin of a function in the extent.
int64_t run_inside(int64_t (*function)(int64_t), int64_t argument) {
  rayc_thread.extent = rayc_thread.base = extent;
  int64_t result = ((int64_t (*)(int64_t))rayc_twin(function))(argument);
  rayc_thread.extent = rayc_thread.base = NULL;
  return result;
}

/// A primitive: C code that calls back what it is given.
int64_t apply(int64_t (*function)(int64_t), int64_t argument) { return function(argument); }

/// Another primitive: it calls back on a thread that is not inside yet, for a task that is.
int64_t apply_elsewhere(int64_t (*function)(int64_t), int64_t argument) {
  ray_thread before = rayc_thread;
  rayc_thread.extent = rayc_thread.base = NULL;
  task_is_inside = before.extent != NULL;
  int64_t result = function(argument);
  task_is_inside = false;
  printf("the thread is %s again\n", rayc_thread.extent ? "inside" : "outside");
  rayc_thread.extent = before.extent;
  rayc_thread.base = before.base;
  return result;
}

/// Whether the running thread is inside, told before the line of the program.
void print_where(int64_t number) {
  printf("program: %ld, %s\n", number, rayc_thread.extent ? "inside" : "outside");
}

/// The task that runs from now on is inside, or not.
void switch_task(bool is_inside) { task_is_inside = is_inside; }

// What gates call --------------------------------------------------------------------------

__attribute__((preserve_most)) bool rayc_task_enter(ray_thread *thread) {
  if (!task_is_inside || thread->in_hook) return false;
  thread->extent = extent;
  return true;
}

__attribute__((preserve_most)) void *rayc_gate_enter(ray_thread *thread) {
  if (!task_is_inside || thread->in_hook) return RAY_STAYS_OUT;
  void *before = thread->base;
  thread->extent = thread->base = extent;
  return before;
}

__attribute__((preserve_most)) void rayc_gate_leave(ray_thread *thread, void *before) {
  thread->extent = thread->base = before;
}

__attribute__((preserve_most)) void *rayc_trigger_enter(ray_thread *thread) {
  printf("a trigger opens the extent\n");
  void *before = thread->base;
  thread->extent = thread->base = extent;
  return before;
}

__attribute__((preserve_most)) void rayc_trigger_leave(ray_thread *thread, void *before) {
  printf("a trigger closes the extent\n");
  thread->extent = thread->base = before;
}

__attribute__((preserve_most)) void *rayc_program_enter(ray_thread *thread) {
  printf("main opens the extent\n");
  thread->extent = thread->base = extent;
  return NULL;
}

__attribute__((preserve_most)) void rayc_frame_release(ray_thread *thread) {
  printf("the frame is given back\n");
  thread->frame = NULL;
}
