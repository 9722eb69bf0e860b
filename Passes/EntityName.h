// Stage 2: which entities of the source a demangled name speaks of.
#pragma once

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace rayc {

/// The names that a function made from an entity goes by, from the whole name to the entity
/// that all of it belongs to:
///
///     partial apply for closure #1 in static Parser.parse(_:)
///       partial apply for closure #1 in static Parser.parse(_:)
///       closure #1 in static Parser.parse(_:)
///       static Parser.parse(_:)
///       Parser.parse(_:)
///
/// - Name: `Full` or `Simple` of a SymbolName.
///
/// Cost: a pass over the name.
llvm::SmallVector<llvm::StringRef, 4> entities(llvm::StringRef Name);

/// The names that the entity alone goes by that a function is the body of: without what says
/// that it is a specialisation, then without what says that it is static or in an extension.
///
///     generic specialization <Swift.Int> of static MyLib.Parser.parse(A) -> ()
///       static MyLib.Parser.parse(A) -> ()
///       MyLib.Parser.parse(A) -> ()
llvm::SmallVector<llvm::StringRef, 4> ownNames(llvm::StringRef Name);

/// A name without generic parameters: `Array<A>.first<B>(of:)` is `Array.first(of:)`.
std::string withoutGenerics(llvm::StringRef Name);

/// The method that a protocol witness stands for, as `Simple` has it; empty for others.
///
///     protocol witness for P.go() in conformance Parser     Parser.go()
std::string witnessedMethod(llvm::StringRef Simple);

}  // namespace rayc
