// Stage 6: events as the context `record` writes them. Documentation/Recording.md describes the
// file.
//
// What lies on a hot path is inlined here; the rest is tape.c. Everything is written by the thread
// that has the event: no lock, no thread of the recorder's own.
#ifndef RAY_TAPE_H
#define RAY_TAPE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A block's size in bytes, which is also its alignment in memory: a cursor whose low 16 bits are
/// 0 has come to the block's end, or is NULL.
#define RAY_TAPE_BLOCK_SIZE 65536
/// Numbers below this one are no events.
#define RAY_TAPE_FIRST_EVENT 16
/// Numbers from this one on have a second half.
#define RAY_TAPE_FAR 0xF000u
/// A time in the place of a distance: four more numbers follow.
#define RAY_TAPE_LONG_TIME 0xFFFFu

/// Numbers that are no events.
enum {
  RAY_TAPE_END = 0,       ///< nothing more in this block
  RAY_TAPE_VALUE = 1,     ///< a value of the event before: its length in bytes, and the bytes
  RAY_TAPE_REDACTED = 2,  ///< a value of the event before that is not to be seen
  RAY_TAPE_SIZE = 3,      ///< how many bytes the event before is about: four numbers
};

/// What happened at a site: added to its number.
enum {
  RAY_TAPE_HAPPENED = 0,  ///< a call begins; a load, a store …
  RAY_TAPE_RETURNED = 1,
  RAY_TAPE_THREW = 2,
  RAY_TAPE_OUTCOMES = 3,
};

/// Where a thread writes: a part of the context's value. All zeros: nowhere, for good.
typedef struct ray_tape {
  uint8_t *cursor;  ///< behind the last event; NULL: the thread is not recorded
  uint64_t time;    ///< ticks of the processor's counter at the last timed event
} ray_tape;

/// What a recording is asked to be.
typedef struct ray_tape_options {
  const char *path;          ///< where the file goes, from the root
  const char *arguments;     ///< what the user asked for, as text
  uint64_t maximal_bytes;    ///< 0: no limit
  uint64_t maximal_seconds;  ///< 0: no limit
  uint64_t last_bytes;       ///< not 0: only the last that many bytes of events are kept
  uint8_t is_timed;          ///< whether calls have times
} ray_tape_options;

/// Begins the recording, once: creates the file and writes its header and the sites. Returns 0, or
/// an errno. A file that was there is replaced.
int rayc_tape_begin(const ray_tape_options *options);
/// A thread's tape, at its first event. Cost: some system calls.
ray_tape rayc_tape_open(void);
/// A thread's tape ends: what it holds goes to the file.
void rayc_tape_close(ray_tape tape);
/// The program ends: says so in the file. Returns 0, or why the recording ended before, as an
/// errno.
int rayc_tape_finish(void);

/// The address that a site's number is the distance from.
#ifdef RAYC_TAPE_OWN
extern uintptr_t rayc_tape_origin;
#else
extern const uintptr_t rayc_tape_origin;
#endif

/// An event that the inlined part does not write: the block is full, or there is none, or the
/// site's number is a large one. Returns the new cursor. The pass rayc-context knows its name: it
/// runs none of the program's code, so a hook that calls nothing else needs no guard, and a
/// tape of zeros stays one.
///
/// - `time`: 0: the event is not timed.
__attribute__((preserve_most, cold)) uint8_t *rayc_tape_turn(uint8_t *cursor, const void *site,
                                                             uintptr_t outcome, uint64_t time);
/// Writes what belongs to the event before. Cost: a copy.
uint8_t *rayc_tape_attach(uint8_t *cursor, uint16_t what, const void *bytes, size_t length);

/// Writes an event. Cost: a store of two bytes, half a nanosecond.
static inline void ray_tape_put(ray_tape *tape, const void *site, uintptr_t outcome) {
  uint8_t *at = tape->cursor;
  uintptr_t number = ((uintptr_t)site - rayc_tape_origin) / 16 + outcome;
  if (__builtin_expect(!((uintptr_t)at & (RAY_TAPE_BLOCK_SIZE - 1)) | (number >= RAY_TAPE_FAR),
                       0)) {
    tape->cursor = rayc_tape_turn(at, site, outcome, 0);
    return;
  }
  uint16_t half = (uint16_t)number;
  memcpy(at, &half, sizeof half);
  tape->cursor = at + sizeof half;
}

/// Writes an event and when it was: the distance to the last one. Cost: that of the processor's
/// counter, and a store of four bytes.
static inline void ray_tape_put_timed(ray_tape *tape, const void *site, uintptr_t outcome) {
  uint8_t *at = tape->cursor;
  uintptr_t number = ((uintptr_t)site - rayc_tape_origin) / 16 + outcome;
  uint64_t time = __builtin_ia32_rdtsc(), distance = time - tape->time;
  tape->time = time;
  // At the end of a block, or two bytes before it, or NULL.
  uint16_t left = (uint16_t)((uintptr_t)at + 2);
  if (__builtin_expect((left < 4) | (number >= RAY_TAPE_FAR) | (distance >= RAY_TAPE_LONG_TIME),
                       0)) {
    tape->cursor = rayc_tape_turn(at, site, outcome, time);
    return;
  }
  uint32_t both = (uint32_t)number | (uint32_t)distance << 16;
  memcpy(at, &both, sizeof both);
  tape->cursor = at + sizeof both;
}

// The file ------------------------------------------------------------------------

#define RAY_TAPE_MAGIC UINT64_C(0x6365722063796172)  // "rayc rec"
#define RAY_TAPE_VERSION 1
/// The oldest reader that understands what this version writes.
#define RAY_TAPE_READER 1
#define RAY_TAPE_HEADER_SIZE 4096

enum { RAY_TAPE_IS_TIMED = 1, RAY_TAPE_IS_RING = 2 };

/// The first page of the file. Numbers are little-endian, times are ticks of the processor's
/// counter or nanoseconds since 1970.
typedef struct ray_tape_header {
  uint64_t magic;
  uint16_t version, reader;
  uint32_t flags;
  uint32_t process;
  uint32_t text_length;  ///< of what lies behind: the program and the arguments, NUL-terminated
  uint64_t begin_ticks, begin_nanoseconds;
  uint64_t ring_begin, ring_end;  ///< where events go round; both 0: nowhere
  uint64_t index;                 ///< where a chunk of the kind INDEX is; 0: nobody has made one
} ray_tape_header;

#define RAY_TAPE_CHUNK_MAGIC 0x4b4e4843u  // "CHNK"
#define RAY_TAPE_CHUNK_ALIGNMENT 64

enum {
  RAY_CHUNK_SITES = 1,   ///< a table of sites
  RAY_CHUNK_EVENTS = 2,  ///< a thread's events, packed
  RAY_CHUNK_RAW = 3,     ///< a thread's events as they were written
  RAY_CHUNK_LIVE = 4,    ///< where a thread writes: its newest events, up to RAY_TAPE_END
  RAY_CHUNK_END = 5,     ///< how the program and the recording ended
  RAY_CHUNK_INDEX = 6,   ///< what a reader has found out
};

/// What a chunk of the file begins with.
typedef struct ray_chunk {
  uint32_t magic;
  uint32_t header_sum;  ///< of the other fields
  uint32_t kind;
  uint32_t length;        ///< of what follows, in bytes
  uint64_t sum;           ///< of what follows; 0 where the kind is LIVE
  uint32_t unpacked;      ///< its length before it was packed, in bytes
  uint32_t thread;        ///< the thread's number
  uint64_t sequence;      ///< counts the thread's chunks
  uint64_t begin, end;    ///< ticks when the chunk was begun and when it was full
  uint32_t milliseconds;  ///< since the recording began, when it was full
  uint32_t unused;
} ray_chunk;

/// A table of sites: this, then `count` ray_tape_sites, then their strings.
typedef struct ray_tape_table {
  uint32_t first;  ///< number of the first site
  uint32_t count;
  uint32_t strings_length;
  uint32_t unused;
} ray_tape_table;

/// A site in the file. A string is named by where it begins, plus 1; 0: none.
typedef struct ray_tape_site {
  uint64_t id;
  uint32_t function, callee, file, value_type, variable, module;
  uint32_t line;
  uint16_t column;
  uint8_t kind;  ///< as in ray_site
  uint8_t unused;
} ray_tape_site;

/// Why nothing more came: an errno of the system, or one of these.
enum { RAY_TAPE_FULL = 10001, RAY_TAPE_LATE = 10002 };

/// What a chunk of the kind END holds.
typedef struct ray_tape_ending {
  uint64_t ticks, nanoseconds;  ///< when the program ended; ticks 0: it did not say
  uint32_t stopped;             ///< why the recording ended before the program; 0: it did not
  uint32_t threads;
} ray_tape_ending;

/// A checksum of `length` bytes.
uint64_t ray_tape_sum(const void *bytes, size_t length);
/// A checksum of a chunk's header.
uint32_t ray_chunk_sum(const ray_chunk *chunk);
/// Packs numbers of 16 bits; returns how many bytes came out, 0: not fewer than went in.
/// `places` has RAY_PACK_PLACES elements.
#define RAY_PACK_PLACES 4096
size_t ray_tape_pack(const uint16_t *numbers, size_t count, uint8_t *out, size_t capacity,
                     uint16_t *places);
/// Unpacks; returns how many numbers came out, or SIZE_MAX where the input is no packed one.
size_t ray_tape_unpack(const uint8_t *packed, size_t length, uint16_t *out, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
