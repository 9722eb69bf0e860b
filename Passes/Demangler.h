// Stage 2: what Swift's symbols mean.
#pragma once

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace rayc {

/// The names of one symbol.
struct SymbolName {
  /// As Swift writes it: `closure #1 (Swift.Int) -> Swift.Int in MyLib.Parser.parse([Swift.Int])
  /// throws -> Swift.Int`. The symbol itself where it is not Swift's.
  std::string Full;
  /// Without modules and types, with labels: `closure #1 in Parser.parse(_:)`.
  std::string Simple;
  /// The Swift module that the name belongs to; empty where the name does not say, as in C.
  ///
  /// It is the module of the source that the code was made from, whatever object it lies in:
  /// a specialisation of `Array.append` belongs to Swift, a method in an extension to the
  /// extension's module, a protocol witness to that of the conforming type.
  std::string Module;
};

/// The symbol of the function that a symbol is a part of: an async function's continuations
/// and a coroutine's belong to it, and so does a twin to its function.
///
///     $s5MyLib4slowyS2iYaFTQ0_            $s5MyLib4slowyS2iYaF
///     $s5MyLib6ParserV1nSivM.resume.0     $s5MyLib6ParserV1nSivM
///
/// Cost: a look at the symbol's end.
llvm::StringRef wholeSymbol(llvm::StringRef Symbol);

/// The names of a symbol's whole (see wholeSymbol), demangled by the toolchain's
/// libswiftDemangle.so, which `-rayc-demangler` names. Without the option names stay
/// mangled, and the module is read off the mangled name's beginning.
///
/// Ends opt with an error when the library cannot be loaded. Cost: a look-up in a table after
/// the first time.
const SymbolName &demangled(llvm::StringRef Symbol);

}  // namespace rayc
