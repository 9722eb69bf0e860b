// Stage 2: what a demangled name says of a function: its path and its signature.
#pragma once

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace rayc {

/// A function's name in parts.
///
///     static MyLib.Parser.parse(_: Swift.String, at: Swift.Int) throws -> [Swift.Int]
///
/// A getter is a function without parameters, a setter one of the new value. What a function
/// takes over from its caller begins with `__owned `, the parameters of initialisers and
/// setters too, where the name does not say so. A generic specialisation has the types that
/// it is made for in place of the parameters.
struct CalleeName {
  struct Parameter {
    std::string Label;  ///< `_` for none
    std::string Type;
  };

  std::string Path;      ///< `MyLib.Parser.parse`, `Swift.Int.*`, `MyLib.Parser.count.getter`
  std::string Generics;  ///< `A where A: Swift.Hashable`; empty for none
  llvm::SmallVector<Parameter, 4> Parameters;
  std::string Effects;  ///< `throws`, `async throws`, `throws(MyLib.Problem)`
  std::string Result;
  /// Whether it is called on a value: a method, an accessor, not static and no initialiser.
  bool HasSelf = false;

  /// Reads a name; nothing for what is no function that a source declares: a closure, a
  /// thunk, a witness, a metadata accessor, a coroutine, a function whose parameters the Swift
  /// optimiser has changed.
  ///
  /// - Full: `Full` of a SymbolName.
  ///
  /// Cost: a few passes over the name.
  static std::optional<CalleeName> parse(llvm::StringRef Full);

  /// The type that its `self` is of: `MyLib.Parser`; empty for a function of none.
  std::string selfType() const;

  /// The last part of the path: `parse`, `*`, what stands between backticks.
  llvm::StringRef lastComponent() const;

  /// `(_:at:)`
  std::string labels() const;

  /// `(Swift.String, Swift.Int) throws -> [Swift.Int]`
  std::string type() const;
};

}  // namespace rayc
