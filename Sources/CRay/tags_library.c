// Stage 5: the functions of the C library that copy, fill and give back memory, with tags. In a
// program with tags the pass rayc-context puts these in front of the library's, for all code of the
// process that calls them by name.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "tags.h"

void __libc_free(void *);
void *__libc_realloc(void *, size_t);

NO_BUILTINS

// Until the library's are found, while the process is loaded.
static void *early_memmove(void *to, const void *from, size_t size) {
  void *at = to;
  if (to <= from || (char *)to >= (const char *)from + size) {
    __asm__ volatile("rep movsb" : "+D"(at), "+S"(from), "+c"(size) : : "memory");
  } else {
    char *target = to;
    const char *source = from;
    while (size--) target[size] = source[size];
  }
  return to;
}
static void *early_memset(void *to, int byte, size_t size) {
  void *at = to;
  __asm__ volatile("rep stosb" : "+D"(at), "+c"(size) : "a"(byte) : "memory");
  return to;
}
static int early_munmap(void *at, size_t size) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(11), "D"(at), "S"(size) : "rcx", "r11", "memory");
  return result ? -1 : 0;
}

tags_library rayc_tags_library = {early_memmove, early_memmove,  early_memset,
                                  __libc_free,   __libc_realloc, early_munmap};

#define FIND(name) \
  if ((found = dlsym(RTLD_NEXT, #name))) rayc_tags_library.name = (__typeof__(&name))found

void rayc_tags_find_library(void) {
  void *found;
  FIND(memmove);
  FIND(memcpy);
  FIND(memset);
  FIND(free);
  FIND(realloc);
  FIND(munmap);
}

void *rayc_tag_memcpy(void *to, const void *from, size_t size) {
  rayc_tags_move(to, from, size);
  return rayc_tags_library.memcpy(to, from, size);
}
void *rayc_tag_memmove(void *to, const void *from, size_t size) {
  if (!rayc_tags_take_moved(to, from, size)) rayc_tags_move(to, from, size);
  return rayc_tags_library.memmove(to, from, size);
}
void *rayc_tag_memset(void *to, int byte, size_t size) {
  rayc_tag_clear(to, size);
  return rayc_tags_library.memset(to, byte, size);
}
void rayc_tag_free(void *at) {
  if (at) rayc_tag_clear(at, malloc_usable_size(at));
  rayc_tags_library.free(at);
}

// What moves is copied here: behind the library's own realloc, the old memory may be another's.
void *rayc_tag_realloc(void *at, size_t size) {
  if (!at || !size) {
    rayc_tag_clear(at, at ? malloc_usable_size(at) : 0);
    return rayc_tags_library.realloc(at, size);
  }
  size_t known = malloc_usable_size(at);
  if (size <= known && known - size <= known / 2) {
    rayc_tag_clear((char *)at + size, known - size);
    return at;
  }
  void *moved = malloc(size);
  if (!moved) return NULL;
  rayc_tag_memcpy(moved, at, known < size ? known : size);
  rayc_tag_free(at);
  return moved;
}

int rayc_tag_munmap(void *at, size_t size) {
  rayc_tag_clear(at, size);
  return rayc_tags_library.munmap(at, size);
}

NO_BUILTINS_END
