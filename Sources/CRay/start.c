// Stage 5: the context's life from main's first line to the end of the program.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include "ancestors.h"
#include "contexts.h"
#include "lock.h"
#include "switches.h"
#include "threads.h"

// In libswiftCore: NULL for a name that is not a Swift one, else to be freed.
extern char *swift_demangle(const char *name, size_t length, char *buffer, size_t *size,
                            uint32_t flags);

// A forked child inherits the state, and must not report it a second time.
static pid_t started_in;
static bool finished;

// What a context says at the end belongs to the program that the user ran. A program that
// this one starts is quiet, so that whoever started it reads just its own output. Asked
// for at the start: the parent may be gone at the end.
static bool is_quiet;

static const char *const hook_names[] = {"willCall", "didCall",   "result",  "load",
                                         "store",    "operation", "runtime", "outcome"};
static const char *const function_hook_names[] = {"didEnter", "willLeave"};
static const char *const life_names[] = {"init", "merge", "finish"};

static void finish(void) {
  if (getpid() != started_in || __atomic_exchange_n(&finished, true, __ATOMIC_SEQ_CST)) return;
  void *value = rayc_merge_threads(&rayc_thread);
  if (!value || is_quiet) return;
  rayc_thread.in_hook = RAY_HOOK_FINISH | RAY_HOOK_NO_SITE;
  ray_unseen_begin();
  rayc_context_finish(value);
  ray_unseen_end();
  rayc_thread.in_hook = 0;
}

enum { name_size = 1024 };

void rayc_context_failed(const char *message) {
  char name[name_size];
  rayc_name_context(name, sizeof name, true);
  fprintf(stderr, "rayc: %s: %s\n", name, message);
  _exit(1);
}

void rayc_start(void) {
  if (!rayc_thread.state) rayc_thread_enter(&rayc_thread);
}

// A program that dies -------------------------------------------------------------

static const int crashes[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE};
enum { crash_count = sizeof crashes / sizeof *crashes };
static struct sigaction before[crash_count];
static int crash_signal;

static void die(int signal) {
  struct sigaction plain = {.sa_handler = SIG_DFL};
  sigaction(signal, &plain, NULL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  raise(signal);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

// finish() takes locks that the crash may hold. If it hangs, the program still dies of
// the signal that it died of.
static void too_late(int alarm) {
  (void)alarm;
  die(crash_signal);
}

static void print_trap(uintptr_t in_hook) {
  uintptr_t address = in_hook & ~RAY_HOOK_MASK;
  // What has no site belongs to one context; a hook is that of all, in order.
  bool has_site = address != RAY_HOOK_NO_SITE;
  unsigned number = in_hook & RAY_HOOK_MASK;
  const char *hook = (has_site ? hook_names : life_names)[number];
  if (has_site && RAY_SITE_KIND((const ray_site *)address) == RAY_SITE_FUNCTION && number < 2)
    hook = function_hook_names[number];
  char name[name_size];
  rayc_name_context(name, sizeof name, !has_site);
  if (!has_site) {
    fprintf(stderr, "rayc: %s trapped in %s\n", name, hook);
    return;
  }
  const ray_site *site = (const ray_site *)address;
  const char *mangled = ray_string(&site->function_offset);
  const char *file = ray_string(&site->file_offset);
  char *function = swift_demangle(mangled, strlen(mangled), NULL, NULL, 0);
  fprintf(stderr, "rayc: %s trapped in %s at %s:%u:%u in %s\n", name, hook,
          file ? file : "<compiler-generated>", site->line, site->column,
          function ? function : mangled);
  free(function);
}

// Threads may crash together. The first one reports; the others would end it half-way, so
// they wait for their end. Not for ever: the program may go on after a signal that it handles.
static void wait_for_other_crash(void) {
  static uintptr_t crashing;
  uintptr_t self = (uintptr_t)pthread_self(), other = 0;
  bool is_first = __atomic_compare_exchange_n(&crashing, &other, self, false, __ATOMIC_SEQ_CST,
                                              __ATOMIC_SEQ_CST);
  if (is_first || other == self) return;
  struct timespec left = {.tv_sec = 3};
  while (nanosleep(&left, &left) && errno == EINTR) continue;
}

// A handler's alternate stack is small, and what a context does at the end may need a large one.
static void finish_on_large_stack(void) {
  static ucontext_t handler, ending;
  enum { stack_bytes = 8 << 20 };
  int kind = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void *stack = mmap(NULL, stack_bytes, PROT_READ | PROT_WRITE, kind, -1, 0);
  if (stack == MAP_FAILED || getcontext(&ending)) {
    finish();
    return;
  }
  ending.uc_stack.ss_sp = stack;
  ending.uc_stack.ss_size = stack_bytes;
  ending.uc_link = &handler;
  makecontext(&ending, finish, 0);
  swapcontext(&handler, &ending);
  munmap(stack, stack_bytes);
}

static void crashed(int signal, siginfo_t *info, void *machine_context) {
  (void)machine_context;
  int saved_errno = errno;
  wait_for_other_crash();
  uintptr_t hook = rayc_thread.in_hook;
  rayc_thread.in_hook = RAY_HOOK_FINISH | RAY_HOOK_NO_SITE;
  crash_signal = signal;
  struct sigaction on_alarm = {.sa_handler = too_late};
  sigaction(SIGALRM, &on_alarm, NULL);
  setitimer(ITIMER_REAL, &(struct itimerval){.it_value.tv_sec = 2}, NULL);
  if (hook) {
    print_trap(hook);
  } else {
    rayc_thread.in_hook = 0;
    finish_on_large_stack();
  }
  setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL);
  // Last of all: until here, other threads that crash have to come by.
  for (int i = 0; i < crash_count; i++)
    if (crashes[i] == signal) sigaction(signal, &before[i], NULL);
  errno = saved_errno;
  // A fault happens again on return and meets the handler that was there before us; a
  // signal that was sent has to be sent again.
  if (info->si_code <= 0 || signal == SIGTRAP) raise(signal);
}

__attribute__((constructor(102))) static void prepare(void) {
  // Nothing of rayc shows in a program without a context, nor in one that is switched off.
  if (!rayc_thread_size || !rayc_switches_prepare()) return;
  started_in = getpid();
  is_quiet = rayc_context_reports && rayc_has_instrumented_ancestor();
  // Registered first, so run last: what the program's own exit handlers do is seen.
  atexit(finish);
  for (int i = 0; i < crash_count; i++) {
    sigaction(crashes[i], NULL, &before[i]);
    if (before[i].sa_handler == SIG_IGN) continue;
    struct sigaction action = {.sa_sigaction = crashed, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    sigaction(crashes[i], &action, NULL);
  }
}
