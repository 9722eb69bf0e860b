// Asks the runtime for the twins of functions in all kinds of memory; nothing may fault.
// twin_lookup LIBRARY [first]: with `first` no code of the executable is announced, so that
// the library is the first that is.
#define _GNU_SOURCE
#include "ray_abi.h"

#include <dlfcn.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef int64_t function(void);

static void expect(const char *what, const void *function, const void *twin) {
  void *found = rayc_twin((void *)function);
  printf("%s: %s\n", what, found == twin ? "right" : "WRONG");
}

static void *map(void *address, size_t size, int protection) {
  int fixed = address ? MAP_FIXED : 0;
  void *memory = mmap(address, size, protection, MAP_PRIVATE | MAP_ANONYMOUS | fixed, -1, 0);
  if (memory == MAP_FAILED) exit(2);
  return memory;
}

// Code in memory of its own, as a JIT compiler makes it; what is in front of `page` cannot be
// read.
static function *compile(char *page, size_t offset, int64_t result) {
  static const char code[] = "\xb8\0\0\0\0\xc3";  // mov eax, … ; ret
  map(page - 4096, 4096, PROT_NONE);
  map(page, 4096, PROT_READ | PROT_WRITE);
  memcpy(page + offset, code, sizeof code - 1);
  page[offset + 1] = (char)result;
  mprotect(page, 4096, PROT_READ | PROT_EXEC);
  return (function *)(page + offset);
}

// Memory for `compile`, with a page in front.
static char *page(void) { return (char *)map(NULL, 2 * 4096, PROT_NONE) + 4096; }

static void ask_for_jit_code(void) {
  function *first = compile(page(), 0, 11);
  expect("code at the start of a mapping", first, first);
  printf("it runs: %ld\n", first());
  function *near = compile(page(), 15, 12);
  expect("code 15 bytes behind the start", near, near);

  // A mark that no image has announced is any data.
  char *memory = page();
  map(memory, 4096, PROT_READ | PROT_WRITE);
  memcpy(memory, &(uint64_t){rayc_twin_magic}, 8);
  memcpy(memory + 8, &(int32_t){64}, 4);
  expect("a mark in memory of no image", memory + 16, memory + 16);
}

static void ask_for_odd_addresses(void) {
  int local;
  expect("null", NULL, NULL);
  expect("one", (void *)1, (void *)1);
  expect("the last address", (void *)~0ul, (void *)~0ul);
  expect("an address of the kernel", (void *)0xffff800000000000, (void *)0xffff800000000000);
  expect("the stack", &local, &local);
  expect("a C library's function", printf, printf);
}

static int ask_for_each(struct dl_phdr_info *image, size_t size, void *ignored) {
  for (int i = 0; i < image->dlpi_phnum; i++) {
    const ElfW(Phdr) *segment = &image->dlpi_phdr[i];
    if (segment->p_type != PT_LOAD || !(segment->p_flags & PF_X)) continue;
    char *begin = (char *)image->dlpi_addr + segment->p_vaddr;
    int twins = 0;
    for (size_t offset = 0; offset <= segment->p_memsz; offset++)
      twins += rayc_twin(begin + offset) != begin + offset;
    printf("twins in the executable: %d\n", twins);
  }
  return 1;  // Only the first image, which is the executable.
}

static function *ask_for_library(const char *path, void **library) {
  *library = dlopen(path, RTLD_NOW);
  if (!*library) exit((puts(dlerror()), 2));
  function *marked = dlsym(*library, "marked"), *unmarked = dlsym(*library, "unmarked");
  printf("the function: %ld, its twin: %ld\n", marked(), ((function *)rayc_twin(marked))());
  expect("a function without a twin", unmarked, unmarked);
  return marked;
}

static void ask_for_closed_library(const char *path) {
  void *library;
  function *marked = ask_for_library(path, &library);
  dlclose(library);
  expect("a function that is gone", marked, marked);

  // Other code where the library's was: right where the function began, so that the mark
  // would lie in front of the mapping, then with the old mark.
  char *there = (char *)((uintptr_t)marked & ~4095ul);
  function *reused = compile(there, 0, 21);
  expect("the start of a mapping where it was", reused, reused);
  printf("it runs: %ld\n", reused());
  function *same = compile(there, (uintptr_t)marked & 4095, 22);
  mprotect(there, 4096, PROT_READ | PROT_WRITE);
  memcpy((char *)same - 16, &(uint64_t){rayc_twin_magic}, 8);
  mprotect(there, 4096, PROT_READ | PROT_EXEC);
  expect("other code with a mark where it was", same, same);
}

int main(int count, char **arguments) {
  bool is_first = count > 2;
  if (!is_first) rayc_code_loaded((void *)main);
  ask_for_odd_addresses();
  ask_for_jit_code();
  if (!is_first) dl_iterate_phdr(ask_for_each, NULL);
  ask_for_closed_library(arguments[1]);
  ask_for_closed_library(arguments[1]);
  ask_for_jit_code();
  if (!is_first) dl_iterate_phdr(ask_for_each, NULL);
}
