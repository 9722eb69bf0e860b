// Stage 2: functions of the program that a context replaces.
#pragma once

#include "Hooks.h"
#include "Operators.h"
#include "OverdubRecords.h"
#include "Replacement.h"

#include "llvm/ADT/MapVector.h"

namespace rayc {

class Twins;

/// Puts a context's replacements in the places of what they stand for in a module.
///
/// A function whose body is here is replaced in its body, so every caller is led to the
/// replacement, other modules and method tables included. One without a body, a primitive, is
/// replaced where it is called or its address is taken; an operator where it is an
/// instruction. In `--scope dynamic` that is so in twins only.
class Overdubs {
 public:
  /// Finds what the replacements stand for; before anything of the module is changed.
  Overdubs(llvm::Module &Module, const Context &Context);

  /// Replaces primitives and operators, after the events of their calls were put in, which
  /// keep their names:
  /// ```
  /// %r = call swiftcc i64 @primitive(i64 %n)
  /// ```
  /// becomes
  /// ```
  /// %r = call swiftcc i64 @rayc.overdub.0.primitive(i64 %n)
  /// ```
  /// - Functions: what is instrumented; in `--scope dynamic`, all that is changed.
  bool replaceUses(llvm::ArrayRef<llvm::Function *> Functions);

  /// Replaces bodies, once twins are connected:
  /// ```
  /// define swiftcc i64 @f(i64 %n) { <body> }
  /// ```
  /// becomes
  /// ```
  /// define swiftcc i64 @f(i64 %n) { <a call of the replacement> }
  /// define internal swiftcc i64 @rayc.original.f(i64 %n) { <body> }
  /// ```
  bool replaceBodies(const Twins &Twins);

  /// Says in the module what was found; see OverdubRecords.
  void record() { Records.write(); }

 private:
  struct Known {
    Known(llvm::StringRef Symbol, Replacement Meant) : Symbol(Symbol), Meant(std::move(Meant)) {}
    std::string Symbol;  ///< in the prepared context
    Replacement Meant;
    bool IsBound = false, IsMisfit = false;
    unsigned Distance = ~0u;  ///< to the nearest name
    std::string Nearest;
  };

  void bind(llvm::Function &Callee, const llvm::StringRef Full, const CalleeName *Name);
  void bind(const Operator &Operator);
  void find(Known &Known, unsigned Index, const CalleeName &Name, llvm::StringRef Module,
            llvm::function_ref<std::string()> CodeMisfit, llvm::function_ref<void()> Bind);
  void note(Known &Known, llvm::StringRef Path, llvm::StringRef Shown);
  llvm::Function &code(unsigned Index);
  /// A chain of calls: the first replacement's original is the second, the last one's is
  /// `Original`. Fills `Entry`.
  void chain(llvm::Function &Entry, llvm::Function &Original, llvm::ArrayRef<unsigned> Indices);
  llvm::Function *makeEntry(llvm::Function &Callee, unsigned Index);
  bool replaceUsesOfPrimitives(llvm::ArrayRef<llvm::Function *> Functions);
  bool replaceOperators(llvm::ArrayRef<llvm::Function *> Functions);

  llvm::Module &Module;
  const Context &Source;
  OverdubRecords Records;
  std::vector<Known> All;
  llvm::MapVector<llvm::Function *, llvm::SmallVector<unsigned, 1>> Callees;
  llvm::MapVector<const Operator *, llvm::SmallVector<unsigned, 1>> Used;
};

}  // namespace rayc
