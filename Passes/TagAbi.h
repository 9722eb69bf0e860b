// Stage 2: names and numbers of ray_tags.h, as the pass uses them.
//
// A test holds every number here against the header.
#pragma once

#include "llvm/ADT/StringRef.h"

#include <cstdint>

namespace rayc::tags {

/// What the names of all hooks of tags begin with.
constexpr llvm::StringLiteral HookPrefix = "rayc_hook_tag_";
constexpr llvm::StringLiteral Operation = "rayc_hook_tag_operation";
constexpr llvm::StringLiteral WantsAll = "rayc_hook_tag_wants_all";
constexpr llvm::StringLiteral Branch = "rayc_hook_tag_branch";
constexpr llvm::StringLiteral Load = "rayc_hook_tag_load";
constexpr llvm::StringLiteral Result = "rayc_hook_tag_result";
constexpr llvm::StringLiteral Argument = "rayc_hook_tag_argument";
constexpr llvm::StringLiteral Parameter = "rayc_hook_tag_parameter";
constexpr llvm::StringLiteral Return = "rayc_hook_tag_return";
constexpr llvm::StringLiteral Primitive = "rayc_hook_tag_primitive";

/// Which argument of a hook is the tag that its value has; -1: it has none.
constexpr int tagArgument(llvm::StringRef Hook) {
  if (Hook == Load || Hook == Result) return 2;
  return Hook == Parameter ? 3 : -1;
}

constexpr llvm::StringLiteral Linked = "rayc_tags_linked";
constexpr llvm::StringLiteral Regions = "rayc_tag_regions";
constexpr llvm::StringLiteral Copy = "rayc_tag_copy";
constexpr llvm::StringLiteral Clear = "rayc_tag_clear";
constexpr llvm::StringLiteral Lost = "rayc_tag_lost";
constexpr llvm::StringLiteral Call = "rayc_tag_call";

constexpr uint64_t Flip = 0x500000000000;
constexpr unsigned RegionShift = 42;
constexpr unsigned MaximalArguments = 64, MaximalResults = 16;
constexpr unsigned ReturnedOffset = 8, ArgumentsOffset = 16,
                   ResultsOffset = ArgumentsOffset + 8 * MaximalArguments;
constexpr unsigned CallSize = ResultsOffset + 8 * MaximalResults;

enum MachineType : unsigned {
  None,
  I1,
  I8,
  I16,
  I32,
  I64,
  Wide,
  F16,
  F32,
  F64,
  F80,
  Pointer,
  Vector
};

/// Operations: RAY_OP_….
enum Op : unsigned {
  OpUnknown = 0,
  OpAdd = 1,
  OpSub = 2,
  OpMul = 3,
  OpSdiv = 4,
  OpUdiv = 5,
  OpSrem = 6,
  OpUrem = 7,
  OpShl = 8,
  OpLshr = 9,
  OpAshr = 10,
  OpAnd = 11,
  OpOr = 12,
  OpXor = 13,
  OpFadd = 14,
  OpFsub = 15,
  OpFmul = 16,
  OpFdiv = 17,
  OpFrem = 18,
  OpFneg = 19,
  OpSelect = 20,
  OpAddress = 21,
  OpCombine = 22,
  OpEq = 24,
  OpNe = 25,
  OpUgt = 26,
  OpUge = 27,
  OpUlt = 28,
  OpUle = 29,
  OpSgt = 30,
  OpSge = 31,
  OpSlt = 32,
  OpSle = 33,
  OpFcmp = 40,
  OpTrunc = 56,
  OpZext = 57,
  OpSext = 58,
  OpFptrunc = 59,
  OpFpext = 60,
  OpFptosi = 61,
  OpFptoui = 62,
  OpSitofp = 63,
  OpUitofp = 64,
  OpBitcast = 65,
  OpPtrtoint = 66,
  OpInttoptr = 67,
  OpSaddOverflows = 72,
  OpUaddOverflows = 73,
  OpSsubOverflows = 74,
  OpUsubOverflows = 75,
  OpSmulOverflows = 76,
  OpUmulOverflows = 77,
  OpSaddSaturating = 78,
  OpUaddSaturating = 79,
  OpSsubSaturating = 80,
  OpUsubSaturating = 81,
  OpSmax = 88,
  OpSmin = 89,
  OpUmax = 90,
  OpUmin = 91,
  OpAbs = 92,
  OpCtpop = 93,
  OpCtlz = 94,
  OpCttz = 95,
  OpBswap = 96,
  OpBitreverse = 97,
  OpFshl = 98,
  OpFshr = 99,
  OpSqrt = 112,
  OpSin = 113,
  OpCos = 114,
  OpTan = 115,
  OpAsin = 116,
  OpAcos = 117,
  OpAtan = 118,
  OpAtan2 = 119,
  OpSinh = 120,
  OpCosh = 121,
  OpTanh = 122,
  OpExp = 123,
  OpExp2 = 124,
  OpExp10 = 125,
  OpExpm1 = 126,
  OpLog = 127,
  OpLog2 = 128,
  OpLog10 = 129,
  OpLog1p = 130,
  OpPow = 131,
  OpPowi = 132,
  OpFma = 133,
  OpFabs = 134,
  OpCopysign = 135,
  OpFloor = 136,
  OpCeil = 137,
  OpTruncate = 138,
  OpRint = 139,
  OpRound = 140,
  OpRoundeven = 141,
  OpMinnum = 142,
  OpMaxnum = 143,
  OpMinimum = 144,
  OpMaximum = 145,
  OpLdexp = 146,
  OpHypot = 147,
  OpCbrt = 148,
};

/// How an operation is handed to its hook.
constexpr unsigned operation(unsigned Number, unsigned Count, unsigned Result, unsigned Operand) {
  return Number | Count << 8 | Result << 16 | Operand << 24;
}

}  // namespace rayc::tags
