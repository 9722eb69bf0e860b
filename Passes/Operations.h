// Stage 2: the instructions that the program's own operators have become.
#pragma once

#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/InstrTypes.h"

namespace rayc {

/// An operator of the program, as IR has it: one instruction, or several that stand at one place
/// of the source, of which one has what comes out.
struct Operation {
  /// The instruction whose operands are the operator's; null where none is: `&&`.
  llvm::Instruction *Source = nullptr;
  /// `+`, `<`, `init` for a conversion, `sqrt` for `llvm.sqrt`.
  llvm::StringRef Symbol;
};

/// The operations of a function, by the instruction that has the result.
///
/// Arithmetic, comparisons, conversions, shifts, intrinsics of overflow and of mathematics, and
/// `&&` and `||` where their result is a value. Those that the program's source has: at one place
/// of the source, what the others there do not use. So the checks inside of `/` are no operations,
/// nor is what the compiler computes for itself: sizes, addresses, bits of enums.
llvm::DenseMap<const llvm::Instruction *, Operation> operations(llvm::Function &Function);

/// Whether a function is the standard library's, as far as its name goes: `$sSi…`, `$ss…`, but not
/// an extension of another module: `$sSi4mainE…`.
bool isOfSwift(llvm::StringRef Name);

/// Whether the type of the operands is also that of the result.
bool isOfOneType(const llvm::Instruction &Instruction);

/// Whether an instruction takes signed numbers, or unsigned ones; nothing where both are the same
/// to it.
std::optional<bool> isSigned(const llvm::Instruction &Instruction);

}  // namespace rayc
