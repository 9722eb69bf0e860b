// Stage 5: which calls, thread and task the running code is in.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ray_abi.h"

__thread ray_call *rayc_call __attribute__((tls_model("initial-exec")));

const ray_call *rayc_calls(void) { return rayc_call; }

// A function that has called nothing yet is the one that the event is in.
static bool is_of_event(const ray_call *call, const ray_site *event) {
  if (!call->site) return true;
  const char *in = ray_string(&call->site->function_offset);
  const char *function = ray_string(&event->function_offset);
  return in && function && !strcmp(in, function);
}

size_t rayc_call_sites(const ray_call *call, const ray_site **sites, size_t capacity) {
  // What a `longjmp` has left lies below this frame.
  while (call && (const void *)call < __builtin_frame_address(0)) call = call->caller;
  size_t count = 0;
  uintptr_t in_hook = rayc_thread.in_hook & ~RAY_HOOK_MASK;
  if (in_hook && in_hook != RAY_HOOK_NO_SITE && capacity) {
    const ray_site *event = (const ray_site *)in_hook;
    if (call && is_of_event(call, event)) call = call->caller;
    sites[count++] = event;
  }
  while (call && count < capacity) {
    if (call->site) sites[count++] = call->site;
    if (call->caller <= call) break;
    call = call->caller;
  }
  return count;
}

uintptr_t rayc_depth(void) { return 0; }

uint32_t rayc_thread_number(void) {
  static _Atomic uint32_t last;
  static __thread uint32_t number;
  if (!number) number = gettid() == getpid() ? 1 : atomic_fetch_add(&last, 1) + 2;
  return number - 1;
}

int64_t rayc_thread_id(void) { return gettid(); }

void rayc_thread_name(char name[RAY_THREAD_NAME_SIZE]) {
  if (pthread_getname_np(pthread_self(), name, RAY_THREAD_NAME_SIZE)) *name = 0;
}

// The concurrency library is there where the program uses it.
__attribute__((swiftcall, weak)) extern void *swift_task_getCurrent(void);
__attribute__((swiftcall, weak)) extern uint64_t swift_task_getJobTaskId(void *task);

uint64_t rayc_task_number(void) {
  if (!swift_task_getCurrent || !swift_task_getJobTaskId) return 0;
  void *task = swift_task_getCurrent();
  return task ? swift_task_getJobTaskId(task) : 0;
}
