// Stage 6: packing of recorded events, which repeat themselves.
//
// A packed stream is a row of steps. A step is a byte, whose upper half is how many numbers follow
// as they are and whose lower half is how many are to be copied from before, minus 4; 15 in a half
// means that more follows: bytes to be added, the last of which is not 255. Behind the numbers
// comes how far back the copy begins, in numbers, in two bytes. The last step copies nothing and
// ends the stream.
#include "ray_tape.h"

#include <stdbool.h>

enum { shortest_match = 4 };

static uint64_t four_at(const uint16_t *at) {
  uint64_t four;
  memcpy(&four, at, sizeof four);
  return four;
}

static unsigned place_of(uint64_t four) {
  return (unsigned)((four * UINT64_C(0x9E3779B97F4A7C15)) >> 52);
}

// Where an output is written to; `at` is NULL once it is too long.
typedef struct {
  uint8_t *at, *end;
} output;

static void put(output *out, uint8_t byte) {
  if (out->at && out->at < out->end)
    *out->at++ = byte;
  else
    out->at = NULL;
}

static void put_rest(output *out, size_t number) {
  if (number < 15) return;
  for (number -= 15; number >= 255; number -= 255) put(out, 255);
  put(out, (uint8_t)number);
}

static void put_step(output *out, const uint16_t *plain, size_t plain_count, size_t match,
                     size_t distance) {
  size_t extra = match ? match - shortest_match : 0;
  put(out, (uint8_t)((plain_count < 15 ? plain_count : 15) << 4 | (extra < 15 ? extra : 15)));
  put_rest(out, plain_count);
  size_t bytes = plain_count * sizeof *plain;
  if (!out->at || (size_t)(out->end - out->at) < bytes) {
    out->at = NULL;
    return;
  }
  memcpy(out->at, plain, bytes);
  out->at += bytes;
  if (!match) return;
  put(out, (uint8_t)distance);
  put(out, (uint8_t)(distance >> 8));
  put_rest(out, extra);
}

static size_t match_length(const uint16_t *old, const uint16_t *new, const uint16_t *end) {
  const uint16_t *begin = new;
  while (end - new >= 4) {
    uint64_t difference = four_at(old) ^ four_at(new);
    if (difference) return (size_t)(new - begin) + (size_t)__builtin_ctzll(difference) / 16;
    new += 4;
    old += 4;
  }
  while (new < end && *old == *new) new++, old++;
  return (size_t)(new - begin);
}

size_t ray_tape_pack(const uint16_t *numbers, size_t count, uint8_t *out_bytes, size_t capacity,
                     uint16_t *places) {
  output out = {out_bytes, out_bytes + capacity};
  // Places are from 1 on, so that 0 is none; blocks have fewer than 65,536 numbers.
  memset(places, 0, RAY_PACK_PLACES * sizeof *places);
  size_t at = 0, plain_from = 0, misses = 0;
  while (at + shortest_match <= count && out.at) {
    uint64_t four = four_at(numbers + at);
    uint16_t *place = &places[place_of(four)];
    size_t before = *place;
    *place = (uint16_t)(at + 1);
    if (!before || four_at(numbers + before - 1) != four) {
      // What does not repeat is gone through in longer and longer steps.
      at += 1 + misses++ / 32;
      continue;
    }
    misses = 0;
    size_t from = before - 1;
    size_t length = match_length(numbers + from, numbers + at, numbers + count);
    put_step(&out, numbers + plain_from, at - plain_from, length, at - from);
    at += length;
    plain_from = at;
    // The end of what was copied is where the next match often begins.
    if (at + 2 <= count && at >= 2)
      places[place_of(four_at(numbers + at - 2))] = (uint16_t)(at - 1);
  }
  put_step(&out, numbers + plain_from, count - plain_from, 0, 0);
  return out.at ? (size_t)(out.at - out_bytes) : 0;
}

static bool take_rest(const uint8_t **at, const uint8_t *end, size_t *number) {
  if (*number < 15) return true;
  uint8_t byte;
  do {
    if (*at == end) return false;
    byte = *(*at)++;
    *number += byte;
  } while (byte == 255);
  return true;
}

size_t ray_tape_unpack(const uint8_t *packed, size_t length, uint16_t *out, size_t capacity) {
  const uint8_t *at = packed, *end = packed + length;
  size_t count = 0;
  while (at < end) {
    uint8_t step = *at++;
    size_t plain = step >> 4, match = step & 15;
    if (!take_rest(&at, end, &plain)) return SIZE_MAX;
    if (plain > capacity - count || (size_t)(end - at) < 2 * plain) return SIZE_MAX;
    memcpy(out + count, at, 2 * plain);
    at += 2 * plain;
    count += plain;
    if (at == end) return count;
    if (end - at < 2) return SIZE_MAX;
    size_t distance = at[0] | (size_t)at[1] << 8;
    at += 2;
    if (!take_rest(&at, end, &match)) return SIZE_MAX;
    match += shortest_match;
    if (!distance || distance > count || match > capacity - count) return SIZE_MAX;
    if (distance >= 4) {
      size_t copied = 0;
      for (; copied + 4 <= match; copied += 4)
        memcpy(out + count + copied, out + count + copied - distance, 8);
      for (; copied < match; copied++) out[count + copied] = out[count + copied - distance];
    } else {
      for (size_t i = 0; i < match; i++) out[count + i] = out[count + i - distance];
    }
    count += match;
  }
  return SIZE_MAX;
}

// Four lanes, so that it is not the multiplications' latency that is waited for.
uint64_t ray_tape_sum(const void *bytes, size_t length) {
  const uint8_t *at = bytes;
  uint64_t lanes[4] = {1, 2, 3, 4};
  const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
  size_t left = length;
  for (; left >= 32; left -= 32, at += 32)
    for (int i = 0; i < 4; i++) {
      uint64_t word;
      memcpy(&word, at + 8 * i, sizeof word);
      lanes[i] = (lanes[i] ^ word) * factor;
      lanes[i] ^= lanes[i] >> 32;
    }
  uint64_t sum = length;
  for (; left; left--) sum = (sum ^ *at++) * factor;
  for (int i = 0; i < 4; i++) sum = (sum ^ lanes[i]) * factor, sum ^= sum >> 29;
  return sum;
}

uint32_t ray_chunk_sum(const ray_chunk *chunk) {
  ray_chunk copy = *chunk;
  copy.header_sum = 0;
  uint64_t sum = ray_tape_sum(&copy, sizeof copy);
  return (uint32_t)(sum ^ sum >> 32);
}
