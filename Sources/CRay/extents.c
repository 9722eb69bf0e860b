// Stage 5: which extent a thread is in, and how extents follow tasks and threads.
#include <pthread.h>

#include "ray_abi.h"

static pthread_mutex_t extents_lock = PTHREAD_MUTEX_INITIALIZER;
void rayc_extents_lock(void) { pthread_mutex_lock(&extents_lock); }
void rayc_extents_unlock(void) { pthread_mutex_unlock(&extents_lock); }

// In libswift_Concurrency, behind `TaskLocal`. They are called from here because a trigger has
// no closure that `withValue` could run. The storage is the running task's, or the thread's
// where no task runs. Get: the address of the value that is bound to a key, or NULL. Push
// takes the value over.
#define SWIFT __attribute__((swiftcall))
extern SWIFT struct ray_extent **swift_task_localValueGet(const void *key);
extern SWIFT void swift_task_localValuePush(const void *key, void *value, const void *type);
extern SWIFT void swift_task_localValuePop(void);

static const char key;

void rayc_task_bind(struct ray_extent *extent) {
  struct ray_extent *value = rayc_extent_retain(extent);
  swift_task_localValuePush(&key, &value, rayc_extent_type());
}

void rayc_task_unbind(void) { swift_task_localValuePop(); }

static struct ray_extent *program_extent;

void rayc_set_program_extent(struct ray_extent *extent) {
  __atomic_store_n(&program_extent, extent, __ATOMIC_RELEASE);
}

// What the running code is in, by its task if one is bound, else by what its thread was
// doing when it came to run other work.
static struct ray_extent *find_extent(ray_thread *thread) {
  if (!rayc_is_enabled()) return NULL;
  struct ray_extent **bound = swift_task_localValueGet(&key);
  if (bound) return rayc_extent_open(*bound);
  return thread->base ? thread->base : __atomic_load_n(&program_extent, __ATOMIC_ACQUIRE);
}

struct ray_extent *rayc_current_extent(void) {
  return rayc_thread.extent ? rayc_thread.extent : find_extent(&rayc_thread);
}

__attribute__((preserve_most)) void rayc_frame_release(ray_thread *thread) {
  void *frame = thread->frame;
  thread->frame = NULL;
  if (frame) rayc_frame_give_back(frame);
}

static void move_to(ray_thread *thread, struct ray_extent *extent, struct ray_extent *base) {
  rayc_frame_release(thread);
  thread->extent = extent;
  thread->base = base;
}

__attribute__((preserve_most)) bool rayc_task_enter(ray_thread *thread) {
  if (thread->in_hook) return false;
  struct ray_extent *extent = find_extent(thread);
  if (!extent) return false;
  move_to(thread, extent, thread->base);
  return true;
}

__attribute__((preserve_most)) void *rayc_gate_enter(ray_thread *thread) {
  if (thread->in_hook) return RAY_STAYS_OUT;
  struct ray_extent *extent = find_extent(thread);
  if (!extent) return RAY_STAYS_OUT;
  void *saved = thread->base;
  move_to(thread, extent, extent);
  return saved;
}

__attribute__((preserve_most)) void rayc_gate_leave(ray_thread *thread, void *saved) {
  move_to(thread, saved, saved);
}

// Tells the call that opened the extent, and has to close it, from one that found its task
// inside: the low bit of what is saved.
enum { OPENED = 1 };

__attribute__((preserve_most)) void *rayc_trigger_enter(ray_thread *thread) {
  void *saved = rayc_gate_enter(thread);
  if (saved != RAY_STAYS_OUT || thread->in_hook || !rayc_is_enabled()) return saved;
  struct ray_extent *extent = rayc_trigger_extent();
  saved = thread->base;
  rayc_task_bind(extent);
  move_to(thread, extent, extent);
  return (char *)saved + OPENED;
}

__attribute__((preserve_most)) void rayc_trigger_leave(ray_thread *thread, void *saved) {
  bool opened = (uintptr_t)saved & OPENED;
  if (opened) rayc_task_unbind();
  saved = (char *)saved - opened;
  move_to(thread, saved, saved);
}

__attribute__((preserve_most)) void *rayc_program_enter(ray_thread *thread) {
  if (!rayc_is_enabled()) return RAY_STAYS_OUT;
  struct ray_extent *extent = rayc_trigger_extent();
  rayc_set_program_extent(extent);
  void *saved = thread->base;
  move_to(thread, extent, extent);
  return saved;
}

ray_scope rayc_scope_enter(struct ray_extent *extent) {
  ray_scope saved = {rayc_thread.extent, rayc_thread.base};
  move_to(&rayc_thread, extent, extent);
  return saved;
}

void rayc_scope_leave(ray_scope scope) { move_to(&rayc_thread, scope.extent, scope.base); }

void rayc_part_enter(struct ray_extent *extent) { move_to(&rayc_thread, extent, rayc_thread.base); }

static __thread bool absent __attribute__((tls_model("initial-exec")));

void rayc_note_absence(void) { absent = true; }

bool rayc_take_absence(void) {
  bool was = absent;
  if (was) absent = false;
  return was;
}
