#include "counting.h"

#include <setjmp.h>

extern int swift_answer(int value);
extern int swift_half(int value);

static jmp_buf out;

static void leave(int value) { longjmp(out, value); }

int visit(const int *values, int count, visitor visit, void *state) {
  int total = 0;
  int left = setjmp(out);
  if (left) return -left;
  for (int i = 0; i < count; i++) {
    if (values[i] < 0) leave(-values[i]);
    total += visit(values[i], state);
  }
  return total;
}

static int sum(int count, ...) {
  va_list values;
  va_start(values, count);
  int total = sum_of(count, values);
  va_end(values);
  return total;
}

int sum_of(int count, va_list values) {
  int total = 0;
  while (count--) total += va_arg(values, int);
  return total;
}

int call_back(int value) {
  return swift_answer(value) + swift_thrice(value) - swift_half(6 * value) + sum(3, 1, 2, value);
}
