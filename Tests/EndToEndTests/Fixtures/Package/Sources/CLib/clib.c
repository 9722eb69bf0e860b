#include "clib.h"

int c_twice(int value) { return 2 * value; }
