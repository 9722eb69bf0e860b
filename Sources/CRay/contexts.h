// Stage 5: what start.c needs of contexts.c.
#ifndef RAYC_CONTEXTS_H
#define RAYC_CONTEXTS_H

#include <stdbool.h>
#include <stddef.h>

/// Names the selected context, `context 'a'`, or where it is not known which of several it
/// is, all of them: `one of the contexts 'a', 'b'`.
/// Cut off where the buffer ends.
void rayc_name_context(char *buffer, size_t size, bool is_known);

#endif
