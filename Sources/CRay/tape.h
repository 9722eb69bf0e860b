// Stage 6: what the parts of the recorder need of each other.
#ifndef RAYC_TAPE_H
#define RAYC_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Writes a chunk at the file's end. False: the recording has come to its end.
bool rayc_tape_write(uint32_t kind, const void *payload, size_t length);
/// Writes the sites of images that were loaded since it was called last.
void rayc_tape_write_sites(void);
/// Writes the sites from one index up to another. False: there was no room.
bool rayc_tape_write_table(size_t from, size_t to);

#endif
