// Stage 5: the cells of tags: their memory, and what is done with many of them at once.
//
#define _GNU_SOURCE
#include "tags.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

NO_BUILTINS

enum { REGIONS = 8, WORD = 8 };
// Clearing more than this gives the pages back.
static const size_t release_size = 1 << 18;

const char rayc_tags_linked = 1;
bool rayc_tags_reserved;
_Alignas(8) uint8_t rayc_tag_regions[REGIONS] = {1};
__thread ray_tag_call rayc_tag_call;

// Reservation -----------------------------------------------------------------------

static void fail(const char *problem, const char *reason) {
  dprintf(STDERR_FILENO, "rayc: %s: %s\n", problem, reason);
  _exit(1);
}

static void reserve(uint64_t begin, uint64_t end) {
  void *window = mmap((void *)begin, end - begin, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (window != (void *)begin)
    fail(
        "cannot reserve the addresses of tags, 32 TB of them; lift the limits on virtual memory "
        "(ulimit -v unlimited; vm.overcommit_memory 0 or 1)",
        window == MAP_FAILED ? strerror(errno) : "the addresses are taken");
  madvise(window, end - begin, MADV_DONTDUMP);
}

static bool has_cell(const void *address) {
  uint64_t a = (uint64_t)address ^ RAY_TAG_FLIP;
  uint64_t width = UINT64_C(1) << RAY_TAG_REGION_SHIFT;
  return a - RAY_TAG_LOW_BEGIN < width || a - RAY_TAG_HIGH_BEGIN < width;
}

void rayc_tags_begin(void) {
  if (!has_cell(&rayc_tags_reserved) || !has_cell(__builtin_frame_address(0)))
    fail("values cannot have tags in this program", "it is not a position-independent executable");
  rayc_tags_find_library();
  reserve(RAY_TAG_LOW_BEGIN, RAY_TAG_LOW_END);
  reserve(RAY_TAG_HIGH_BEGIN, RAY_TAG_HIGH_END);
  rayc_tags_reserved = true;
  rayc_tags_patch_witnesses();
}

// Many cells ------------------------------------------------------------------------

static bool only_first_region(void) {
  return __atomic_load_n((uint64_t *)rayc_tag_regions, __ATOMIC_RELAXED) == 1;
}

/// The cells of one region that belong to the bytes of [address, address + size): the first, and
/// how many.
typedef struct cells {
  ray_tag *first;
  size_t count;
} cells;

static cells cells_of(const char *address, size_t size, unsigned region) {
  size_t skipped = (region - (uint64_t)address) & (WORD - 1);
  if (skipped >= size) return (cells){NULL, 0};
  return (cells){ray_tag_cell(address + skipped), (size - skipped + WORD - 1) / WORD};
}

static void clear(cells cells) {
  if (cells.count < 4) {
    for (size_t i = 0; i < cells.count; i++) cells.first[i] = 0;
    return;
  }
  size_t size = cells.count * sizeof(ray_tag);
  if (size < release_size) {
    rayc_tags_library.memset(cells.first, 0, size);
    return;
  }
  uint64_t begin = (uint64_t)cells.first, end = begin + size, page = 4096;
  uint64_t first = (begin + page - 1) & -page, last = end & -page;
  rayc_tags_library.memset((void *)begin, 0, first - begin);
  madvise((void *)first, last - first, MADV_DONTNEED);
  rayc_tags_library.memset((void *)last, 0, end - last);
}

void rayc_tag_clear(void *at, size_t size) {
  if (!rayc_tags_reserved) return;
  if (only_first_region()) {
    clear(cells_of(at, size, 0));
    return;
  }
  for (unsigned region = 0; region < REGIONS; region++)
    if (rayc_tag_regions[region]) clear(cells_of(at, size, region));
}

static void move(cells to, cells from) {
  if (from.count < 4 && to.first <= from.first)
    for (size_t i = 0; i < from.count; i++) to.first[i] = from.first[i];
  else
    rayc_tags_library.memmove(to.first, from.first, from.count * sizeof(ray_tag));
}

// What has its bytes in other regions afterwards, and lies over what it is copied from.
static void copy_bytewise(char *to, const char *from, size_t size) {
  bool forwards = to < from;
  for (size_t n = 0; n < size; n++) {
    size_t i = forwards ? n : size - 1 - n;
    *ray_tag_cell(to + i) = *ray_tag_cell(from + i);
  }
}

void rayc_tags_move(void *to_begin, const void *from_begin, size_t size) {
  if (!rayc_tags_reserved || to_begin == from_begin || !size) return;
  char *to = to_begin;
  const char *from = from_begin;
  unsigned shift = (uint64_t)(to - from) & (WORD - 1);
  if (!shift && only_first_region()) {
    move(cells_of(to, size, 0), cells_of(from, size, 0));
    return;
  }
  if (shift && to < from + size && from < to + size) {
    for (unsigned region = 0; region < REGIONS; region++) rayc_tag_regions[region] = 1;
    copy_bytewise(to, from, size);
    return;
  }
  // Which regions are used is asked before any becomes one.
  uint8_t used[REGIONS];
  for (unsigned region = 0; region < REGIONS; region++) used[region] = rayc_tag_regions[region];
  for (unsigned region = 0; region < REGIONS; region++) {
    unsigned target = (region + shift) & (WORD - 1);
    if (used[region]) {
      rayc_tag_regions[target] = 1;
      move(cells_of(to, size, target), cells_of(from, size, region));
    } else if (used[target]) {
      clear(cells_of(to, size, target));
    }
  }
}

// Instrumented code moves the tags, and then calls memmove, which would move them once more: where
// the two overlap, that is not the same.
static __thread struct {
  const void *to, *from;
  size_t size;
} moved;

void rayc_tag_copy(void *to, const void *from, size_t size) {
  rayc_tags_move(to, from, size);
  bool overlaps = (char *)to < (const char *)from + size && (const char *)from < (char *)to + size;
  moved.to = overlaps ? to : NULL;
  moved.from = from;
  moved.size = size;
}

bool rayc_tags_take_moved(const void *to, const void *from, size_t size) {
  bool is_moved = moved.to && moved.to == to && moved.from == from && moved.size == size;
  moved.to = NULL;
  return is_moved;
}

// What Swift's Tags does --------------------------------------------------------------

bool rayc_tags_are_carried(void) { return rayc_tags_reserved; }

void rayc_tag_set(void *at, size_t size, ray_tag tag) {
  if (!rayc_tags_reserved || !size) return;
  rayc_tag_clear(at, size);
  if (!tag) return;
  rayc_tag_regions[(uint64_t)at & (WORD - 1)] = 1;
  *ray_tag_cell(at) = tag;
  cells words = cells_of(at, size, 0);
  for (size_t i = 0; i < words.count; i++) words.first[i] = tag;
}

ray_tag rayc_tag_find(const void *at, size_t size) {
  if (!rayc_tags_reserved) return 0;
  const char *byte = at;
  for (size_t i = 0; i < size; i++)
    if (rayc_tag_regions[(uint64_t)(byte + i) & (WORD - 1)]) {
      ray_tag tag = *ray_tag_cell(byte + i);
      if (tag) return tag;
    }
  return 0;
}

// Losses --------------------------------------------------------------------------------

static ray_tag_loss *losses;
// Ends the list: what is on it has a next one.
static ray_tag_loss last;

void rayc_tag_lost(ray_tag_loss *loss) {
  if (__atomic_fetch_add(&loss->count, 1, __ATOMIC_RELAXED) != 0) return;
  ray_tag_loss *first = __atomic_load_n(&losses, __ATOMIC_RELAXED);
  do loss->next = first ? first : &last;
  while (!__atomic_compare_exchange_n(&losses, &first, loss, true, __ATOMIC_RELEASE,
                                      __ATOMIC_RELAXED));
}

const ray_tag_loss *rayc_tag_losses(void) { return __atomic_load_n(&losses, __ATOMIC_ACQUIRE); }

NO_BUILTINS_END
