// Stage 6: the table of sites in a recording.
#define _GNU_SOURCE
#include <sys/mman.h>

#include "ray_abi.h"
#include "ray_tape.h"
#include "tape.h"

// The runtime may not use the program's heap: the event may be in the middle of an allocation.
static void *room(size_t length) {
  void *found = mmap(NULL, length, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return found == MAP_FAILED ? NULL : found;
}

// The text of a table, and where each string is in it, by its address in the program.
typedef struct {
  uint8_t *bytes;
  size_t length, capacity, strings_from;
  struct place {
    const char *string;
    uint32_t place;
  } *places;
  size_t place_count;
} text;

static bool grow(text *text, size_t wanted) {
  if (wanted <= text->capacity) return true;
  size_t capacity = 2 * wanted;
  void *larger = mremap(text->bytes, text->capacity, capacity, MREMAP_MAYMOVE);
  if (larger == MAP_FAILED) return false;
  text->bytes = larger;
  text->capacity = capacity;
  return true;
}

// Where a string is in the text, plus 1.
static bool place(text *text, const int32_t *offset, uint32_t *result) {
  const char *string = ray_string(offset);
  *result = 0;
  if (!string) return true;
  size_t at = ((uintptr_t)string * UINT64_C(0x9E3779B97F4A7C15)) >> 20;
  struct place *found;
  for (;; at++) {
    found = &text->places[at % text->place_count];
    if (!found->string || found->string == string) break;
  }
  if (!found->string) {
    size_t length = strlen(string) + 1;
    if (!grow(text, text->length + length)) return false;
    memcpy(text->bytes + text->length, string, length);
    *found = (struct place){string, (uint32_t)(text->length - text->strings_from) + 1};
    text->length += length;
  }
  *result = found->place;
  return true;
}

static bool add(text *text, const ray_site *site, size_t position) {
  ray_tape_site record = {
      .id = site->id, .line = site->line, .column = site->column, .kind = site->kind};
  bool has_room = place(text, &site->function_offset, &record.function) &&
                  place(text, &site->callee_offset, &record.callee) &&
                  place(text, &site->file_offset, &record.file) &&
                  place(text, &site->value_type_offset, &record.value_type) &&
                  place(text, &site->variable_offset, &record.variable) &&
                  place(text, &site->module_offset, &record.module);
  if (has_room) memcpy(text->bytes + position, &record, sizeof record);
  return has_room;
}

bool rayc_tape_write_table(size_t from, size_t to) {
  size_t count = to - from, strings_from = sizeof(ray_tape_table) + count * sizeof(ray_tape_site);
  // Twice the number of strings there can be.
  text text = {.length = strings_from,
               .strings_from = strings_from,
               .capacity = 2 * strings_from,
               .place_count = 12 * count + 1};
  text.bytes = room(text.capacity);
  text.places = room(text.place_count * sizeof *text.places);
  bool has_room = text.bytes && text.places;
  for (size_t i = 0; has_room && i < count; i++)
    has_room =
        add(&text, rayc_site_at(from + i), sizeof(ray_tape_table) + i * sizeof(ray_tape_site));
  if (has_room) {
    ray_tape_table table = {(uint32_t)from, (uint32_t)count, (uint32_t)(text.length - strings_from),
                            0};
    memcpy(text.bytes, &table, sizeof table);
    has_room = rayc_tape_write(RAY_CHUNK_SITES, text.bytes, text.length);
  }
  if (text.bytes) munmap(text.bytes, text.capacity);
  if (text.places) munmap(text.places, text.place_count * sizeof *text.places);
  return has_room;
}
