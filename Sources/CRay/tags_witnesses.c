// Stage 5: tags in the Swift runtime's own copies of values.
//
// Code that does not know a type copies its values by the functions in the type's table of value
// witnesses. Those of the program's types are instrumented; those of the libraries' are put behind
// functions here that copy the tags too. Tables that the runtime makes later, of bound generic
// types and of tuples, take their functions from these, or copy by memcpy.
#define _GNU_SOURCE
#include <elf.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>

#include "tags.h"

/// A table of value witnesses, as the Swift ABI has it.
typedef struct witnesses {
  void *initialize_buffer, *destroy;
  void *initialize_with_copy, *assign_with_copy, *initialize_with_take, *assign_with_take;
  void *get_enum_tag, *store_enum_tag;
  size_t size;
} witnesses;

enum { BUFFER_SIZE = 24, PAGE = 4096 };

/// A generic type's, as far as it is looked at: what its instances are made from.
typedef struct description {
  uint32_t flags;
  int32_t parent, name, access, fields;
  uint32_t numbers[2];
  int32_t cache, pattern;
} description;
typedef struct pattern {
  int32_t instantiate, complete;
  uint32_t flags;
  int32_t witnesses;
} pattern;

// Calls %r11 as the caller called this, then copies the tags of %eax bytes from the second argument
// to the first; 0: of as many as the table in front of the third, the type's metadata, says.
void rayc_tag_witness(void);
__asm__(
    ".text\n"
    ".hidden rayc_tag_witness\n"
    ".type rayc_tag_witness,@function\n"
    "rayc_tag_witness:\n"
    "  pushq %rdi\n"
    "  pushq %rsi\n"
    "  pushq %rdx\n"
    "  pushq %rax\n"
    "  subq $8, %rsp\n"
    "  callq *%r11\n"
    "  movq %rax, (%rsp)\n"
    "  movq 8(%rsp), %rdx\n"
    "  movq 24(%rsp), %rsi\n"
    "  movq 32(%rsp), %rdi\n"
    "  testl %edx, %edx\n"
    "  jne 1f\n"
    "  movq 16(%rsp), %rdx\n"
    "  movq -8(%rdx), %rdx\n"
    "  movq 64(%rdx), %rdx\n"
    "1:\n"
    "  callq rayc_tag_copy\n"
    "  movq (%rsp), %rax\n"
    "  addq $40, %rsp\n"
    "  retq\n"
    ".size rayc_tag_witness, . - rayc_tag_witness\n");

// The runtime's own: the metadata of `any A & B`, whose table all types have that have as many
// protocols; no symbol leads there. The table of `Any` has one.
__attribute__((weak)) const void *swift_getExistentialTypeMetadata(size_t is_of_any,
                                                                   const void *superclass,
                                                                   size_t count,
                                                                   const void *const *protocols);
extern const char string_convertible __asm__("$ss23CustomStringConvertibleMp")
    __attribute__((weak));
extern const char debug_string_convertible __asm__("$ss28CustomDebugStringConvertibleMp")
    __attribute__((weak));
extern const char output_streamable __asm__("$ss20TextOutputStreamableMp") __attribute__((weak));

NO_BUILTINS

/// One function of a library, called by way of rayc_tag_witness.
typedef struct __attribute__((packed)) stub {
  uint8_t load_size;
  uint32_t size;
  uint8_t load_function[2];
  uint64_t function;
  uint8_t load_witness[2];
  uint64_t witness;
  uint8_t jump[2];
} stub;

static stub stub_for(void *function, uint32_t size) {
  return (stub){.load_size = 0xb8,  // mov $size, %eax
                .size = size,
                .load_function = {0x49, 0xbb},  // mov $function, %r11
                .function = (uint64_t)function,
                .load_witness = {0x49, 0xba},  // mov $rayc_tag_witness, %r10
                .witness = (uint64_t)rayc_tag_witness,
                .jump[0] = 0x41,  // jmp *%r10, whose last byte follows
                .jump[1] = 0xff};
}
enum { STUB_SIZE = sizeof(stub) + 1, LAST_BYTE = 0xe2 };

static uint8_t *stubs, *stubs_begin, *stubs_end;

static bool is_stub(const void *function) {
  return (const uint8_t *)function >= stubs_begin && (const uint8_t *)function < stubs_end;
}

// Room for the functions of so many tables.
static bool begin_stubs(size_t tables) {
  size_t size = (tables * 5 * STUB_SIZE + PAGE) & -(size_t)PAGE;
  void *begin = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (begin == MAP_FAILED) return false;
  stubs = stubs_begin = begin;
  stubs_end = stubs_begin + size;
  return true;
}

static void end_stubs(void) {
  mprotect(stubs_begin, (size_t)(stubs_end - stubs_begin), PROT_READ | PROT_EXEC);
}

static void *add_stub(void *function, size_t size) {
  if (!function || is_stub(function) || stubs + STUB_SIZE > stubs_end) return function;
  stub stub = stub_for(function, (uint32_t)size);
  uint8_t *at = stubs;
  rayc_tags_library.memcpy(at, &stub, sizeof stub);
  at[sizeof stub] = LAST_BYTE;
  stubs += STUB_SIZE;
  return at;
}

static void patch(witnesses *table) {
  uint64_t begin = (uint64_t)table & -(uint64_t)PAGE;
  uint64_t end = ((uint64_t)(table + 1) + PAGE - 1) & -(uint64_t)PAGE;
  if (mprotect((void *)begin, end - begin, PROT_READ | PROT_WRITE)) return;
  table->initialize_buffer = add_stub(table->initialize_buffer, BUFFER_SIZE);
  table->initialize_with_copy = add_stub(table->initialize_with_copy, table->size);
  table->assign_with_copy = add_stub(table->assign_with_copy, table->size);
  table->initialize_with_take = add_stub(table->initialize_with_take, table->size);
  table->assign_with_take = add_stub(table->assign_with_take, table->size);
}

// Images ------------------------------------------------------------------------------

typedef struct image {
  uint64_t base;
  const ElfW(Sym) * symbols;
  const char *names;
  const uint32_t *hashes;
} image;

static image read_image(const struct dl_phdr_info *info) {
  image image = {.base = info->dlpi_addr};
  for (int i = 0; i < info->dlpi_phnum; i++) {
    if (info->dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
    const ElfW(Dyn) *entry = (const void *)(image.base + info->dlpi_phdr[i].p_vaddr);
    for (; entry->d_tag != DT_NULL; entry++) {
      if (entry->d_tag == DT_SYMTAB) image.symbols = (const void *)entry->d_un.d_ptr;
      if (entry->d_tag == DT_STRTAB) image.names = (const void *)entry->d_un.d_ptr;
      if (entry->d_tag == DT_GNU_HASH) image.hashes = (const void *)entry->d_un.d_ptr;
    }
  }
  return image;
}

// One behind the last symbol, by the hash table: its chains end with an odd number.
static uint32_t symbol_count(const image *image) {
  uint32_t buckets = image->hashes[0], first = image->hashes[1], words = image->hashes[2];
  const uint32_t *bucket = image->hashes + 4 + 2 * words, *chain = bucket + buckets;
  uint32_t last = 0;
  for (uint32_t i = 0; i < buckets; i++)
    if (bucket[i] > last) last = bucket[i];
  if (last < first) return 0;
  while (!(chain[last - first] & 1)) last++;
  return last + 1;
}

static void *relative(const int32_t *field) {
  return *field ? (char *)field + (*field & ~1) : NULL;
}

// `$s…Mn`: a description; of a generic struct or enum, the way to what instances are made from.
static witnesses *table_of_instances(const description *type) {
  enum { KIND = 31, STRUCT = 17, ENUM = 18, GENERIC = 128 };
  unsigned kind = type->flags & KIND;
  if ((kind != STRUCT && kind != ENUM) || !(type->flags & GENERIC)) return NULL;
  const pattern *pattern = relative(&type->pattern);
  if (!pattern) return NULL;
  void *table = relative(&pattern->witnesses);
  return pattern->witnesses & 1 ? *(void **)table : table;
}

// What a symbol leads to: a table, `$s…WV`; type metadata, `$s…N`, behind its table's address; a
// description.
static witnesses *table_by(const image *image, const ElfW(Sym) * symbol) {
  if (ELF64_ST_TYPE(symbol->st_info) != STT_OBJECT || symbol->st_shndx == SHN_UNDEF) return NULL;
  const char *name = image->names + symbol->st_name;
  size_t length = strlen(name);
  if (length < 4 || name[0] != '$' || name[1] != 's') return NULL;
  void *value = (void *)(image->base + symbol->st_value);
  const char *end = name + length;
  if (end[-2] == 'W' && end[-1] == 'V') return value;
  if (end[-2] == 'M' && end[-1] == 'n') return table_of_instances(value);
  return end[-1] == 'N' ? ((witnesses **)value)[-1] : NULL;
}

// Counts the tables, or patches them.
static int visit(struct dl_phdr_info *info, size_t info_size, void *count) {
  (void)info_size;
  image image = read_image(info);
  // The kernel's own image is not relocated.
  bool is_known = image.names && image.hashes && (uint64_t)image.symbols > image.base;
  if (!is_known || !strstr(info->dlpi_name, ".so")) return 0;
  uint32_t symbols = symbol_count(&image);
  for (uint32_t i = 0; i < symbols; i++) {
    witnesses *table = table_by(&image, &image.symbols[i]);
    if (!table) continue;
    if (count)
      ++*(size_t *)count;
    else
      patch(table);
  }
  return 0;
}

// What is read-only once it is relocated is so again.
static int protect(struct dl_phdr_info *info, size_t info_size, void *unused) {
  (void)info_size, (void)unused;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    if (part->p_type != PT_GNU_RELRO || !strstr(info->dlpi_name, ".so")) continue;
    uint64_t begin = (info->dlpi_addr + part->p_vaddr) & -(uint64_t)PAGE;
    uint64_t end = (info->dlpi_addr + part->p_vaddr + part->p_memsz) & -(uint64_t)PAGE;
    mprotect((void *)begin, end - begin, PROT_READ);
  }
  return 0;
}

void rayc_tags_patch_witnesses(void) {
  size_t tables = 0;
  dl_iterate_phdr(visit, &tables);
  if (!begin_stubs(tables)) return;
  dl_iterate_phdr(visit, NULL);
  dl_iterate_phdr(protect, NULL);
  end_stubs();
}

// Existentials ----------------------------------------------------------------------------

// Behind the libraries' initialisers, when the runtime can be asked for types.
__attribute__((constructor)) static void patch_existentials(void) {
  const void *protocols[] = {&string_convertible, &debug_string_convertible, &output_streamable};
  enum { COUNT = sizeof protocols / sizeof *protocols };
  if (!rayc_tags_reserved || !swift_getExistentialTypeMetadata || !begin_stubs(COUNT)) return;
  for (size_t count = 1; count <= COUNT && protocols[count - 1]; count++)
    patch(((witnesses *const *)swift_getExistentialTypeMetadata(1, NULL, count, protocols))[-1]);
  dl_iterate_phdr(protect, NULL);
  end_stubs();
}

NO_BUILTINS_END
