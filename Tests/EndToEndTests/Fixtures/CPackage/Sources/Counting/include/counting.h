#pragma once
#include <stdarg.h>
#ifdef __cplusplus
extern "C" {
#endif
typedef int (*visitor)(int value, void *state);
int visit(const int *values, int count, visitor visit, void *state);
int sum_of(int count, va_list values);
int call_back(int value);
int swift_thrice(int value);
int longest(const char *text);
#ifdef __cplusplus
}
#endif
