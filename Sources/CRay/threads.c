// Stage 5: a context value for each thread, from its first event to the merge.
#include "threads.h"

#include <errno.h>
#include <linux/membarrier.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

volatile uint32_t rayc_stopped;

static pthread_mutex_t threads_lock = PTHREAD_MUTEX_INITIALIZER;
static ray_thread threads = {.next = &threads, .previous = &threads};

// What threads that ended have left: one value, as every later one is merged into it.
static ray_thread *merged;

static pthread_key_t thread_ended_key;
static pthread_once_t thread_ended_once = PTHREAD_ONCE_INIT;
static size_t thread_size;

// pthread keys come round again while a destructor sets them, so an event in another
// key's destructor just enters the thread anew.
static void thread_ended(void *argument) {
  ray_thread *thread = argument;
  pthread_mutex_lock(&threads_lock);
  // After the end of the program the value belongs to rayc_merge_threads.
  if (!rayc_stopped) {
    thread->next->previous = thread->previous;
    thread->previous->next = thread->next;
    rayc_merge_value(thread);
  }
  pthread_mutex_unlock(&threads_lock);
}

static void make_key(void) { pthread_key_create(&thread_ended_key, thread_ended); }

void rayc_threads_prepare(size_t size) { thread_size = size; }

void rayc_merge_value(ray_thread *thread) {
  thread->state = NULL;
  uintptr_t was_in_hook = thread->in_hook;
  thread->in_hook = RAY_HOOK_MERGE | RAY_HOOK_NO_SITE;
  if (!merged) {
    merged = malloc(thread_size);
    if (!merged) abort();
    // Swift values are bitwise movable.
    memcpy(merged, thread, thread_size);
  } else {
    rayc_context_merge(ray_thread_value(merged), ray_thread_value(thread));
  }
  thread->in_hook = was_in_hook;
}

__attribute__((preserve_most)) void *rayc_thread_enter(ray_thread *thread) {
  // errno belongs to the program: an event must not change it.
  int saved_errno = errno;
  // First of all, so that what `init` runs into is not taken for a first event again.
  thread->state = ray_thread_value(thread);
  thread->in_hook = RAY_HOOK_INIT | RAY_HOOK_NO_SITE;
  rayc_context_init(ray_thread_value(thread));
  thread->in_hook = 0;

  pthread_once(&thread_ended_once, make_key);
  pthread_setspecific(thread_ended_key, thread);
  pthread_mutex_lock(&threads_lock);
  thread->next = threads.next;
  thread->previous = &threads;
  threads.next->previous = thread;
  threads.next = thread;
  pthread_mutex_unlock(&threads_lock);
  errno = saved_errno;
  return thread->state;
}

// Other threads may be inside a hook just now. Their entry into a hook is a store to
// `in_hook` and then a load of `rayc_stopped`; ours is the mirror image, and membarrier
// makes the pair sequentially consistent without a fence on their side.
static bool wait_until_out_of_hook(ray_thread *thread, ray_thread *self) {
  if (thread == self) return true;
  for (int tries = 0; tries < 100; tries++) {
    if (!__atomic_load_n(&thread->in_hook, __ATOMIC_ACQUIRE)) return true;
    nanosleep(&(struct timespec){.tv_nsec = 1000 * 1000}, NULL);
  }
  return false;
}

void *rayc_merge_threads(ray_thread *self) {
  __atomic_store_n(&rayc_stopped, 1, __ATOMIC_SEQ_CST);
  syscall(__NR_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0);
  syscall(__NR_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
  pthread_mutex_lock(&threads_lock);
  size_t lost = 0;
  for (ray_thread *thread = threads.next; thread != &threads; thread = thread->next) {
    if (wait_until_out_of_hook(thread, self))
      rayc_merge_value(thread);
    else
      lost++;
  }
  threads.next = threads.previous = &threads;
  pthread_mutex_unlock(&threads_lock);
  if (lost)
    fprintf(stderr,
            "rayc: %zu threads were still inside a hook when the program ended; "
            "what they saw is not in the result\n",
            lost);
  return merged ? ray_thread_value(merged) : NULL;
}
