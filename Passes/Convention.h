// Stage 2: how a replacement is called in the place of a function.
#pragma once

#include "Replacement.h"

#include "llvm/IR/Function.h"

namespace rayc {

/// Calls of a replacement with the arguments of the function that it stands for.
///
/// Swift's convention for both is the same, but for `self`: the last parameter of the
/// replacement, and where the function's lies in a register of its own, the parameter
/// `swiftself`.
class Convention {
 public:
  /// Says why a replacement's machine-level parameters are not those of a function; empty:
  /// they are.
  static std::string reasonNotToFit(const llvm::Function &Callee, const llvm::Function &Code,
                                    const Replacement &Replacement);

  /// Fills a function with a call of a replacement, which gets at the original code through
  /// another function:
  /// ```
  /// define swiftcc i64 @f(i64 %n) {
  ///   %r = call swiftcc i64 @replacement(ptr @rayc.closure.f, ptr null, i64 %n)
  ///   ret i64 %r
  /// }
  /// define internal swiftcc i64 @rayc.closure.f(i64 %n, ptr swiftself %context) {
  ///   %r = call swiftcc i64 @rayc.original.f(i64 %n)
  ///   ret i64 %r
  /// }
  /// ```
  /// - Entry: without a body, of the type of Original.
  static void build(llvm::Function &Entry, llvm::Function &Original, llvm::Function &Code,
                    const Replacement &Replacement);
};

}  // namespace rayc
