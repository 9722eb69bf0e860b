// Stage 0: the contract of tags between the pass (Passes/Tag*), the runtime (Sources/CRay/tags*.c)
// and a context's glue (Sources/Ray/Glue/GlueTags.swift). Documentation/Tags.md says what tags are.
//
// A tag is a 64-bit word that goes along with a value; 0 means none. Every scalar of the machine
// has one: in a register beside it, in memory in its cell. Only programs whose context has a hook
// of those below have tags.
#ifndef RAY_TAGS_H
#define RAY_TAGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ray_abi.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef uint64_t ray_tag;

// Memory --------------------------------------------------------------------------

/// The windows that cells lie in. What lies between and around them is the program's.
#define RAY_TAG_LOW_BEGIN UINT64_C(0x040000000000)
#define RAY_TAG_LOW_END UINT64_C(0x240000000000)
#define RAY_TAG_HIGH_BEGIN UINT64_C(0x2c0000000000)
#define RAY_TAG_HIGH_END UINT64_C(0x4c0000000000)

#define RAY_TAG_FLIP UINT64_C(0x500000000000)
#define RAY_TAG_REGION_SHIFT 42

/// Where the tag of a value lies that begins at an address: in one of eight regions, one for each
/// byte of a word. The cell of an aligned word costs one exclusive or.
static inline ray_tag *ray_tag_cell(const void *address) {
  uint64_t a = (uint64_t)address;
  return (ray_tag *)(((a & ~UINT64_C(7)) ^ RAY_TAG_FLIP) + ((a & 7) << RAY_TAG_REGION_SHIFT));
}

/// Byte k is not 0 once a cell of region k may hold a tag. Whoever writes a tag that is not none
/// into a cell of a region but the first sets that region's byte before; so that clearing and
/// copying look at the regions only that are used. Byte 0 is always 1.
extern _Alignas(8) uint8_t rayc_tag_regions[8];

/// Copies the tags of `size` bytes, as memmove copies the bytes. Cost: one memmove for each region
/// that is used.
void rayc_tag_copy(void *to, const void *from, size_t size);
/// Takes the tags of `size` bytes away.
void rayc_tag_clear(void *at, size_t size);

/// What Swift's Tags asks for; in a program without tags, nothing.
bool rayc_tags_are_carried(void);
/// Gives each word of the memory a tag; a value of less than a word has it in its first byte.
void rayc_tag_set(void *at, size_t size, ray_tag tag);
/// The tag of the first byte that has one.
ray_tag rayc_tag_find(const void *at, size_t size);

/// What instrumented objects refer to, so that they link with a runtime of tags only.
extern const char rayc_tags_linked;

/// Reserves the windows. Called before the initialisers of the program and of its libraries: the
/// pass rayc-context puts it into `.preinit_array` of a context that tags values.
void rayc_tags_begin(void);
/// The C library's functions with tags, which the same pass puts in front of those.
void *rayc_tag_memcpy(void *to, const void *from, size_t size);
void *rayc_tag_memmove(void *to, const void *from, size_t size);
void *rayc_tag_memset(void *to, int byte, size_t size);
void rayc_tag_free(void *at);
void *rayc_tag_realloc(void *at, size_t size);
int rayc_tag_munmap(void *at, size_t size);

// Calls ---------------------------------------------------------------------------

enum { RAY_TAG_ARGUMENTS = 64, RAY_TAG_RESULTS = 16 };

/// How tags go through calls: one for each scalar leaf of the arguments and results of the machine,
/// in order; what does not fit has none. The callee takes them only if it is the one that was
/// called, and the caller only if the callee that it called returned: what comes through a
/// primitive has no tags.
typedef struct ray_tag_call {
  const void *callee;    ///< whom `arguments` are for
  const void *returned;  ///< whose `results` are
  ray_tag arguments[RAY_TAG_ARGUMENTS];
  ray_tag results[RAY_TAG_RESULTS];
} ray_tag_call;
extern __thread ray_tag_call rayc_tag_call __attribute__((tls_model("initial-exec")));

/// A primitive that tags got lost in: one for each callee and module, in writable memory.
typedef struct ray_tag_loss {
  uint64_t count;
  const char *callee;         ///< its symbol; NULL: known only at run time
  struct ray_tag_loss *next;  ///< the runtime's list; set at the first count
} ray_tag_loss;
/// Counts a call of a primitive that had a tagged argument and is on no table of known ones.
__attribute__((preserve_most)) void rayc_tag_lost(ray_tag_loss *loss);
/// The losses so far, by their list.
const ray_tag_loss *rayc_tag_losses(void);

// Operations ----------------------------------------------------------------------

/// Machine types.
enum {
  RAY_MACHINE_NONE = 0,
  RAY_MACHINE_I1 = 1,
  RAY_MACHINE_I8 = 2,  ///< an integer of any other width is of the next wider type
  RAY_MACHINE_I16 = 3,
  RAY_MACHINE_I32 = 4,
  RAY_MACHINE_I64 = 5,
  RAY_MACHINE_WIDE = 6,  ///< an integer of more than 64 bits: bits are the low ones
  RAY_MACHINE_F16 = 7,
  RAY_MACHINE_F32 = 8,
  RAY_MACHINE_F64 = 9,
  RAY_MACHINE_F80 = 10,  ///< bits are those of the mantissa
  RAY_MACHINE_POINTER = 11,
  RAY_MACHINE_VECTOR = 12,  ///< bits are those of the first 64 bits
};

/// Operations of the machine, LLVM's. RAY_OP_NONE: what no other says.
enum {
  RAY_OP_NONE = 0,
  RAY_OP_ADD = 1,  ///< also the value of an addition that says whether it overflows
  RAY_OP_SUB = 2,
  RAY_OP_MUL = 3,
  RAY_OP_SDIV = 4,
  RAY_OP_UDIV = 5,
  RAY_OP_SREM = 6,
  RAY_OP_UREM = 7,
  RAY_OP_SHL = 8,
  RAY_OP_LSHR = 9,
  RAY_OP_ASHR = 10,
  RAY_OP_AND = 11,
  RAY_OP_OR = 12,
  RAY_OP_XOR = 13,
  RAY_OP_FADD = 14,
  RAY_OP_FSUB = 15,
  RAY_OP_FMUL = 16,
  RAY_OP_FDIV = 17,
  RAY_OP_FREM = 18,
  RAY_OP_FNEG = 19,
  RAY_OP_SELECT = 20,   ///< a: the condition, b: if it is true, c: if not
  RAY_OP_ADDRESS = 21,  ///< a: where from; b: the first index that is no constant
  RAY_OP_COMBINE = 22,  ///< one value read from memory that several were written to

  // Comparisons: the result is I1.
  RAY_OP_EQ = 24,  ///< + LLVM's predicate - 32: eq ne ugt uge ult ule sgt sge slt sle
  RAY_OP_NE = 25,
  RAY_OP_UGT = 26,
  RAY_OP_UGE = 27,
  RAY_OP_ULT = 28,
  RAY_OP_ULE = 29,
  RAY_OP_SGT = 30,
  RAY_OP_SGE = 31,
  RAY_OP_SLT = 32,
  RAY_OP_SLE = 33,
  RAY_OP_FCMP = 40,  ///< + LLVM's predicate, 0 to 15: 1 oeq, 2 ogt, 3 oge, 4 olt, 5 ole, 6 one,
                     ///< 7 ord, 8 uno, 9 ueq, 10 ugt, 11 uge, 12 ult, 13 ule, 14 une

  // Conversions.
  RAY_OP_TRUNC = 56,
  RAY_OP_ZEXT = 57,
  RAY_OP_SEXT = 58,
  RAY_OP_FPTRUNC = 59,
  RAY_OP_FPEXT = 60,
  RAY_OP_FPTOSI = 61,
  RAY_OP_FPTOUI = 62,
  RAY_OP_SITOFP = 63,
  RAY_OP_UITOFP = 64,
  RAY_OP_BITCAST = 65,
  RAY_OP_PTRTOINT = 66,
  RAY_OP_INTTOPTR = 67,

  // Whether an operation overflows: the result is I1. The value is an operation of its own.
  RAY_OP_SADD_OVERFLOWS = 72,
  RAY_OP_UADD_OVERFLOWS = 73,
  RAY_OP_SSUB_OVERFLOWS = 74,
  RAY_OP_USUB_OVERFLOWS = 75,
  RAY_OP_SMUL_OVERFLOWS = 76,
  RAY_OP_UMUL_OVERFLOWS = 77,
  RAY_OP_SADD_SATURATING = 78,
  RAY_OP_UADD_SATURATING = 79,
  RAY_OP_SSUB_SATURATING = 80,
  RAY_OP_USUB_SATURATING = 81,

  // Functions of integers.
  RAY_OP_SMAX = 88,
  RAY_OP_SMIN = 89,
  RAY_OP_UMAX = 90,
  RAY_OP_UMIN = 91,
  RAY_OP_ABS = 92,
  RAY_OP_CTPOP = 93,
  RAY_OP_CTLZ = 94,
  RAY_OP_CTTZ = 95,
  RAY_OP_BSWAP = 96,
  RAY_OP_BITREVERSE = 97,
  RAY_OP_FSHL = 98,
  RAY_OP_FSHR = 99,

  // Functions of floating-point numbers, as intrinsics or as functions of the C library.
  RAY_OP_SQRT = 112,
  RAY_OP_SIN = 113,
  RAY_OP_COS = 114,
  RAY_OP_TAN = 115,
  RAY_OP_ASIN = 116,
  RAY_OP_ACOS = 117,
  RAY_OP_ATAN = 118,
  RAY_OP_ATAN2 = 119,
  RAY_OP_SINH = 120,
  RAY_OP_COSH = 121,
  RAY_OP_TANH = 122,
  RAY_OP_EXP = 123,
  RAY_OP_EXP2 = 124,
  RAY_OP_EXP10 = 125,
  RAY_OP_EXPM1 = 126,
  RAY_OP_LOG = 127,
  RAY_OP_LOG2 = 128,
  RAY_OP_LOG10 = 129,
  RAY_OP_LOG1P = 130,
  RAY_OP_POW = 131,
  RAY_OP_POWI = 132,
  RAY_OP_FMA = 133,  ///< a * b + c
  RAY_OP_FABS = 134,
  RAY_OP_COPYSIGN = 135,
  RAY_OP_FLOOR = 136,
  RAY_OP_CEIL = 137,
  RAY_OP_TRUNCATE = 138,  ///< towards zero
  RAY_OP_RINT = 139,      ///< by the current mode, as nearbyint
  RAY_OP_ROUND = 140,     ///< halves away from zero
  RAY_OP_ROUNDEVEN = 141,
  RAY_OP_MINNUM = 142,
  RAY_OP_MAXNUM = 143,
  RAY_OP_MINIMUM = 144,
  RAY_OP_MAXIMUM = 145,
  RAY_OP_LDEXP = 146,
  RAY_OP_HYPOT = 147,
  RAY_OP_CBRT = 148,
};

/// How an operation is handed to its hook, by bytes: its number, how many operands it has, the type
/// of its result, that of its last operand.
#define RAY_TAG_OPERATION(op, count, result, operand) \
  ((uint32_t)(op) | (uint32_t)(count) << 8 | (uint32_t)(result) << 16 | (uint32_t)(operand) << 24)

// Hooks -----------------------------------------------------------------------------
//
// `value` is the context's; bits are zero-extended, those of an operand that is not there are 0.
// What a context does not implement is not defined.

/// Every operation of the program's own code and of what it inlined, when an operand has a tag;
/// of a context that defines rayc_hook_tag_wants_all, every operation. Returns its result's tag.
ray_tag rayc_hook_tag_operation(void *value, uint32_t operation, uint64_t result, uint64_t a,
                                ray_tag a_tag, uint64_t b, ray_tag b_tag, uint64_t c, ray_tag c_tag,
                                const ray_site *site);
/// Defined where the context asks for operations whose operands have no tags too; not called.
bool rayc_hook_tag_wants_all(void *value, const ray_site *site);
/// A conditional branch or a switch on a value with a tag.
void rayc_hook_tag_branch(void *value, uint64_t condition, ray_tag tag, uint32_t type,
                          const ray_site *site);
/// A load. Returns the loaded value's tag.
ray_tag rayc_hook_tag_load(void *value, uint64_t bits, ray_tag tag, const void *address,
                           uint32_t type, const ray_site *site);
/// A call's result: a register's, or what lies in memory. Returns its tag.
ray_tag rayc_hook_tag_result(void *value, uint64_t bits, ray_tag tag, uint32_t type,
                             const ray_site *site);
/// A scalar argument, before its call.
void rayc_hook_tag_argument(void *value, uint32_t index, uint64_t bits, ray_tag tag, uint32_t type,
                            const ray_site *site);
/// A parameter, where a function begins that -rayc-tag-functions names. Returns its tag.
ray_tag rayc_hook_tag_parameter(void *value, uint32_t index, uint64_t bits, ray_tag tag,
                                uint32_t type, const ray_site *site);
/// What such a function is about to return; `index` counts leaves.
void rayc_hook_tag_return(void *value, uint32_t index, uint64_t bits, ray_tag tag, uint32_t type,
                          const ray_site *site);
/// A call, that has returned, of a function without IR that had an argument with a tag. The arrays
/// have `count` elements, of the scalar arguments. Returns the result's tag.
ray_tag rayc_hook_tag_primitive(void *value, uint32_t count, const uint64_t *bits,
                                const ray_tag *tags, const uint32_t *types, uint64_t result,
                                uint32_t result_type, const ray_site *site);

#ifdef __cplusplus
}
#endif

#endif
