// Stage 5: what start.c needs of switches.c.
#ifndef RAYC_SWITCHES_H
#define RAYC_SWITCHES_H

#include <stdbool.h>

/// Reads `RAYC_DISABLE`; false if it switches the whole process off for good: set, and
/// neither empty nor 0.
bool rayc_switches_prepare(void);

#endif
