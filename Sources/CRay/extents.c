// Stage 5: which extent a thread is in, and how extents follow tasks and threads.
#include <pthread.h>

#include "lock.h"
#include "ray_abi.h"
#include "threads.h"

static pthread_mutex_t extents_lock = PTHREAD_MUTEX_INITIALIZER;
void rayc_extents_lock(void) { ray_lock(&extents_lock); }
void rayc_extents_unlock(void) { ray_unlock(&extents_lock); }

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
  if (!rayc_is_enabled() || ray_thread_is_disabled(thread)) return NULL;
  struct ray_extent **bound = swift_task_localValueGet(&key);
  if (bound) return rayc_extent_open(*bound);
  return thread->base ? thread->base : __atomic_load_n(&program_extent, __ATOMIC_ACQUIRE);
}

struct ray_extent *rayc_current_extent(void) {
  return rayc_thread.extent ? rayc_thread.extent : find_extent(&rayc_thread);
}

__attribute__((preserve_most)) void rayc_frame_release(ray_thread *thread) {
  void *frame = ray_has_frame(thread) ? thread->frame : NULL;
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

// What a triggered async function returns to. Whatever the results are, they are in their
// registers, or on the stack, when it goes on to the caller.
//
//   r14: the frame ("swiftasync"); r13, r12: "swiftself", "swifterror"; the rest as in C.
extern void rayc_trigger_return(void);
__asm__(
    ".text\n.p2align 4\n.globl rayc_trigger_return\n.type rayc_trigger_return, @function\n"
    "rayc_trigger_return:\n"
    "  .cfi_startproc\n"
    "  pushq %rbp\n  .cfi_def_cfa_offset 16\n  .cfi_offset %rbp, -16\n"
    "  movq %rsp, %rbp\n  .cfi_def_cfa_register %rbp\n"
    "  subq $208, %rsp\n"
    "  movq %rax, (%rsp)\n  movq %rdi, 8(%rsp)\n  movq %rsi, 16(%rsp)\n"
    "  movq %rdx, 24(%rsp)\n  movq %rcx, 32(%rsp)\n  movq %r8, 40(%rsp)\n"
    "  movq %r9, 48(%rsp)\n  movq %r14, 56(%rsp)\n"
    "  movups %xmm0, 64(%rsp)\n  movups %xmm1, 80(%rsp)\n  movups %xmm2, 96(%rsp)\n"
    "  movups %xmm3, 112(%rsp)\n  movups %xmm4, 128(%rsp)\n  movups %xmm5, 144(%rsp)\n"
    "  movups %xmm6, 160(%rsp)\n  movups %xmm7, 176(%rsp)\n"
    "  movq %r14, %rdi\n"
    "  call ray_trigger_end\n"
    "  movq %rax, %r11\n"
    "  movq (%rsp), %rax\n  movq 8(%rsp), %rdi\n  movq 16(%rsp), %rsi\n"
    "  movq 24(%rsp), %rdx\n  movq 32(%rsp), %rcx\n  movq 40(%rsp), %r8\n"
    "  movq 48(%rsp), %r9\n"
    "  movups 64(%rsp), %xmm0\n  movups 80(%rsp), %xmm1\n  movups 96(%rsp), %xmm2\n"
    "  movups 112(%rsp), %xmm3\n  movups 128(%rsp), %xmm4\n  movups 144(%rsp), %xmm5\n"
    "  movups 160(%rsp), %xmm6\n  movups 176(%rsp), %xmm7\n"
    "  leave\n  .cfi_def_cfa %rsp, 8\n"
    "  jmpq *%r11\n"
    "  .cfi_endproc\n"
    ".size rayc_trigger_return, . - rayc_trigger_return\n");

__attribute__((visibility("hidden"), used)) void *ray_trigger_end(ray_async_frame *frame) {
  // The task's innermost extent is the one that the function has opened.
  struct ray_extent **bound = swift_task_localValueGet(&key);
  frame->resume = rayc_trigger_resume(*bound);
  rayc_task_unbind();
  return frame->resume;
}

__attribute__((preserve_most)) bool rayc_trigger_begin(ray_thread *thread, ray_async_frame *frame) {
  if (rayc_task_enter(thread)) return true;
  if (thread->in_hook || !rayc_is_enabled()) return false;
  struct ray_extent *extent = rayc_trigger_extent_for(frame->resume);
  rayc_task_bind(extent);
  rayc_extent_release(extent);
  frame->resume = (void *)rayc_trigger_return;
  move_to(thread, extent, thread->base);
  return true;
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
  ray_scope saved = {rayc_thread.extent, rayc_thread.base, rayc_thread.depth};
  rayc_thread.depth = 0;
  move_to(&rayc_thread, extent, extent);
  return saved;
}

void rayc_scope_leave(ray_scope scope) {
  rayc_thread.depth = scope.depth;
  move_to(&rayc_thread, scope.extent, scope.base);
}

void rayc_part_enter(struct ray_extent *extent) { move_to(&rayc_thread, extent, rayc_thread.base); }

static __thread bool absent __attribute__((tls_model("initial-exec")));

void rayc_note_absence(void) { absent = true; }

bool rayc_take_absence(void) {
  bool was = absent;
  if (was) absent = false;
  return was;
}
