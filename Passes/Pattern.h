// Stage 2: one pattern of a rule or a trigger.
#pragma once

#include "llvm/IR/Function.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/GlobPattern.h"
#include "llvm/Support/Regex.h"

#include <optional>

namespace rayc {

/// Says which functions a user means.
///
/// | pattern | matches the functions |
/// |---|---|
/// | `module:GLOB` | of the Swift modules with such a name |
/// | `file:GLOB` | whose source file has such a path, or such a last part if GLOB has no `/` |
/// | `/regex/` | in whose demangled name, whole or simplified, the regular expression is found |
/// | anything else | whose demangled name, or symbol, begins so |
class Pattern {
 public:
  /// Fails for a glob or a regular expression that is none. The text must outlive the pattern,
  /// as the command line does.
  static llvm::Expected<Pattern> parse(llvm::StringRef Text);

  /// Whether a function is meant, itself or as a part of what is meant: a closure, a thunk, a
  /// specialisation, an accessor and a continuation go along with the function they belong to.
  bool matches(const llvm::Function &Function) const;

  /// Whether a function is meant itself: its own body, whole or specialised, and no closure,
  /// thunk, metadata accessor or continuation. A name must be written to its end, but for
  /// argument labels and types: `Parser.parse` is `Parser.parse(_:)` and not
  /// `Parser.parseAll()`.
  bool matchesItself(const llvm::Function &Function) const;

 private:
  enum class Kind { Module, File, Regex, Name };
  Pattern(Kind Kind, llvm::StringRef Text) : Form(Kind), Text(Text) {}
  bool matchesFile(const llvm::Function &Function) const;
  bool nameMatches(llvm::StringRef Name, llvm::StringRef Module, bool Whole) const;

  Kind Form;
  llvm::StringRef Text;
  std::optional<llvm::GlobPattern> Glob;
  std::optional<llvm::Regex> Expression;
};

}  // namespace rayc
