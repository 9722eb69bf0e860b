// Stage 5: what start.c needs of ancestors.c.
#ifndef RAYC_ANCESTORS_H
#define RAYC_ANCESTORS_H

#include <stdbool.h>

/// Whether this program was started by an instrumented one, directly or not.
///
/// Reads the section tables of the ancestors' executables, so it needs no mark in the
/// environment, which belongs to the program. False where /proc does not tell.
/// Cost: some tens of microseconds an ancestor.
bool rayc_has_instrumented_ancestor(void);

#endif
