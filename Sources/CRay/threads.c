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

#include "lock.h"

_Static_assert(sizeof(ray_off) == RAY_THREAD_VALUE_OFFSET, "the halves are alike");
_Static_assert(offsetof(ray_off, in_hook) == offsetof(ray_thread, in_hook), "guards read it");
_Static_assert(offsetof(ray_off, state) == offsetof(ray_thread, state), "guards read it");

volatile uint32_t rayc_stopped;

// Also held while a thread's `state` is decided, since `isEnabled` sets that of others.
static pthread_mutex_t threads_lock = PTHREAD_MUTEX_INITIALIZER;
static ray_thread threads = {.next = &threads, .previous = &threads};
static bool all_are_off;

// What threads that ended have left: one value, as every later one is merged into it.
static ray_thread *merged;

static pthread_key_t thread_ended_key;
static bool has_thread_ended_key;

static void *value_while_off(ray_off *off) { return ray_thread_value((ray_thread *)off); }

static void unlink_thread(ray_thread *thread) {
  thread->next->previous = thread->previous;
  thread->previous->next = thread->next;
  ray_thread_off(thread)->is_known = false;
}

// Moves a thread's value into the merged one.
static void merge_value(ray_thread *thread) {
  ray_off *off = ray_thread_off(thread);
  if (!off->is_made) return;
  off->is_made = false;
  uintptr_t was_in_hook = thread->in_hook;
  thread->in_hook = RAY_HOOK_MERGE | RAY_HOOK_NO_SITE;
  if (!merged) {
    // aligned_alloc wants a multiple of the alignment, which AddressSanitizer checks.
    void *place;
    if (posix_memalign(&place, RAY_THREAD_VALUE_OFFSET, rayc_thread_size)) abort();
    merged = place;
    // Swift values are bitwise movable.
    memcpy(merged, thread, rayc_thread_size);
  } else {
    rayc_context_merge(ray_thread_value(merged), ray_thread_value(thread));
  }
  thread->in_hook = was_in_hook;
}

// pthread keys come round again while a destructor sets them, so an event in another
// key's destructor just enters the thread anew.
static void thread_ended(void *argument) {
  ray_thread *thread = argument;
  ray_lock(&threads_lock);
  // At the end of the program rayc_merge_threads may have been here first.
  if (ray_thread_off(thread)->is_known) {
    unlink_thread(thread);
    // What merging comes upon is no event.
    thread->state = value_while_off(ray_thread_off(thread));
    if (!rayc_stopped) merge_value(thread);
    thread->state = NULL;
  }
  ray_unlock(&threads_lock);
}

// Where a thread's events go by its switches. The lock is held. A thread that is switched on
// before it has a value enters at its next event, since only the thread itself can make its value.
static void decide(ray_thread *thread) {
  ray_off *off = ray_thread_off(thread);
  void *state = off->is_made ? ray_thread_value(thread) : NULL;
  if (all_are_off || off->depth) state = value_while_off(off);
  off->in_hook = RAY_HOOK_NO_SITE;
  __atomic_store_n(&off->state, state, __ATOMIC_RELAXED);
}

// Sets it. What a hook comes upon is no event; only the thread itself knows whether it is in one.
static void aim(ray_thread *thread) {
  ray_off *off = ray_thread_off(thread);
  bool is_in_hook = thread == &rayc_thread && thread->in_hook;
  __atomic_store_n(&thread->state, is_in_hook ? value_while_off(off) : off->state,
                   __ATOMIC_RELAXED);
}

void rayc_thread_aim(ray_thread *thread) {
  ray_lock(&threads_lock);
  decide(thread);
  aim(thread);
  ray_unlock(&threads_lock);
}

// Makes what the calling thread has stored visible before what other threads load from now on, and
// what they have stored visible to it, without a fence on their side.
static void meet_all_threads(void) {
  syscall(__NR_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0);
  syscall(__NR_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
}

// A thread that leaves a hook stores where its events went before, and then looks whether that
// still holds. So either it sees what was decided, or `aim` comes behind its store.
void rayc_threads_switch(bool is_on) {
  ray_lock(&threads_lock);
  all_are_off = !is_on || rayc_stopped;
  for (ray_thread *thread = threads.next; thread != &threads; thread = thread->next) decide(thread);
  if (threads.next != &threads) meet_all_threads();
  for (ray_thread *thread = threads.next; thread != &threads; thread = thread->next) aim(thread);
  ray_unlock(&threads_lock);
}

static __thread bool is_first_value __attribute__((tls_model("initial-exec")));

bool rayc_is_first_value(void) { return is_first_value; }

__attribute__((preserve_most)) void *rayc_thread_enter(ray_thread *thread) {
  // errno belongs to the program: an event must not change it.
  int saved_errno = errno;
  ray_off *off = ray_thread_off(thread);
  ray_lock(&threads_lock);
  if (!has_thread_ended_key)
    has_thread_ended_key = !pthread_key_create(&thread_ended_key, thread_ended);
  bool is_new = !off->is_known;
  if (is_new) {
    off->is_known = true;
    thread->next = threads.next;
    thread->previous = &threads;
    threads.next->previous = thread;
    threads.next = thread;
  }
  bool makes_value = !all_are_off && !off->depth;
  if (makes_value) {
    // First of all, so that what `init` runs into is not taken for a first event again.
    off->is_made = true;
    thread->in_hook = RAY_HOOK_INIT | RAY_HOOK_NO_SITE;
  }
  decide(thread);
  aim(thread);
  ray_unlock(&threads_lock);
  if (is_new) pthread_setspecific(thread_ended_key, thread);
  if (makes_value) {
    static bool has_first_value;
    is_first_value = !__atomic_exchange_n(&has_first_value, true, __ATOMIC_RELAXED);
    ray_unseen_begin();
    rayc_context_init(ray_thread_value(thread));
    ray_unseen_end();
    is_first_value = false;
    thread->in_hook = 0;
    rayc_thread_aim(thread);
  }
  errno = saved_errno;
  return thread->state;
}

// Other threads may be inside a hook just now. Their entry into a hook is a store to
// `in_hook` and then a load of `rayc_stopped`; ours is the mirror image, and
// rayc_threads_switch has met all threads in between.
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
  rayc_threads_switch(false);
  // This thread may have had no event yet; merging must not be its first.
  ray_thread_off(self)->in_hook = RAY_HOOK_NO_SITE;
  self->state = value_while_off(ray_thread_off(self));
  ray_lock(&threads_lock);
  size_t lost = 0;
  while (threads.next != &threads) {
    ray_thread *thread = threads.next;
    unlink_thread(thread);
    if (wait_until_out_of_hook(thread, self))
      merge_value(thread);
    else
      lost++;
  }
  ray_unlock(&threads_lock);
  if (lost)
    fprintf(stderr,
            "rayc: %zu threads were still inside a hook when the program ended; "
            "what they saw is not in the result\n",
            lost);
  return merged ? ray_thread_value(merged) : NULL;
}
