// Stage 5: the versions of a live context, and the thread that rayc tells of new ones.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "ray_abi.h"

void *rayc_live_current;

static uint64_t live_context;
uint64_t rayc_live_context(void) { return live_context; }

// Loads a version from its library, which is never unloaded. NULL, or what is wrong, to be freed.
static char *load(const char *library, bool keeps_values) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!handle) return strdup(dlerror());
  void *(*make)(void) = (void *(*)(void))dlsym(handle, "rayc_live_library");
  if (!make) return strdup(dlerror());
  void *version = make();
  char *problem = rayc_live_install(version, keeps_values);
  if (!problem) __atomic_store_n(&rayc_live_current, version, __ATOMIC_RELEASE);
  return problem;
}

// A message is '0' or '1' (whether values can be kept) and the library's path; the answer is
// empty, or what is wrong.
static void *listen_to_rayc(void *channel) {
  int descriptor = (int)(intptr_t)channel;
  // What loading comes upon is no event.
  rayc_thread_switch_off();
  char message[4096];
  ssize_t length;
  while ((length = recv(descriptor, message, sizeof message - 1, 0)) > 0 ||
         (length < 0 && errno == EINTR)) {
    if (length < 2) continue;
    message[length] = 0;
    char *problem = load(message + 1, *message == '1');
    char answer[4096];
    int size = snprintf(answer, sizeof answer, "%c%s", problem ? '1' : '0', problem ? problem : "");
    if (size >= (int)sizeof answer) size = sizeof answer - 1;
    send(descriptor, answer, (size_t)size, MSG_NOSIGNAL);
    free(problem);
  }
  close(descriptor);
  return NULL;
}

// The program's own descriptors have the numbers that they have without rayc.
static int connect_to_rayc(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) return -1;
  strcpy(address.sun_path, path);
  int low = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  if (low < 0) return -1;
  int high = fcntl(low, F_DUPFD_CLOEXEC, 700);
  if (high < 0) high = fcntl(low, F_DUPFD_CLOEXEC, 100);
  close(low);
  if (high >= 0 && connect(high, (struct sockaddr *)&address, sizeof address)) {
    close(high);
    return -1;
  }
  return high;
}

void rayc_live_begin(void) {
  const char *library = rayc_session("live");
  if (!library) return;
  live_context = rayc_context_selected();
  const char *problem = load(library, false);
  if (problem) rayc_context_failed(problem);
  const char *path = rayc_session("channel");
  int channel = path ? connect_to_rayc(path) : -1;
  if (channel < 0) return;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  if (pthread_create(&thread, NULL, listen_to_rayc, (void *)(intptr_t)channel))
    close(channel);
  else
    pthread_detach(thread);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}
