// Stage 5: the runtime's locks, which ThreadSanitizer must not take for the program's.
#ifndef RAYC_LOCK_H
#define RAYC_LOCK_H

#include <pthread.h>

// ThreadSanitizer's own, defined where it is linked. A lock orders what threads do before and
// after it: one that the program does not have would hide the program's races. What the runtime
// itself moves from thread to thread is no race either.
#define SANITIZER extern __attribute__((weak)) void
SANITIZER AnnotateIgnoreSyncBegin(const char *file, int line);
SANITIZER AnnotateIgnoreSyncEnd(const char *file, int line);
SANITIZER AnnotateIgnoreReadsBegin(const char *file, int line);
SANITIZER AnnotateIgnoreReadsEnd(const char *file, int line);
SANITIZER AnnotateIgnoreWritesBegin(const char *file, int line);
SANITIZER AnnotateIgnoreWritesEnd(const char *file, int line);
#undef SANITIZER

/// From here on, what this thread does is the runtime's.
static inline void ray_unseen_begin(void) {
  if (!AnnotateIgnoreSyncBegin) return;
  AnnotateIgnoreSyncBegin(__FILE__, __LINE__);
  AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
  AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
}

static inline void ray_unseen_end(void) {
  if (!AnnotateIgnoreSyncEnd) return;
  AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
  AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
  AnnotateIgnoreSyncEnd(__FILE__, __LINE__);
}

static inline void ray_lock(pthread_mutex_t *mutex) {
  ray_unseen_begin();
  pthread_mutex_lock(mutex);
}

static inline void ray_unlock(pthread_mutex_t *mutex) {
  pthread_mutex_unlock(mutex);
  ray_unseen_end();
}

#endif
