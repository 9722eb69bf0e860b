// Stage 2: operators that the Swift compiler turns into instructions.
#pragma once

#include "llvm/IR/Function.h"
#include "llvm/IR/InstrTypes.h"

#include <string>

namespace rayc {

/// An operator of a number type of the standard library, as IR has it: an instruction on one
/// machine type. `Int` and `Int64` have the same.
struct Operator {
  /// Its name and signature: `static Swift.Int.* infix(Swift.Int, Swift.Int) -> Swift.Int`.
  std::string Full;
  llvm::StringRef Symbol;    ///< `*`
  llvm::StringRef TypeName;  ///< `Int`
  unsigned Bits;
  bool IsSigned, IsFloat;
};

/// Every operator that has a place in IR: `+ - * / %`, `&+ &- &*`, `& | ^`, `== <` of the
/// integers; `+ - * /`, prefix `-`, `== <` of `Float` and `Double`.
llvm::ArrayRef<Operator> operators();

/// A use of an operator by the program itself.
struct OperatorUse {
  llvm::Instruction *Instruction = nullptr;
  llvm::SmallVector<llvm::Value *, 2> Operands;  ///< left, right
  /// Whether the instruction's result is the operator's, negated: `<` where IR has `sge`.
  bool IsNegated = false;
  explicit operator bool() const { return Instruction; }
};

/// Whether an instruction is a use of an operator.
///
/// Overflow intrinsics are `+ - *` where the program looks at the overflow, `&+ &- &*` where
/// not. `a > b` is `b < a`, and `!=`, `<=`, `>=` are `==` and `<`, negated: as the standard
/// library has it. Instructions from the standard library's code that was inlined (of an
/// array's index, say) are none: those whose debug location lies in a function of Swift's.
OperatorUse use(const Operator &Operator, llvm::Instruction &Instruction);

/// Puts another value in an operator's place:
/// ```
/// %p = call { i64, i1 } @llvm.smul.with.overflow.i64(i64 %a, i64 %b)
/// ```
/// becomes
/// ```
/// %r = call swiftcc i64 @replacement(i64 %a, i64 %b)
/// %p = insertvalue { i64, i1 } { i64 poison, i1 false }, i64 %r, 0
/// ```
void replace(const OperatorUse &Use, llvm::Function &Replacement);

/// A function that does what an operator does, traps included:
/// ```
/// define internal swiftcc i64 @"rayc.operator.Int.*"(i64 %a, i64 %b) { … }
/// ```
llvm::Function *operatorFunction(const Operator &Operator, llvm::Module &Module);

}  // namespace rayc
