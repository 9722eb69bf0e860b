// What the contexts of tags call, and the primitives of the programs that carry them.
#include "ray_tags.h"

#include <stdio.h>
#include <string.h>

static const char *callee(const ray_site *site) {
  const char *name = ray_string(&site->callee_offset);
  return name ? name : "?";
}

uint64_t tag_of_result(uint64_t tag, const ray_site *site) {
  if (!strcmp(callee(site), "secret")) return 1;
  return strcmp(callee(site), "other") ? tag : 2;
}

void saw_argument(uint32_t index, uint64_t bits, uint64_t tag, uint32_t type, const ray_site *site) {
  if (strncmp(callee(site), "sink", 4)) return;
  printf("%s: argument %u is %lld, tag %llu, type %u\n", callee(site), index, (long long)bits,
         (unsigned long long)tag, type);
}

void saw_tag_operation(uint32_t operation, uint64_t result, uint64_t a, uint64_t a_tag, uint64_t b,
                   uint64_t b_tag, uint64_t c, uint64_t c_tag, const ray_site *site) {
  printf("%s, number %u of %u: %lld/%llu %lld/%llu %lld/%llu = %lld, types %u and %u\n", callee(site),
         operation & 255, operation >> 8 & 255, (long long)a, (unsigned long long)a_tag,
         (long long)b, (unsigned long long)b_tag, (long long)c, (unsigned long long)c_tag,
         (long long)result, operation >> 16 & 255, operation >> 24);
}

void saw_tag_branch(uint64_t condition, uint64_t tag, uint32_t type, const ray_site *site) {
  printf("%s on %llu, tag %llu, type %u\n", callee(site), (unsigned long long)condition,
         (unsigned long long)tag, type);
}

void saw_parameter(uint32_t index, uint64_t bits, uint64_t tag, uint32_t type) {
  printf("parameter %u is %lld, tag %llu, type %u\n", index, (long long)bits,
         (unsigned long long)tag, type);
}

void saw_return(uint32_t index, uint64_t bits, uint64_t tag, uint32_t type) {
  printf("result %u is %lld, tag %llu, type %u\n", index, (long long)bits, (unsigned long long)tag,
         type);
}

// Primitives: no tag goes through them.
void sink(int64_t value) { (void)value; }
void sink_two(int64_t a, double b) { (void)a, (void)b; }
int64_t call_with(int64_t (*function)(int64_t), int64_t value) { return function(value); }
int64_t same(int64_t value) { return value; }

__attribute__((destructor)) static void report_losses(void) {
  for (const ray_tag_loss *loss = rayc_tag_losses(); loss; loss = loss->next)
    printf("lost in %s: %llu\n", loss->callee ? loss->callee : "what is known at run time",
           (unsigned long long)loss->count);
}
