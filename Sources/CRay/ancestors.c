// Stage 5: who started this program.
#include "ancestors.h"

#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MARK "rayc_runtime"

// What tells an instrumented executable: a section of this name.
__attribute__((section(MARK), used, retain)) static const char mark[] = MARK;

static pid_t parent_of(pid_t process) {
  char path[32], text[512];
  snprintf(path, sizeof path, "/proc/%d/stat", process);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  if (length <= 0) return 0;
  text[length] = 0;
  // `pid (name) state parent …`: the name may hold anything, also parentheses.
  char *end = strrchr(text, ')');
  int parent = 0;
  return end && sscanf(end + 1, " %*c %d", &parent) == 1 ? parent : 0;
}

static bool has_section(int file) {
  Elf64_Ehdr header;
  if (pread(file, &header, sizeof header, 0) != sizeof header) return false;
  if (memcmp(header.e_ident, ELFMAG, SELFMAG) || header.e_ident[EI_CLASS] != ELFCLASS64 ||
      header.e_shentsize != sizeof(Elf64_Shdr) || header.e_shstrndx >= header.e_shnum)
    return false;
  size_t size = header.e_shnum * sizeof(Elf64_Shdr);
  Elf64_Shdr *sections = malloc(size);
  bool found = false;
  if (sections && pread(file, sections, size, header.e_shoff) == (ssize_t)size) {
    Elf64_Off names = sections[header.e_shstrndx].sh_offset;
    for (int i = 0; i < header.e_shnum && !found; i++) {
      char name[sizeof MARK];
      found = pread(file, name, sizeof name, names + sections[i].sh_name) == sizeof name &&
              !memcmp(name, mark, sizeof mark);
    }
  }
  free(sections);
  return found;
}

static bool is_instrumented(pid_t process) {
  char path[32];
  snprintf(path, sizeof path, "/proc/%d/exe", process);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  bool found = has_section(file);
  close(file);
  return found;
}

bool rayc_has_instrumented_ancestor(void) {
  for (pid_t process = getppid(); process > 1; process = parent_of(process))
    if (is_instrumented(process)) return true;
  return false;
}
