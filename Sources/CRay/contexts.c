// Stage 5: the contexts of the program, where there are several: names and arguments.
#include "contexts.h"

#include <stdio.h>
#include <string.h>

#include "ray_abi.h"

static __thread uint64_t selected;

void rayc_context_select(uint64_t index) { selected = index; }
uint64_t rayc_context_selected(void) { return selected; }

static const char *skip(const char *text, uint64_t count) {
  while (count--) text += strlen(text) + 1;
  return text;
}

const char *rayc_arguments(void) {
  uint64_t before = 0;
  for (uint64_t i = 0; i < selected; i++) before += rayc_context_argument_counts[i];
  return skip(rayc_context_arguments, before);
}

uint64_t rayc_argument_count(void) { return rayc_context_argument_counts[selected]; }

void rayc_name_context(char *buffer, size_t size, bool is_known) {
  if (is_known || rayc_context_count == 1) {
    snprintf(buffer, size, "context '%s'", skip(rayc_context_names, selected));
    return;
  }
  size_t used = 0;
  for (uint64_t i = 0; i < rayc_context_count && used < size; i++)
    used += (size_t)snprintf(buffer + used, size - used, "%s'%s'",
                             i ? ", " : "one of the contexts ", skip(rayc_context_names, i));
}
