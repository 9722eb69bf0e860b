// Stage 6: a recording's file, and the cold half of writing events to it.
#define _GNU_SOURCE
#define RAYC_TAPE_OWN
#include "ray_tape.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "lock.h"
#include "ray_abi.h"
#include "tape.h"

uintptr_t rayc_tape_origin;

// Where a thread writes. In memory it lies in front of the thread's block, at a distance that
// leads from one to the other; the block is a part of the file, mapped, so that what is in it
// survives the process however it ends.
typedef struct slot {
  struct slot *next;
  _Atomic bool is_taken;
  uint32_t thread;
  uint64_t sequence;
  uint16_t places[RAY_PACK_PLACES];
  uint8_t packed[RAY_TAPE_BLOCK_SIZE];
} slot;
enum { slot_distance = 2 * RAY_TAPE_BLOCK_SIZE };
_Static_assert(sizeof(slot) <= slot_distance, "a slot lies in front of its block");
_Static_assert(sizeof(ray_chunk) == RAY_TAPE_CHUNK_ALIGNMENT, "chunks begin at multiples of it");

static _Atomic(slot *) slots;
static int file = -1;
static pid_t process;
static ray_tape_options wanted;
static uint64_t begin_milliseconds;
static uint64_t ring_begin;
static _Atomic uint64_t file_end, ring_at;
static _Atomic uint32_t stopped, thread_count;
static _Atomic size_t known_sites;
static pthread_mutex_t sites_lock = PTHREAD_MUTEX_INITIALIZER;

static uint64_t nanoseconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}
static uint64_t milliseconds(void) { return nanoseconds(CLOCK_MONOTONIC) / 1000000; }
static uint64_t ticks(void) { return __builtin_ia32_rdtsc(); }

static uint8_t *block_of(uint8_t *cursor) {
  return (uint8_t *)(((uintptr_t)cursor - 1) & ~(uintptr_t)(RAY_TAPE_BLOCK_SIZE - 1));
}
static slot *slot_of(uint8_t *block) { return (slot *)(void *)(block - slot_distance); }
static uint8_t *block_in(slot *slot) { return (uint8_t *)slot + slot_distance; }

static void write_ending(uint64_t ended);

// Nothing more is recorded, for a reason that the file tells. The first one counts.
static void stop(int reason) {
  uint32_t none = 0;
  if (atomic_compare_exchange_strong(&stopped, &none, (uint32_t)reason)) write_ending(0);
}

// Room in the file -----------------------------------------------------------------

static uint64_t rounded(uint64_t length, uint64_t unit) {
  return (length + unit - 1) / unit * unit;
}

// A write behind the limit would be a signal that ends the program.
static bool is_allowed(uint64_t end) {
  struct rlimit limit;
  if (wanted.maximal_bytes && end > wanted.maximal_bytes) {
    stop(RAY_TAPE_FULL);
    return false;
  }
  if (!getrlimit(RLIMIT_FSIZE, &limit) && limit.rlim_cur != RLIM_INFINITY && end > limit.rlim_cur) {
    stop(EFBIG);
    return false;
  }
  return true;
}

// The position of `length` bytes at the file's end; 0: there may be no more.
static uint64_t reserve(uint64_t length, uint64_t alignment) {
  uint64_t end = atomic_load(&file_end), begin;
  do {
    begin = rounded(end, alignment);
    if (!is_allowed(begin + length)) return 0;
  } while (!atomic_compare_exchange_weak(&file_end, &end, begin + length));
  return begin;
}

static uint64_t reserve_in_ring(uint64_t length) {
  length = rounded(length, RAY_TAPE_CHUNK_ALIGNMENT);
  uint64_t at = atomic_load(&ring_at), begin;
  do begin = at + length > ring_begin + wanted.last_bytes ? ring_begin : at;
  while (!atomic_compare_exchange_weak(&ring_at, &at, begin + length));
  return begin;
}

static bool write_all(struct iovec *parts, int count, uint64_t position) {
  while (count) {
    ssize_t written = pwritev(file, parts, count, (off_t)position);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      stop(written ? errno : ENOSPC);
      return false;
    }
    position += (uint64_t)written;
    while (count && (size_t)written >= parts->iov_len) {
      written -= (ssize_t)parts->iov_len;
      parts++, count--;
    }
    if (count) {
      parts->iov_base = (char *)parts->iov_base + written;
      parts->iov_len -= (size_t)written;
    }
  }
  return true;
}

static bool write_chunk(ray_chunk *chunk, const void *payload, bool goes_round) {
  uint64_t length = sizeof *chunk + chunk->length;
  uint64_t position =
      goes_round ? reserve_in_ring(length) : reserve(length, RAY_TAPE_CHUNK_ALIGNMENT);
  if (!position) return false;
  chunk->magic = RAY_TAPE_CHUNK_MAGIC;
  chunk->milliseconds = (uint32_t)(milliseconds() - begin_milliseconds);
  chunk->sum = ray_tape_sum(payload, chunk->length);
  chunk->header_sum = ray_chunk_sum(chunk);
  struct iovec parts[] = {{chunk, sizeof *chunk}, {(void *)(uintptr_t)payload, chunk->length}};
  return write_all(parts, 2, position);
}

bool rayc_tape_write(uint32_t kind, const void *payload, size_t length) {
  ray_chunk chunk = {.kind = kind,
                     .length = (uint32_t)length,
                     .unpacked = (uint32_t)length,
                     .begin = ticks(),
                     .end = ticks()};
  return write_chunk(&chunk, payload, false);
}

// Where the file says how it ended: written at its beginning, so that there is room for it when
// the disk is full.
static uint64_t ending_at;

// - `ended`: in ticks; 0: the program runs still.
static void write_ending(uint64_t ended) {
  if (!ending_at) return;
  ray_tape_ending ending = {ended, nanoseconds(CLOCK_REALTIME), atomic_load(&stopped),
                            atomic_load(&thread_count)};
  ray_chunk chunk = {.magic = RAY_TAPE_CHUNK_MAGIC,
                     .kind = RAY_CHUNK_END,
                     .length = sizeof ending,
                     .unpacked = sizeof ending,
                     .end = ended};
  chunk.sum = ray_tape_sum(&ending, sizeof ending);
  chunk.header_sum = ray_chunk_sum(&chunk);
  struct iovec parts[] = {{&chunk, sizeof chunk}, {&ending, sizeof ending}};
  ssize_t written = pwritev(file, parts, 2, (off_t)ending_at);
  (void)written;
}

// Blocks ---------------------------------------------------------------------------

static void begin_block(slot *slot) {
  ray_chunk *chunk = (ray_chunk *)(void *)block_in(slot);
  ray_chunk new = {.magic = RAY_TAPE_CHUNK_MAGIC,
                   .kind = RAY_CHUNK_LIVE,
                   .length = RAY_TAPE_BLOCK_SIZE - sizeof *chunk,
                   .unpacked = RAY_TAPE_BLOCK_SIZE - sizeof *chunk,
                   .thread = slot->thread,
                   .sequence = slot->sequence,
                   .begin = ticks()};
  new.header_sum = ray_chunk_sum(&new);
  *chunk = new;
}

// Moves a block's events to the file. The block is emptied before its header is a new one: who
// reads the file of a process that ended in between finds the events once or not at all.
static bool flush(slot *slot, uint8_t *cursor) {
  if (getpid() != process || atomic_load(&stopped)) return false;
  uint8_t *block = block_in(slot), *events = block + sizeof(ray_chunk);
  size_t length = (size_t)(cursor - events);
  if (wanted.maximal_seconds &&
      milliseconds() - begin_milliseconds >= 1000 * wanted.maximal_seconds) {
    stop(RAY_TAPE_LATE);
    return false;
  }
  if (length) {
    ray_chunk chunk = *(ray_chunk *)(void *)block;
    chunk.end = ticks();
    chunk.unpacked = (uint32_t)length;
    size_t packed = ray_tape_pack((const uint16_t *)(const void *)events, length / 2, slot->packed,
                                  length - 1, slot->places);
    chunk.kind = packed ? RAY_CHUNK_EVENTS : RAY_CHUNK_RAW;
    chunk.length = (uint32_t)(packed ? packed : length);
    if (!write_chunk(&chunk, packed ? slot->packed : events, wanted.last_bytes)) return false;
    memset(events, 0, length);
  }
  slot->sequence++;
  begin_block(slot);
  return true;
}

static slot *new_slot(void) {
  enum { page = 4096 };
  if (!is_allowed(atomic_load(&file_end) + RAY_TAPE_BLOCK_SIZE + page)) return NULL;
  uint64_t position = reserve(RAY_TAPE_BLOCK_SIZE, page);
  if (!position) return NULL;
  int problem = posix_fallocate(file, (off_t)position, RAY_TAPE_BLOCK_SIZE);
  if (problem) {
    stop(problem);
    return NULL;
  }
  size_t length = slot_distance + 2 * RAY_TAPE_BLOCK_SIZE;
  uint8_t *room = mmap(NULL, length, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (room == MAP_FAILED) {
    stop(errno);
    return NULL;
  }
  uint8_t *block = block_of(room + slot_distance + RAY_TAPE_BLOCK_SIZE);
  if (mmap(block, RAY_TAPE_BLOCK_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file,
           (off_t)position) == MAP_FAILED) {
    stop(errno);
    munmap(room, length);
    return NULL;
  }
  slot *new = slot_of(block);
  new->is_taken = true;
  new->next = atomic_load(&slots);
  while (!atomic_compare_exchange_weak(&slots, &new->next, new)) continue;
  return new;
}

static slot *free_slot(void) {
  for (slot *each = atomic_load(&slots); each; each = each->next) {
    bool is_taken = false;
    if (atomic_compare_exchange_strong(&each->is_taken, &is_taken, true)) return each;
  }
  return NULL;
}

ray_tape rayc_tape_open(void) {
  if (file < 0 || getpid() != process || atomic_load(&stopped)) return (ray_tape){0};
  slot *slot = free_slot();
  if (!slot) slot = new_slot();
  if (!slot) return (ray_tape){0};
  // Every opening has a number of its own: a thread may end and begin again in its destructors.
  slot->thread = atomic_fetch_add(&thread_count, 1);
  slot->sequence = 0;
  begin_block(slot);
  return (ray_tape){.cursor = block_in(slot) + sizeof(ray_chunk)};
}

void rayc_tape_close(ray_tape tape) {
  if (!tape.cursor || getpid() != process) return;
  slot *slot = slot_of(block_of(tape.cursor));
  // What could not be written stays where it is.
  if (flush(slot, tape.cursor)) atomic_store(&slot->is_taken, false);
}

// A forked child has the parent's blocks, which it must not write to.
static void leave_blocks(void) {
  for (slot *each = atomic_load(&slots); each; each = each->next)
    mmap(block_in(each), RAY_TAPE_BLOCK_SIZE, PROT_READ | PROT_WRITE,
         MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
}

// Events ---------------------------------------------------------------------------

static size_t left(uint8_t *cursor) {
  return (RAY_TAPE_BLOCK_SIZE - ((uintptr_t)cursor & (RAY_TAPE_BLOCK_SIZE - 1))) %
         RAY_TAPE_BLOCK_SIZE;
}

// Room for `length` bytes; NULL: there is no more.
static uint8_t *with_room(uint8_t *cursor, size_t length) {
  if (left(cursor) >= length) return cursor;
  slot *slot = slot_of(block_of(cursor));
  return flush(slot, cursor) ? block_in(slot) + sizeof(ray_chunk) : NULL;
}

static uint8_t *put(uint8_t *cursor, uint16_t number) {
  memcpy(cursor, &number, sizeof number);
  return cursor + sizeof number;
}

static uint8_t *put_time(uint8_t *cursor, uint64_t time) {
  cursor = put(cursor, RAY_TAPE_LONG_TIME);
  memcpy(cursor, &time, sizeof time);
  return cursor + sizeof time;
}

static uint8_t *put_event(uint8_t *cursor, const ray_site *site, uintptr_t outcome, uint64_t time) {
  size_t index = rayc_site_index(site);
  if (index >= (1u << 28) / RAY_TAPE_OUTCOMES) return cursor;
  if (index >= atomic_load(&known_sites)) rayc_tape_write_sites();
  uint32_t number = (uint32_t)(index * RAY_TAPE_OUTCOMES + outcome) + RAY_TAPE_FIRST_EVENT;
  cursor = with_room(cursor, 14);
  if (!cursor) return NULL;
  if (number >= RAY_TAPE_FAR) {
    cursor = put(cursor, (uint16_t)(RAY_TAPE_FAR | number >> 16));
    cursor = put(cursor, (uint16_t)number);
  } else {
    cursor = put(cursor, (uint16_t)number);
  }
  return time ? put_time(cursor, time) : cursor;
}

__attribute__((preserve_most)) uint8_t *rayc_tape_turn(uint8_t *cursor, const void *site,
                                                       uintptr_t outcome, uint64_t time) {
  if (!cursor) return NULL;
  // errno belongs to the program: an event must not change it.
  int saved_errno = errno;
  cursor = put_event(cursor, site, outcome, time);
  errno = saved_errno;
  return cursor;
}

uint8_t *rayc_tape_attach(uint8_t *cursor, uint16_t what, const void *bytes, size_t length) {
  if (!cursor) return NULL;
  int saved_errno = errno;
  cursor = with_room(cursor, 6 + length);
  if (cursor) {
    cursor = put(cursor, what);
    if (what == RAY_TAPE_VALUE) cursor = put(cursor, (uint16_t)length);
    if (length) memcpy(cursor, bytes, length);
    cursor += rounded(length, 2);
  }
  errno = saved_errno;
  return cursor;
}

// Beginning and end -----------------------------------------------------------------

void rayc_tape_write_sites(void) {
  ray_lock(&sites_lock);
  size_t from = atomic_load(&known_sites), to = rayc_site_count();
  if (from < to && rayc_tape_write_table(from, to)) atomic_store(&known_sites, to);
  ray_unlock(&sites_lock);
}

static int write_header(const ray_tape_options *options) {
  char page[RAY_TAPE_HEADER_SIZE] = {0};
  ray_tape_header *header = (ray_tape_header *)(void *)page;
  *header = (ray_tape_header){.magic = RAY_TAPE_MAGIC,
                              .version = RAY_TAPE_VERSION,
                              .reader = RAY_TAPE_READER,
                              .flags = (options->is_timed ? RAY_TAPE_IS_TIMED : 0) |
                                       (options->last_bytes ? RAY_TAPE_IS_RING : 0),
                              .process = (uint32_t)process,
                              .begin_ticks = ticks(),
                              .begin_nanoseconds = nanoseconds(CLOCK_REALTIME),
                              .ring_begin = options->last_bytes ? RAY_TAPE_HEADER_SIZE : 0};
  if (options->last_bytes) header->ring_end = header->ring_begin + options->last_bytes;
  char *text = page + sizeof *header;
  size_t room = sizeof page - sizeof *header - 2;
  ssize_t length = readlink("/proc/self/exe", text, room / 2);
  size_t used = (length < 0 ? 0 : (size_t)length) + 1;
  strncpy(text + used, options->arguments, room - used);
  header->text_length = (uint32_t)(used + strlen(text + used) + 1);
  struct iovec part = {page, sizeof page};
  return is_allowed(sizeof page) && write_all(&part, 1, 0) ? 0 : (int)atomic_load(&stopped);
}

int rayc_tape_begin(const ray_tape_options *options) {
  wanted = *options;
  process = getpid();
  begin_milliseconds = milliseconds();
  // A new file: another process may still write to the one that has this name.
  unlink(wanted.path);
  file = open(wanted.path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0) return errno;
  if (wanted.last_bytes) wanted.last_bytes = rounded(wanted.last_bytes, RAY_TAPE_CHUNK_ALIGNMENT);
  ring_begin = RAY_TAPE_HEADER_SIZE;
  atomic_store(&ring_at, ring_begin);
  atomic_store(&file_end, RAY_TAPE_HEADER_SIZE + wanted.last_bytes);
  int problem = write_header(&wanted);
  if (problem) {
    close(file);
    file = -1;
    return problem;
  }
  ending_at = reserve(sizeof(ray_chunk) + sizeof(ray_tape_ending), RAY_TAPE_CHUNK_ALIGNMENT);
  write_ending(0);
  pthread_atfork(NULL, NULL, leave_blocks);
  const ray_site *first = rayc_site_at(0);
  if (first) rayc_tape_origin = (uintptr_t)first - (uintptr_t)16 * RAY_TAPE_FIRST_EVENT;
  rayc_tape_write_sites();
  return 0;
}

int rayc_tape_finish(void) {
  if (file < 0 || getpid() != process) return 0;
  uint32_t reason = atomic_load(&stopped);
  if (rayc_site_count() > atomic_load(&known_sites)) rayc_tape_write_sites();
  write_ending(ticks());
  return (int)reason;
}
