// Stage 2: mangled Swift names as trees: what a symbol's function takes and returns.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <deque>
#include <optional>
#include <string>

namespace rayc {

/// A part of a mangled name: a type, an entity, or what they are made of.
struct NameNode {
  enum class Kind {
    // Names.
    Module,
    Identifier,
    PrivateName,  ///< children: discriminator, name (if it has one)
    LocalName,    ///< index, child: name
    RelatedName,  ///< text: the kind's letter, child: name
    // Types that are contexts.
    Struct,
    Class,
    Enum,
    Protocol,
    TypeAlias,
    // Other types.
    BoundGeneric,      ///< children: nominal type, a TypeList for each level, innermost first
    Builtin,           ///< text as mangled: `Bi64_`
    Tuple,             ///< children: TupleElement
    Function,          ///< a function's type: result, parameters, annotations; text: its operator
    Existential,       ///< children: TypeList of protocols; text: `p`, `Xl`, `Xc` (and superclass)
    Metatype,          ///< text: `m`, `Xp`
    GenericParameter,  ///< depth, index
    DependentMember,   ///< children: base, name, protocol (if any)
    Wrapped,           ///< text: the operator behind the child (`z`, `n`, `h`, `Xo`, `YK` …)
    GenericFunction,   ///< children: signature, type
    Opaque,            ///< an opaque result type of the function at hand
    Integer,           ///< an integer as a generic argument; text as mangled
    // What types are made of.
    TypeList,
    TupleElement,  ///< children: type, label (if any); text `d`: variadic
    Annotation,    ///< text: `K`, `Ya` …; child: the type of `YK`, `Yc`
    Signature,     ///< text: parameter counts as mangled; children: requirements
    Requirement,   ///< text: letters behind `R`; children: types
    Empty,
    First,
    Variadic,
    // Entities and contexts.
    Extension,  ///< children: module, type, signature (if any)
    Entity,     ///< text: its operator; children: context, name, type (each if it has one)
    Accessor,   ///< text: its letter; child: the variable or subscript
    Static,     ///< child: an entity
    // Things about an entity that stand behind it.
    Specialization,  ///< text: `Tg5` …; children: types
    Suffix,          ///< text: the operator (`Tm`, `Ma`, `WOe` …); children: what it is about
  };

  Kind Kind;
  std::string Text;
  unsigned Depth = 0, Index = 0;
  llvm::SmallVector<const NameNode *, 3> Children;

  const NameNode *child(unsigned I) const { return I < Children.size() ? Children[I] : nullptr; }
  bool isNominal() const {
    return Kind == Kind::Struct || Kind == Kind::Class || Kind == Kind::Enum ||
           Kind == Kind::Protocol || Kind == Kind::TypeAlias;
  }
  bool isType() const { return Kind >= Kind::Struct && Kind <= Kind::Integer; }
};

/// Reads and writes mangled names; keeps the trees of all names it has read.
///
/// It understands what the Swift 6 compiler emits for functions and types. A name with anything
/// else in it is not read at all, so no answer is a guess.
class MangledNames {
 public:
  /// The parts of a symbol in the order in which they are mangled: an entity, then what stands
  /// behind it (specialisations, thunks). Empty: not a Swift symbol, or not understood.
  const llvm::SmallVector<const NameNode *, 2> &read(llvm::StringRef Symbol);

  /// A type as mangled in debug information (`$sSaySdGD`) or for `_typeByName` (`SaySdG`).
  const NameNode *readType(llvm::StringRef Mangled);

  /// A node as mangled, without substitutions: equal types have equal texts. Nothing for what
  /// cannot be written.
  static std::optional<std::string> write(const NameNode *Node);

  /// The same for a type, with references to the descriptors of some nominal types: those for
  /// which `IsReferenced` holds stand in the text as the byte 1, and `References` has their
  /// mangled names.
  static std::optional<std::string> writeSymbolic(
      const NameNode *Type, llvm::function_ref<bool(llvm::StringRef)> IsReferenced,
      llvm::SmallVectorImpl<std::string> &References);

  NameNode *make(enum NameNode::Kind Kind, llvm::StringRef Text = "",
                 llvm::ArrayRef<const NameNode *> Children = {});

 private:
  std::deque<NameNode> Nodes;
  llvm::StringMap<llvm::SmallVector<const NameNode *, 2>> Known;
};

/// The standard library's types that have letters of their own: `Si` is Swift.Int.
struct StandardType {
  llvm::StringLiteral Letters, Name;
  enum NameNode::Kind Kind;
};
llvm::ArrayRef<StandardType> standardTypes();

}  // namespace rayc
