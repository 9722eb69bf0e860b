// Stage 2: what the generic parameters of a function or type stand for.
#pragma once

#include "SwiftTypes.h"

namespace rayc {

/// Types in the places of generic parameters, by the parameters' depth.
struct GenericArguments {
  llvm::SmallVector<llvm::SmallVector<const NameNode *, 2>, 2> Levels;

  const NameNode *find(const NameNode *Parameter) const;
  void set(const NameNode *Parameter, const NameNode *Type);

  /// Hands out a list of types to the parameters of a context, of which there are so many at
  /// each depth, then to those that its member adds; false if the numbers do not fit.
  bool assign(llvm::ArrayRef<unsigned> Depths, unsigned Added,
              llvm::ArrayRef<const NameNode *> Types);
};

/// The type that a member is declared in, or a function's module; what its extension asks for.
const NameNode *contextOf(const NameNode *Entity, const NameNode **Extended = nullptr);

/// How many parameters a nominal type has at each depth; nothing if that is not known.
std::optional<llvm::SmallVector<unsigned, 2>> depths(const NameNode *Nominal, SwiftTypes &Types);

/// The signature of a generic entity; null for one without.
const NameNode *signatureOf(const NameNode *Entity);

/// How many parameters a signature adds: `l` is one, `r0_l` is two.
std::optional<unsigned> addedParameters(const NameNode *Signature);

/// How many witness tables a generic signature asks for.
unsigned witnessTables(const NameNode *Signature);

/// Whether a generic signature, of the entity or of a context of its, says that a parameter is a
/// certain type or another parameter, and so has no argument of its own.
bool contextHasSameType(const NameNode *Node);

/// The types in a generic type's arguments, those of outer levels first.
void appendArguments(const NameNode *Bound, llvm::SmallVectorImpl<const NameNode *> &Into);

/// The arguments of a generic type by depth; nothing if its depths are not known.
std::optional<GenericArguments> argumentsOf(const NameNode *Bound, SwiftTypes &Types);

/// A nominal type as its own members see it: with its parameters as arguments, if it has any.
/// Null if how many it has is not known.
const NameNode *selfTypeOf(const NameNode *Nominal, SwiftTypes &Types);

/// The arguments of a specialised function: `…SS_Sit` `Tg5`.
bool specialization(const NameNode *Entity, const NameNode *Part, SwiftTypes &Types,
                    GenericArguments &Found);

}  // namespace rayc
