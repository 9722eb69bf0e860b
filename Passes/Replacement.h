// Stage 2: one replacement that a context has for functions of the program, as its name has it.
#pragma once

#include "CalleeName.h"

#include "llvm/IR/Function.h"

namespace rayc {

/// A static method of a context's type that conforms to `Overdubs`: its name is the pattern of
/// the functions that it stands for, its signature is theirs.
///
/// | in the pattern | means |
/// |---|---|
/// | `MyLib.Parser.parse` | that function, whatever its labels |
/// | `Parser.parse(_:at:)` | with these labels, of any module |
/// | `Parser.init`, `Parser.count.getter`, `Parser.subscript.setter` | initialisers, accessors |
/// | `Int.*` | the operator `*` |
/// | `Parser.parse*`, `*.parse` | `*` beside or as a name: any characters but dots |
class Replacement {
 public:
  /// Reads a replacement off its demangled name; nothing where it is no function.
  static std::optional<Replacement> parse(llvm::StringRef Full);

  /// The pattern and the signature, as a message has them.
  std::string text() const;
  /// `Swift.Int.*`
  llvm::StringRef pattern() const { return Signature.lastComponent(); }
  bool hasWildcard() const;

  /// Whether a function has such a name.
  ///
  /// - Module: the Swift module that declares it.
  bool matches(const CalleeName &Callee, llvm::StringRef Module) const;
  /// Whether a C function has such a name.
  bool matches(llvm::StringRef Symbol) const;

  /// Says why the signatures differ; empty: they fit.
  std::string reasonNotToFit(const CalleeName &Callee) const;

  /// The parameters that only a replacement has, in this order; `self` comes last.
  bool TakesContext = false, TakesOriginal = false, TakesSelf = false;
  /// Where the value of its context lies in the thread's.
  uint64_t ContextOffset = 0;

 private:
  CalleeName Signature;  ///< without `context`
};

/// Whether a type that a context writes is the one that a program's function has. A type that
/// the context's file declares stands for the program's type of its name.
bool isSameType(llvm::StringRef InContext, llvm::StringRef InProgram);

}  // namespace rayc
