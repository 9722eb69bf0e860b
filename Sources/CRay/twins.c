// Stage 5: from a function's address to its twin.
#define _GNU_SOURCE
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "lock.h"
#include "ray_abi.h"

/// The code of one image: where a function's address may have a mark in front of it.
typedef struct code {
  _Atomic uintptr_t begin, size;  // begin: the first address with 16 bytes in front of it
  const void *inside;             // an address in the image
  struct code *_Atomic next;
} code;

// The executable's code, which is asked first, in the module that calls.
uintptr_t rayc_code_begin, rayc_code_size;

// In memory, so that no code holds these bytes: RAY_TWIN_MAGIC.
const volatile uint64_t rayc_twin_magic = RAY_TWIN_MAGIC;

// Records are never freed: a lookup may be reading one.
static code *_Atomic images;
static pthread_mutex_t images_lock = PTHREAD_MUTEX_INITIALIZER;

typedef struct found {
  uintptr_t address, begin, end;
  bool is_executable;
} found;

static int find_segment(struct dl_phdr_info *image, size_t size, void *context) {
  (void)size;
  found *wanted = context;
  for (int i = 0; i < image->dlpi_phnum; i++) {
    const ElfW(Phdr) *segment = &image->dlpi_phdr[i];
    if (segment->p_type != PT_LOAD) continue;
    uintptr_t begin = image->dlpi_addr + segment->p_vaddr;
    if (wanted->address < begin || wanted->address - begin >= segment->p_memsz) continue;
    *wanted = (found){wanted->address, begin, begin + segment->p_memsz, !*image->dlpi_name};
    return 1;
  }
  return 0;
}

// The lock is held. A library that comes back to where it was has its record again: whatever
// a lookup reads of it meanwhile, it does not look outside.
static void add_library(uintptr_t begin, uintptr_t size, const void *inside) {
  code *each = atomic_load(&images);
  while (each && (atomic_load(&each->begin) != begin || atomic_load(&each->size)))
    each = atomic_load(&each->next);
  if (each) {
    each->inside = inside;
    atomic_store(&each->size, size);
    return;
  }
  code *added = malloc(sizeof(code));
  if (!added) return;
  *added = (code){begin, size, inside, atomic_load(&images)};
  atomic_store(&images, added);
}

void rayc_code_loaded(const void *inside) {
  found segment = {.address = (uintptr_t)inside};
  if (!dl_iterate_phdr(find_segment, &segment)) return;
  uintptr_t begin = segment.begin + RAY_TWIN_MARK_SIZE;
  if (segment.end <= begin) return;
  ray_lock(&images_lock);
  if (segment.is_executable) {
    // Never unloaded, so that the two never change again.
    rayc_code_begin = begin;
    __atomic_store_n(&rayc_code_size, segment.end - begin, __ATOMIC_RELEASE);
  } else {
    add_library(begin, segment.end - begin, inside);
  }
  ray_unlock(&images_lock);
}

void rayc_code_unloaded(const void *inside) {
  ray_lock(&images_lock);
  for (code *each = atomic_load(&images); each; each = atomic_load(&each->next))
    if (each->inside == inside) atomic_store(&each->size, 0);
  ray_unlock(&images_lock);
}

static void *marked_twin(void *function) {
  uint64_t magic;
  int32_t distance;
  __builtin_memcpy(&magic, (char *)function - RAY_TWIN_MARK_SIZE, sizeof magic);
  if (magic != rayc_twin_magic) return function;
  __builtin_memcpy(&distance, (char *)function - RAY_TWIN_MARK_SIZE + 8, sizeof distance);
  return (char *)function + distance;
}

__attribute__((preserve_most)) void *rayc_twin(void *function) {
  uintptr_t address = (uintptr_t)function;
  if (address - rayc_code_begin < rayc_code_size) return marked_twin(function);
  for (code *each = atomic_load_explicit(&images, memory_order_acquire); each;
       each = atomic_load_explicit(&each->next, memory_order_relaxed)) {
    uintptr_t size = atomic_load_explicit(&each->size, memory_order_relaxed);
    if (address - atomic_load_explicit(&each->begin, memory_order_relaxed) < size)
      return marked_twin(function);
  }
  return function;
}
