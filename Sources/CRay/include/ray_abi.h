// Stage 0: the contract between the pass (Passes/), the runtime (Sources/CRay,
// Sources/Ray) and a context's glue (Sources/Ray/Glue/Glue.swift).
//
// The pass emits calls to the rayc_hook_ functions and static ray_site records;
// the glue defines the hooks for one context; the runtime keeps a context value
// for each thread and merges them when the program ends. A change of any size,
// offset, name or meaning here is a new RAYC_ABI_VERSION, and a plugin and a
// runtime of different versions do not link.
#ifndef RAY_ABI_H
#define RAY_ABI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RAYC_ABI_VERSION 1

/// What an instrumented object refers to, so that only the runtime of the same
/// version links with it: `rayc_abi_1`.
extern const uint32_t rayc_abi_1;

#ifdef __cplusplus
extern "C" {
#endif

/// The kind of a site; the raw value of Ray.Site.Kind.
enum {
  RAY_SITE_CALL = 0,
  RAY_SITE_RUNTIME_CALL = 1,
  RAY_SITE_LOAD = 2,
};

/// One static program point, in the section `rayc_sites` of its image.
///
/// The record holds no absolute address, so it needs no relocation when the
/// program starts. Each `…_offset` is the distance in bytes from that field's
/// own address to a NUL-terminated UTF-8 string; 0 means that there is none.
typedef struct ray_site {
  uint64_t id;                    ///< hash of module, function, kind, callee, ordinal
  int32_t function_offset;        ///< mangled name of the enclosing function
  int32_t callee_offset;          ///< mangled name of the callee; none: an indirect call
  int32_t file_offset;            ///< source file; none: code that the compiler made
  int32_t value_type_offset;      ///< mangled type of the result or loaded value
  int32_t variable_offset;        ///< name of the loaded variable
  int32_t argument_types_offset;  ///< mangled types of the arguments, separated by spaces
  uint32_t line;                  ///< 1-based; 0: none
  uint16_t column;                ///< 1-based; 0: none
  uint8_t kind;                   ///< RAY_SITE_…
  uint8_t reserved;
} ray_site;

/// A type that a hook opens at run time, one for each type and image.
typedef struct ray_type {
  const void *metadata;  ///< Swift type metadata, looked up at the first event
  int32_t name_offset;   ///< relative, as in ray_site: the mangled name
  int32_t reserved;
} ray_type;

/// Which hook a thread is in: the low bits of ray_thread.in_hook.
enum {
  RAY_HOOK_WILL_CALL = 0,
  RAY_HOOK_DID_CALL = 1,
  RAY_HOOK_RESULT = 2,
  RAY_HOOK_LOAD = 3,
  RAY_HOOK_INIT = 4,
  RAY_HOOK_MERGE = 5,
  RAY_HOOK_FINISH = 6,
};
#define RAY_HOOK_MASK ((uintptr_t)7)
/// In place of a site's address where a hook has no site (init, merge, finish).
#define RAY_HOOK_NO_SITE (~RAY_HOOK_MASK)

/// The head of a thread's state; the context's value follows it.
///
/// It lies in thread-local storage, in the variable `rayc_thread` that the pass
/// `rayc-context` defines beside the glue, and is zero until the thread's first event.
/// Behind it lies room for a second one, of the same size, which takes the thread's events
/// while it is switched off.
typedef struct ray_thread {
  void *state;                         ///< where this thread's events go; NULL: to be entered
  uintptr_t in_hook;                   ///< 0: in the program; else the site's address | RAY_HOOK_…
  struct ray_thread *next, *previous;  ///< the runtime's list of threads
  struct ray_extent *extent;           ///< the innermost dynamic extent; NULL: outside of all
  struct ray_extent *base;
  void *frame;
  uintptr_t depth;
} ray_thread;

/// Distance in bytes from a ray_thread to the context's value behind it.
#define RAY_THREAD_VALUE_OFFSET 64

/// The context's value in a thread's state. Cost: an addition.
static inline void *ray_thread_value(ray_thread *thread) {
  return (char *)thread + RAY_THREAD_VALUE_OFFSET;
}

/// The string behind a relative offset, or NULL. Cost: an addition.
static inline const char *ray_string(const int32_t *offset) {
  return *offset ? (const char *)offset + *offset : NULL;
}

// What the runtime gives to instrumented code ------------------------------------

/// Called when an image with sites is loaded, before its other initialisers.
void rayc_image_loaded(const ray_site *begin, const ray_site *end);

/// Called at the top of main: the main thread's context comes to life, so that an
/// initialiser that throws is seen before the program runs.
void rayc_start(void);

/// A thread's first event: initialises the context's value, enters the thread into the
/// runtime's list and returns the thread's `state`. Preserves most registers, since it
/// lies on a cold path of hot functions.
__attribute__((preserve_most)) void *rayc_thread_enter(ray_thread *thread);

/// Not 0 once the program ends: guarded hooks are passed over from then on.
extern volatile uint32_t rayc_stopped;

/// A dense index of a site, unique in the process, from 0; SIZE_MAX for an unknown site.
/// Cost: a subtraction and a comparison in the first image, a search in others.
size_t rayc_site_index(const ray_site *site);
size_t rayc_site_count(void);
/// The site with that index, or NULL.
const ray_site *rayc_site_at(size_t index);

/// Ends the process because a context could not be made: `message` goes to stderr.
_Noreturn void rayc_context_failed(const char *message);

// What the driver links in ------------------------------------------------------

/// The context's arguments, each NUL-terminated, and their number.
extern const char rayc_context_arguments[];
extern const uint64_t rayc_context_arguments_count;
/// The context as the user named it, for messages.
extern const char rayc_context_name[];

static inline const char *rayc_arguments(void) { return rayc_context_arguments; }
static inline uint64_t rayc_argument_count(void) { return rayc_context_arguments_count; }

// What the glue defines -----------------------------------------------------------

void rayc_context_init(void *value);
/// Merges `from` into `value` and destroys `from`.
void rayc_context_merge(void *value, void *from);
/// Finishes `value` and destroys it.
void rayc_context_finish(void *value);

#ifdef __cplusplus
}
#endif

#endif
