// Per-thread counters for the baselines' C callbacks: no locks and no atomics on an event,
// added up when a thread ends, printed on stderr when the program does.
// That is what rayc's Counter does too, so the comparison is between the ways in, not the counting.

#ifndef THREAD_COUNTS_H
#define THREAD_COUNTS_H

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

struct counts {
  uint64_t calls;
  uint64_t loads;
  int is_registered;
};

static __thread struct counts mine __attribute__((tls_model("initial-exec")));
static struct counts total;
static pthread_mutex_t total_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_key_t thread_end;

static void add_to_total(void *thread_counts) {
  struct counts *ended = thread_counts;
  pthread_mutex_lock(&total_lock);
  total.calls += ended->calls;
  total.loads += ended->loads;
  pthread_mutex_unlock(&total_lock);
}

static __attribute__((noinline, cold)) void register_thread(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  extern void create_thread_end_key(void);
  pthread_once(&once, create_thread_end_key);
  pthread_setspecific(thread_end, &mine);
  mine.is_registered = 1;
}

void create_thread_end_key(void) { pthread_key_create(&thread_end, add_to_total); }

static inline struct counts *thread_counts(void) {
  if (__builtin_expect(!mine.is_registered, 0)) register_thread();
  return &mine;
}

static __attribute__((destructor)) void print_counts(void) {
  add_to_total(&mine);
  fprintf(stderr, "%llu calls, %llu loads\n", (unsigned long long)total.calls,
          (unsigned long long)total.loads);
}

#endif
