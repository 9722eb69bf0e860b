// Stage 5: what the parts of the runtime of tags need of each other.
#ifndef RAYC_TAGS_H
#define RAYC_TAGS_H

#include "ray_tags.h"

// A loop in these functions must not become a call of memcpy, which is one of those that carry
// tags.
#define NO_BUILTINS \
  _Pragma("clang attribute push(__attribute__((no_builtin)), apply_to = function)")
#define NO_BUILTINS_END _Pragma("clang attribute pop")

/// Whether the windows are reserved: before that nothing has a tag.
extern bool rayc_tags_reserved;

/// The C library's own functions, behind those that carry tags.
typedef struct tags_library {
  void *(*memmove)(void *, const void *, size_t);
  void *(*memcpy)(void *, const void *, size_t);
  void *(*memset)(void *, int, size_t);
  void (*free)(void *);
  void *(*realloc)(void *, size_t);
  int (*munmap)(void *, size_t);
} tags_library;
extern tags_library rayc_tags_library;

/// rayc_tag_copy for who copies the bytes too.
void rayc_tags_move(void *to, const void *from, size_t size);
/// Whether the thread's last rayc_tag_copy was of memory that overlaps, and this; forgets it.
bool rayc_tags_take_moved(const void *to, const void *from, size_t size);

/// Finds them. Called before any other code of the program.
void rayc_tags_find_library(void);
/// Lets the Swift runtime's own copies carry tags.
void rayc_tags_patch_witnesses(void);

#endif
