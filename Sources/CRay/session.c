// Stage 5: what `rayc run` tells the program that it has started.
#include <stdlib.h>
#include <string.h>

#include "ray_abi.h"

#define VARIABLE "RAYC_SESSION"

// Lines `key=value`, each ended by NUL here; an empty one is the end.
static char *lines;

// The variable is not the program's: neither the program nor what it starts sees it. Runs before
// `prepare`, which may ask.
__attribute__((constructor(101))) static void take(void) {
  const char *text = getenv(VARIABLE);
  if (!text) return;
  size_t length = strlen(text);
  lines = malloc(length + 2);
  if (lines) {
    memcpy(lines, text, length);
    lines[length] = lines[length + 1] = 0;
    for (char *end = lines; (end = strchr(end, '\n'));) *end++ = 0;
  }
  unsetenv(VARIABLE);
}

const char *rayc_session(const char *key) {
  size_t length = strlen(key);
  for (const char *line = lines; line && *line; line += strlen(line) + 1)
    if (!strncmp(line, key, length) && line[length] == '=') return line + length + 1;
  return NULL;
}
