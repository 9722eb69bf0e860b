// Takes the place of the runtime in the tests that run: one thread, no merging, and
// functions that the contexts of this folder call to print what their hooks saw.
#include "ray_abi.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const uint32_t rayc_abi_1 = RAYC_ABI_VERSION;
volatile uint32_t rayc_stopped;
extern __thread ray_thread rayc_thread __attribute__((tls_model("initial-exec")));
extern const uint64_t rayc_thread_size;
__attribute__((weak)) void rayc_context_init(void *value) { (void)value; }
__attribute__((weak)) void rayc_context_finish(void *value) { (void)value; }

// What instrumented code calls ------------------------------------------------------

static const ray_site *first_site, *end_of_sites;

void rayc_image_loaded(const ray_site *begin, const ray_site *end) {
  first_site = begin;
  end_of_sites = end;
}

// What takes the events of a thread that is switched off.
static ray_thread *off(ray_thread *thread) {
  return (ray_thread *)((char *)thread + rayc_thread_size);
}

void rayc_context_select(uint64_t index) { (void)index; }

void rayc_site_disable(const ray_site *site) { ((ray_site *)(uintptr_t)site)->disabled = 1; }

__attribute__((preserve_most)) void *rayc_thread_enter(ray_thread *thread) {
  off(thread)->in_hook = RAY_HOOK_NO_SITE;
  off(thread)->state = thread->state = ray_thread_value(thread);
  rayc_context_init(thread->state);
  return thread->state;
}

void rayc_start(void) {
  if (!rayc_thread.state) rayc_thread_enter(&rayc_thread);
}

// Printing ---------------------------------------------------------------------------

static const char *or(const char *text, const char *other) { return text ? text : other; }

static const char *name(const ray_site *site) {
  if (RAY_SITE_KIND(site) == RAY_SITE_LOAD || RAY_SITE_KIND(site) == RAY_SITE_STORE)
    return or(ray_string(&site->variable_offset), "a value");
  return or(ray_string(&site->callee_offset), "an unknown function");
}

static bool starts(const char **text, const char *prefix) {
  size_t length = strlen(prefix);
  if (strncmp(*text, prefix, length)) return false;
  *text += length;
  return true;
}

static const void *take(const char **value, size_t size) {
  *value = (const char *)(((uintptr_t)*value + size - 1) & -size);
  const void *taken = *value;
  *value += size;
  return taken;
}

// Prints the value of one mangled type; moves both behind it.
static void print_one(const char **type, const char **value) {
  int count;
  if (starts(type, "Sb")) {
    printf("Bool %s", *(uint8_t *)take(value, 1) ? "true" : "false");
  } else if (starts(type, "s4Int8V")) {
    printf("Int8 %d", *(int8_t *)take(value, 1));
  } else if (starts(type, "s5Int16V")) {
    printf("Int16 %d", *(int16_t *)take(value, 2));
  } else if (starts(type, "s5Int32V")) {
    printf("Int32 %d", *(int32_t *)take(value, 4));
  } else if (starts(type, "s5Int64V")) {
    printf("Int64 %ld", *(int64_t *)take(value, 8));
  } else if (starts(type, "Si")) {
    printf("Int %ld", *(int64_t *)take(value, 8));
  } else if (starts(type, "s6Int128V")) {
    const uint64_t *halves = take(value, 16);
    printf("Int128 0x%lx%016lx", halves[1], halves[0]);
  } else if (starts(type, "Sf")) {
    printf("Float %g", *(float *)take(value, 4));
  } else if (starts(type, "Sd")) {
    printf("Double %g", *(double *)take(value, 8));
  } else if (starts(type, "s7Float16V")) {
    printf("Float16 0x%x", *(uint16_t *)take(value, 2));
  } else if (starts(type, "SVSg")) {
    const void *address = *(void **)take(value, 8);
    printf(address ? "pointer" : "nil");
  } else if (sscanf(*type, "s%*1[56]SIMD%dVy", &count) == 1) {
    *type = strchr(*type, 'y') + 1;
    const char *element = *type;
    printf("SIMD");
    for (int i = 0; i < count; i++) {
      printf(i ? ", " : "(");
      *type = element;
      print_one(type, value);
    }
    printf(")");
    ++*type;
  } else {
    printf("unknown type %s", *type);
    *type += strlen(*type);
  }
}

// Prints a value, or the values of a tuple: its first element's type is followed by `_`.
static void print(const char *type, const char *value) {
  const char *rest = type;
  size_t length = strlen(type);
  bool is_tuple = length && type[length - 1] == 't' && strchr(type, '_');
  if (is_tuple) printf("(");
  print_one(&rest, &value);
  while (is_tuple && *rest && *rest != 't') {
    if (*rest == '_') rest++;
    if (*rest == 't') break;
    printf(", ");
    print_one(&rest, &value);
  }
  if (is_tuple) printf(")");
}

// What the hooks of log.ll call --------------------------------------------------------

static unsigned count_arguments(const ray_site *site) {
  if (!site->arguments_offset) return 0;
  return ((const ray_arguments *)ray_string(&site->arguments_offset))->count;
}

static const ray_argument *argument(const ray_site *site, unsigned i) {
  const char *table = ray_string(&site->arguments_offset);
  return (const ray_argument *)(table + sizeof(ray_arguments)) + i;
}

// The mangled type of an argument that is not put together at run time.
static const char *argument_type(const ray_site *site, unsigned i) {
  const ray_type *type = (const ray_type *)ray_string(&argument(site, i)->type_offset);
  return type ? ray_string(&type->name_offset) : "?";
}

void saw_will(const void *const *arguments, const ray_site *site) {
  printf("%s %s(", RAY_SITE_KIND(site) == RAY_SITE_CALL ? "will" : "will (runtime)", name(site));
  for (unsigned i = 0; i < count_arguments(site); i++) {
    const char *label = ray_string(&argument(site, i)->label_offset);
    if (i) printf(", ");
    if (argument(site, i)->flags & RAY_ARGUMENT_IS_RECEIVER) printf("self: ");
    if (argument(site, i)->flags & RAY_ARGUMENT_IS_INOUT) printf("inout ");
    if (label) printf("%s: ", label);
    if (argument(site, i)->flags & RAY_ARGUMENT_IS_ABSENT)
      printf("_");
    else
      print(argument_type(site, i), arguments[i]);
  }
  printf(")\n");
}

void saw_did(const void *error, const ray_site *site) {
  if (error)
    printf("did %s: threw %p\n", name(site), error);
  else
    printf("did %s\n", name(site));
}

void saw_value(const void *value, const ray_site *site) {
  static const char *const kinds[] = {"result", "result", "load", "store", "operation", "runtime"};
  printf("%s %s: ", kinds[RAY_SITE_KIND(site)], name(site));
  print(ray_string(&site->value_type_offset), value);
  printf("\n");
}

void saw_any(const void *value, const ray_type *type, const ray_site *site) {
  const char *of_type = ray_string(&type->name_offset);
  if (strcmp(of_type, ray_string(&site->value_type_offset)))
    printf("the type's record says '%s'\n", of_type);
  saw_value(value, site);
}

// What the hook of outcome.ll calls ------------------------------------------------------

void saw_outcome(const ray_outcome *outcome, const ray_site *site) {
  if (!outcome->threw) {
    printf("%s returned %s\n", name(site), ray_string(&outcome->type->name_offset));
    return;
  }
  printf("%s threw %ld", name(site), *(int64_t *)outcome->error);
  if (outcome->error_type) printf(", a %s", ray_string(&outcome->error_type->name_offset));
  printf("\n");
}

void turn_outcome(ray_outcome *outcome, int64_t value, int64_t error) {
  *(int64_t *)(outcome->threw ? outcome->value : outcome->error) = outcome->threw ? value : error;
  outcome->threw = !outcome->threw;
}

void *rayc_error_box(const void *error, ray_type *type) {
  (void)type;
  return *(void **)error;
}
void rayc_error_release(void *box) { (void)box; }

// What the hooks of log_points.ll call ---------------------------------------------------

void saw_operator(const void *value, const void *const *operands, const ray_site *site) {
  printf("operator %s(", name(site));
  for (unsigned i = 0; operands && i < count_arguments(site); i++) {
    if (i) printf(", ");
    print(argument_type(site, i), operands[i]);
  }
  printf(") = ");
  print(ray_string(&site->value_type_offset), value);
  printf("\n");
}

void saw_operation(uint8_t kind, const void *address, int64_t size, const ray_site *site) {
  static const char *const kinds[] = {"retain", "release",      "allocation", "deallocation",
                                      "cast",   "begin access", "end access", "copy",
                                      "fill",   "destruction"};
  printf("%s %s: %s, %ld bytes\n", kinds[kind], name(site), address ? "pointer" : "nil", size);
}

void saw_function(const char *what, const ray_site *site) {
  printf("%s %s, line %u\n", what, ray_string(&site->function_offset), site->line);
}

// What the programs call ----------------------------------------------------------------

void print_number(int64_t number) { printf("program: %ld\n", number); }
void print_double(double number) { printf("program: %g\n", number); }
void print_text(const char *text) { printf("program: %s\n", text); }
void stop_hooks(void) { rayc_stopped = 1; }

void rayc_thread_aim(ray_thread *thread) {
  ray_thread *half = thread->in_hook ? off(thread) : NULL;
  thread->state = half ? ray_thread_value(half) : off(thread)->state;
}

static void aim_at(ray_thread *half) {
  off(&rayc_thread)->state = ray_thread_value(half);
  rayc_thread_aim(&rayc_thread);
}

/// What `disabled` does: events go to the second half of the thread's state.
void switch_off(void) { aim_at(off(&rayc_thread)); }

void switch_on(void) { aim_at(&rayc_thread); }

/// Prints the image's site table as a tool would that reads it.
void print_sites(void) {
  for (const ray_site *site = first_site; site < end_of_sites; site++) {
    printf("site %016lx kind %d in %s: %s(", site->id, RAY_SITE_KIND(site),
           or(ray_string(&site->function_offset), "-"), name(site));
    for (unsigned i = 0; i < count_arguments(site); i++)
      printf(i ? " %s" : "%s", argument_type(site, i));
    printf(") -> %s at %s:%u:%u\n", or(ray_string(&site->value_type_offset), "-"),
           or(ray_string(&site->file_offset), "-"), site->line, site->column);
  }
}

// The program's beginning and end ---------------------------------------------------------

static void trapped(int signal) {
  (void)signal;
  uintptr_t in_hook = rayc_thread.in_hook;
  const ray_site *site = (const ray_site *)(in_hook & ~RAY_HOOK_MASK);
  if (in_hook)
    printf("trapped in hook %d at %s\n", (int)(in_hook & RAY_HOOK_MASK), name(site));
  else
    printf("trapped in the program\n");
  fflush(stdout);
  _exit(3);
}

static void finish(void) {
  if (rayc_thread.state) rayc_context_finish(ray_thread_value(&rayc_thread));
}

__attribute__((constructor(102))) static void prepare(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  atexit(finish);
  signal(SIGILL, trapped);
  signal(SIGTRAP, trapped);
}
