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
  RAY_SITE_STORE = 3,
  RAY_SITE_OPERATION = 4,
  RAY_SITE_RUNTIME = 5,
  RAY_SITE_FUNCTION = 6,
};

/// How a site's value is typed, in the upper half of its kind: the raw value of Ray.Site.Typing.
enum {
  RAY_TYPE_EXACT = 0,             ///< an exact Swift type
  RAY_TYPE_NONE = 1,              ///< there is no value: a call that returns nothing
  RAY_TYPE_PLUMBING = 2,          ///< the value exists only for the compiler
  RAY_TYPE_INDIRECT_CALL = 3,     ///< the callee is known only at run time
  RAY_TYPE_FOREIGN_CALLEE = 4,    ///< the callee is no Swift function
  RAY_TYPE_UNKNOWN_NAME = 5,      ///< the callee's name does not hold the type
  RAY_TYPE_GENERIC = 6,           ///< a generic parameter is not known
  RAY_TYPE_ASSOCIATED_TYPE = 7,   ///< an associated type is not known
  RAY_TYPE_OPAQUE_TYPE = 8,       ///< `some P`
  RAY_TYPE_UNKNOWN_LAYOUT = 9,    ///< how the type lies in registers is not known
  RAY_TYPE_UNKNOWN_ADDRESS = 10,  ///< nothing says what lies at the address
  RAY_TYPE_PART = 11,             ///< a part of a value
  RAY_TYPE_UNBOUND_GENERIC = 12,  ///< generic arguments are not known
  RAY_TYPE_FUNCTION = 13,         ///< a function, which generic code expects in another form
  RAY_TYPE_OPERATOR = 14,         ///< an instruction does not say which number type it is for
  RAY_TYPE_NONCOPYABLE = 15,      ///< it cannot be copied, and generic code cannot receive it
};
#define RAY_SITE_KIND(site) ((site)->kind & 15)
#define RAY_SITE_TYPING(site) ((site)->kind >> 4)

/// What the Swift runtime is about to do, for rayc_hook_runtime: the raw value of
/// Ray.RuntimeOperation.Kind.
enum {
  RAY_RUNTIME_RETAIN = 0,
  RAY_RUNTIME_RELEASE = 1,
  RAY_RUNTIME_ALLOCATION = 2,
  RAY_RUNTIME_DEALLOCATION = 3,
  RAY_RUNTIME_CAST = 4,
  RAY_RUNTIME_BEGIN_ACCESS = 5,
  RAY_RUNTIME_END_ACCESS = 6,
  RAY_RUNTIME_COPY = 7,
  RAY_RUNTIME_FILL = 8,
  RAY_RUNTIME_DESTRUCTION = 9,
};

/// One static program point, in the section `rayc_sites` of its image.
///
/// The record holds no absolute address, so it needs no relocation when the
/// program starts. It can be written only where the context disables sites. Each `…_offset` is the
/// distance in bytes from that field's own address to a NUL-terminated UTF-8 string; 0 means that
/// there is none.
typedef struct ray_site {
  uint64_t id;                ///< hash of module, function, kind, callee, ordinal
  int32_t function_offset;    ///< mangled name of the enclosing function
  int32_t callee_offset;      ///< mangled name of the callee; none: an indirect call
  int32_t file_offset;        ///< source file; none: code that the compiler made
  int32_t value_type_offset;  ///< mangled type of the result or loaded value
  int32_t variable_offset;    ///< name of the loaded variable
  int32_t arguments_offset;   ///< a ray_arguments; 0: no hook looks at them
  uint32_t line;              ///< 1-based; 0: none
  uint16_t column;            ///< 1-based; 0: none
  uint8_t kind;               ///< RAY_SITE_… | RAY_TYPE_… << 4
  uint8_t disabled;           ///< not 0: no hook is called here any more
  int32_t module_offset;      ///< name of the module that was compiled
  int32_t place_offset;       ///< a ray_place; 0: no context asks for it
} ray_site;

/// Where a site lies in a function of the source. Offsets as in ray_site.
typedef struct ray_source_frame {
  int32_t function_offset;  ///< mangled name of the function
  int32_t file_offset;      ///< source file; none: code that the compiler made, or without source
  uint32_t line, column;    ///< as in ray_site
} ray_source_frame;

/// What the source has at a site. Offsets as in ray_site; behind it lie the frames.
typedef struct ray_place {
  int32_t expression_offset;          ///< text of the expression; none: not known
  uint32_t begin_line, end_line;      ///< where it is, 1-based
  uint16_t begin_column, end_column;  ///< 1-based, in bytes; the end is behind it
  uint32_t frame_count;  ///< ray_source_frames, innermost first; 0: nothing was inlined here
} ray_place;

/// A type that a hook opens at run time: one for each type and image, or, for a type that
/// depends on the generic parameters of a function, one on the stack for each event.
typedef struct ray_type {
  const void *metadata;           ///< Swift type metadata, looked up at the first event
  int32_t name_offset;            ///< relative, as in ray_site: the mangled name
  uint32_t name_length;           ///< in bytes; the name may hold references and zeros
  int32_t fallback_offset;        ///< relative: the type to take if that is not found; 0: none
  uint32_t size;                  ///< in bytes, of the value's registers; 0: it lies in memory
  struct ray_type *base;          ///< the record that this one completes, or NULL
  const void *const *parameters;  ///< the metadata of what `base` calls `x`, `q_`, …
} ray_type;

/// What is said of an argument.
enum {
  RAY_ARGUMENT_IS_RECEIVER = 1,  ///< `self`; the last one
  RAY_ARGUMENT_IS_INOUT = 2,     ///< the program's own variable
  RAY_ARGUMENT_IS_ABSENT = 4,    ///< it is not passed: the optimiser needs it not, or it is a type
  RAY_ARGUMENT_IS_DYNAMIC = 8,   ///< a pointer to its type comes along, behind all addresses
};

/// What is known of an argument before the program runs. Offsets as in ray_site.
///
/// A hook gets the address of an array: the addresses of the arguments' values, in order, and
/// behind them, in the same order, those of the type records of arguments without `type_offset`.
typedef struct ray_argument {
  int32_t label_offset;  ///< its label; 0: none
  int32_t type_offset;   ///< its type's record; 0: it comes with the values
  uint8_t typing;        ///< RAY_TYPE_…
  uint8_t flags;         ///< RAY_ARGUMENT_…
  uint16_t unused;
} ray_argument;

/// The arguments of a site: their number, then each one's ray_argument.
typedef struct ray_arguments {
  uint32_t count;
} ray_arguments;

/// How a call ended, for the hook `outcome`: it reads what the call has left and leaves what the
/// program finds.
typedef struct ray_outcome {
  void *value;                  ///< the result, or room for it; NULL: not known where it is
  struct ray_type *type;        ///< its type, or the machine-level one; NULL: not known
  void *error;                  ///< the error, or room for it
  struct ray_type *error_type;  ///< its type; NULL: `any Error`
  uint8_t threw;                ///< whether the error is there; if not, the value is
  uint8_t is_known;             ///< whether `type` is what the program takes for the result
  uint8_t is_borrowed;          ///< whether the program has yet to retain the result
} ray_outcome;

/// Which hook a thread is in: the low bits of ray_thread.in_hook, beside a site's address. At a
/// function's site the first two stand for didEnter and willLeave.
enum {
  RAY_HOOK_WILL_CALL = 0,
  RAY_HOOK_DID_CALL = 1,
  RAY_HOOK_RESULT = 2,
  RAY_HOOK_LOAD = 3,
  RAY_HOOK_STORE = 4,
  RAY_HOOK_OPERATION = 5,
  RAY_HOOK_RUNTIME = 6,
  RAY_HOOK_OUTCOME = 7,
};
#define RAY_HOOK_MASK ((uintptr_t)7)
/// In place of a site's address where a hook has no site.
#define RAY_HOOK_NO_SITE (~RAY_HOOK_MASK)
/// Which hook that is: the low bits beside RAY_HOOK_NO_SITE.
enum {
  RAY_HOOK_INIT = 0,
  RAY_HOOK_MERGE = 1,
  RAY_HOOK_FINISH = 2,
};

/// The head of a thread's state; the context's value follows it.
///
/// It lies in thread-local storage, in the variable `rayc_thread` that the pass
/// `rayc-context` defines beside the glue, and is zero until the thread's first event.
/// Behind it lies room for a second one, of the same size, which takes the thread's events while it
/// is switched off or a guarded hook runs. Its `in_hook` is never 0, and its `state` says where
/// the thread's events are to go when no hook runs.
typedef struct ray_thread {
  void *state;                         ///< where this thread's events go; NULL: to be entered
  uintptr_t in_hook;                   ///< 0: in the program; else the site's address | RAY_HOOK_…
  struct ray_thread *next, *previous;  ///< the runtime's list of threads
  struct ray_extent *extent;           ///< the innermost extent that runs here; NULL: to be found
  struct ray_extent *base;             ///< that of the innermost synchronous scope; NULL: none
  void *frame;  ///< the extent's own context here, or RAY_NO_FRAME; NULL: not asked
  uintptr_t depth;
} ray_thread;

/// The extent has no context of its own.
#define RAY_NO_FRAME ((void *)1)
static inline bool ray_has_frame(const ray_thread *thread) { return thread->frame > RAY_NO_FRAME; }

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

/// Sets where a thread's events go: by its switches, and if a hook runs on the calling thread and
/// it is that one, to the second half.
void rayc_thread_aim(ray_thread *thread);

/// Not 0 once the program ends: guarded hooks are passed over from then on.
extern volatile uint32_t rayc_stopped;

/// A dense index of a site, unique in the process, from 0; SIZE_MAX for an unknown site.
/// Cost: a subtraction and a comparison in the first image, a search in others.
size_t rayc_site_index(const ray_site *site);
size_t rayc_site_count(void);
/// The site with that index, or NULL.
const ray_site *rayc_site_at(size_t index);
/// Ends the events of a site for good, on all threads. The pass rayc-context looks for calls
/// of this: where there is none, no site is asked whether it is disabled.
void rayc_site_disable(const ray_site *site);

/// A box of a copy of an error that has none; where its type is not found, 1.
void *rayc_error_box(const void *error, ray_type *type);
/// Gives up a box of rayc_error_box.
void rayc_error_release(void *box);

/// What the source has at a site, or NULL where that is not known. rayc_site_frames is the same
/// for who asks for the frames: the pass rayc-context looks for calls of it, and where there is
/// none, no frames are emitted.
const ray_place *rayc_site_place(const ray_site *site);
const ray_place *rayc_site_frames(const ray_site *site);

/// A call that a thread is in: one for each instrumented function that runs, where a context asks
/// for them.
typedef struct ray_call {
  struct ray_call *caller;  ///< the next one outwards
  const ray_site *site;     ///< the call the function is at; NULL: it has called nothing yet
} ray_call;
extern __thread ray_call *rayc_call __attribute__((tls_model("initial-exec")));

/// The innermost call of the running thread. The pass rayc-context looks for calls of it: where
/// there is none, calls are not kept.
const ray_call *rayc_calls(void);
/// Writes the sites of the calls that the running thread is in, the innermost first, beginning
/// with the site of the hook that runs. Returns how many they are, at most `capacity`.
size_t rayc_call_sites(const ray_call *innermost, const ray_site **sites, size_t capacity);

/// How deep the function that an event is in was called. The pass rayc-context puts a look at the
/// thread's head in its place; where there is none, depth is not counted.
uintptr_t rayc_depth(void);

/// The running thread's number, from 0, which is the main thread's, in the order in which they
/// ask. Cost: a look at thread-local storage, after the first time.
uint32_t rayc_thread_number(void);
/// The running thread's id and its name, for the system; the name is empty where there is none.
/// Cost: a system call.
int64_t rayc_thread_id(void);
#define RAY_THREAD_NAME_SIZE 16
void rayc_thread_name(char name[RAY_THREAD_NAME_SIZE]);
/// The processor's timestamp counter. Cost: about 9 ns.
static inline uint64_t ray_ticks(void) { return __builtin_ia32_rdtsc(); }
/// Calls the context's hooks as the program does, `count` times: of a call, and between them of a
/// function, unless that is NULL. `value` is a context's value of `size` bytes; a copy of it gets
/// the events. With `tree`, a function calls itself as for the Fibonacci number of that instead;
/// what that takes without hooks is rayc_measure_nothing. False: it cannot be, since there are
/// several contexts or a hook is missing.
bool rayc_measure_calls(void *value, size_t size, const ray_site *call, const ray_site *function,
                        size_t count, unsigned tree);
void rayc_measure_nothing(unsigned tree);
/// The running task's number, or 0 where none runs.
uint64_t rayc_task_number(void);

/// Says which of several contexts the calling thread makes, merges or finishes from now on.
/// The pass rayc-context calls it where there are several.
void rayc_context_select(uint64_t index);
/// Which one that is.
uint64_t rayc_context_selected(void);

/// The selected context's arguments, each NUL-terminated, and their number.
const char *rayc_arguments(void);
uint64_t rayc_argument_count(void);

/// Whether the calling thread makes the process's first value of the context, or of each of
/// several.
bool rayc_is_first_value(void);
/// What `rayc run` has told this process, by key, or NULL; see Ray/Session.swift.
const char *rayc_session(const char *key);

/// The version of a live context that events go to, or NULL; a thread that has another one goes
/// over at its next event. Cost: a load.
extern void *rayc_live_current;
static inline void *rayc_live_version(void) {
  return __atomic_load_n(&rayc_live_current, __ATOMIC_ACQUIRE);
}
/// Loads the first version, and starts the thread that rayc tells of others.
void rayc_live_begin(void);
/// Which of several contexts is the live one.
uint64_t rayc_live_context(void);
/// What Ray's Swift side offers: a version that was loaded is to come behind the one of now. NULL,
/// or why it cannot, to be freed.
char *rayc_live_install(void *version, bool keeps_values);

/// Ends the process because the selected context could not be made: `message` goes to stderr.
_Noreturn void rayc_context_failed(const char *message);

// Twins and extents ---------------------------------------------------------------

/// What lies in front of a function that has a twin: this number, the distance in bytes
/// from the function to its twin (int32_t), and four bytes of nothing.
#define RAY_TWIN_MAGIC UINT64_C(0x9d7ac3f1e45b2086)
#define RAY_TWIN_MARK_SIZE 16

/// Called when an image with twins is loaded, with an address in its code.
void rayc_code_loaded(const void *inside);
/// Called when it is unloaded: other code may come to lie there.
void rayc_code_unloaded(const void *inside);

/// The executable's code that may have marks: the first address, and the size in bytes.
extern uintptr_t rayc_code_begin, rayc_code_size;
/// RAY_TWIN_MAGIC.
extern const volatile uint64_t rayc_twin_magic;

/// A function's twin; the function itself where there is none. Reads in front of
/// addresses only that lie in the code of an image with twins.
__attribute__((preserve_most)) void *rayc_twin(void *function);

/// A part of an async function begins that no twin has called: brings the thread into the
/// extent of its task. False: the task is in none.
__attribute__((preserve_most)) bool rayc_task_enter(ray_thread *thread);

/// A function is called by its address on a thread that is not inside. Returns what
/// rayc_gate_leave takes, or RAY_STAYS_OUT.
__attribute__((preserve_most)) void *rayc_gate_enter(ray_thread *thread);
__attribute__((preserve_most)) void rayc_gate_leave(ray_thread *thread, void *saved);

/// The same for a function whose calls open an extent.
__attribute__((preserve_most)) void *rayc_trigger_enter(ray_thread *thread);
__attribute__((preserve_most)) void rayc_trigger_leave(ray_thread *thread, void *saved);

/// The head of an async function's frame: where it returns to, by a call that takes the frame
/// and the results.
typedef struct ray_async_frame {
  struct ray_async_frame *caller;
  void *resume;
} ray_async_frame;

/// The same for an async function whose calls open an extent: true if it runs inside, in an
/// extent of its own that ends when the function returns, or in the one its task is in.
__attribute__((preserve_most)) bool rayc_trigger_begin(ray_thread *thread, ray_async_frame *frame);

/// The same for main: the extent of all threads and tasks.
__attribute__((preserve_most)) void *rayc_program_enter(ray_thread *thread);
#define RAY_STAYS_OUT ((void *)-1)

/// Linked where a program has twins: the threads that it starts inside an extent are inside.
extern const char rayc_follow_threads;

/// Gives up what `frame` holds.
__attribute__((preserve_most)) void rayc_frame_release(ray_thread *thread);

/// What a thread is in, to come back to.
typedef struct ray_scope {
  struct ray_extent *extent, *base;
  uintptr_t depth;
} ray_scope;

/// Brings the running thread into an extent (NULL: out of all) until ray_scope_leave.
ray_scope rayc_scope_enter(struct ray_extent *extent);
void rayc_scope_leave(ray_scope scope);
/// Brings the running thread into an extent until its part of an async function ends.
void rayc_part_enter(struct ray_extent *extent);

/// Binds an extent to the running task, for what it starts; until rayc_task_unbind.
void rayc_task_bind(struct ray_extent *extent);
void rayc_task_unbind(void);

/// The innermost extent that the running code is in, NULL for none. Not retained.
struct ray_extent *rayc_current_extent(void);
/// Makes an extent the one of all threads and tasks that are in no other; NULL: of none.
void rayc_set_program_extent(struct ray_extent *extent);

/// What Ray's Swift side offers: the nearest extent outwards that is still open, or NULL.
struct ray_extent *rayc_extent_open(struct ray_extent *extent);
/// The extent that triggers open; it has no context of its own. Immortal.
struct ray_extent *rayc_trigger_extent(void);
/// An extent of the same kind for one call, retained, and where the call returns to.
struct ray_extent *rayc_trigger_extent_for(void *resume);
void *rayc_trigger_resume(struct ray_extent *extent);
/// Gives a thread's frame back to its extent.
void rayc_frame_give_back(void *frame);
struct ray_extent *rayc_extent_retain(struct ray_extent *extent);
void rayc_extent_release(struct ray_extent *extent);

/// A type's metadata, complete: a program may have asked for less. Cost: a call and a load.
const void *rayc_whole_metadata(const void *metadata);

/// The extents' class, as type metadata.
const void *rayc_extent_type(void);

/// Whether the hook that was called last is one that its context does not implement; forgets
/// it. rayc_note_absence says it.
bool rayc_take_absence(void);
void rayc_note_absence(void);

/// What `in_hook` says while the runtime runs code of a context of the program's own.
static const uintptr_t rayc_silence = RAY_HOOK_MERGE | RAY_HOOK_NO_SITE;

/// One lock for all extents. Held for some tens of nanoseconds.
void rayc_extents_lock(void);
void rayc_extents_unlock(void);

extern __thread ray_thread rayc_thread __attribute__((tls_model("initial-exec")));

/// The running thread's state. Cost: an addition.
static inline ray_thread *rayc_this_thread(void) { return &rayc_thread; }

// What a program says to the runtime, through Ray ------------------------------------

/// Switches the calling thread off and out of all extents, and on again; they nest.
ray_scope rayc_thread_switch_off(void);
void rayc_thread_switch_on(ray_scope before);

/// Whether events go to the context: false in a program without one, and where
/// `RAYC_DISABLE` switched the process off for good.
bool rayc_is_enabled(void);
/// Switches all threads. Cost: a lock and a store for each thread.
void rayc_set_enabled(bool is_on);

// What the driver links in ------------------------------------------------------

/// How many contexts there are, and what the user called them: each NUL-terminated.
extern const uint64_t rayc_context_count;
extern const char rayc_context_names[];
/// The arguments of all contexts, each NUL-terminated, and how many each context has.
extern const char rayc_context_arguments[];
extern const uint64_t rayc_context_argument_counts[];

// What the pass rayc-context defines beside the glue ---------------------------------

/// Whether the context has a `finish` that does anything.
extern const uint8_t rayc_context_reports;
/// Whether the context disables sites.
extern const uint8_t rayc_context_disables_sites;

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
