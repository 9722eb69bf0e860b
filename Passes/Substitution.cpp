#include "Substitution.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

// The elements of a few collections, which the standard library's generic code speaks of.
static Node associatedType(Node Base, StringRef Name) {
  if (Base->Kind != Kind::BoundGeneric) return nullptr;
  auto *Nominal = Base->child(0);
  if (Nominal->child(0)->Kind != Kind::Module || Nominal->child(0)->Text != "Swift") return nullptr;
  StringRef Type = Nominal->child(1)->Text;
  auto *First = Base->child(1)->child(0);
  static constexpr StringLiteral Sequences[] = {"Array",
                                                "ContiguousArray",
                                                "ArraySlice",
                                                "Set",
                                                "UnsafeBufferPointer",
                                                "UnsafeMutableBufferPointer",
                                                "CollectionOfOne",
                                                "EmptyCollection"};
  if (Name == "Element" && is_contained(Sequences, Type)) return First;
  return nullptr;
}

// The protocol of the standard library that has an associated type of that name, where a mangled
// name leaves it out. A type has only one of a name, whatever the protocol.
static Node standardProtocol(StringRef Member, MangledNames &Names) {
  static constexpr std::pair<StringLiteral, StringLiteral> Members[] = {
      {"Element", "Sequence"},
      {"Iterator", "Sequence"},
      {"Index", "Collection"},
      {"Indices", "Collection"},
      {"SubSequence", "Collection"},
      {"Stride", "Strideable"},
      {"Bound", "RangeExpression"},
      {"RawValue", "RawRepresentable"},
      {"Words", "BinaryInteger"},
      {"Magnitude", "Numeric"},
      {"Elements", "LazySequenceProtocol"}};
  for (auto &[Name, Protocol] : Members)
    if (Name == Member)
      return Names.make(
          Kind::Protocol, "",
          {Names.make(Kind::Module, "Swift"), Names.make(Kind::Identifier, Protocol)});
  return nullptr;
}

Node substitute(Node Type, const GenericArguments &Arguments, MangledNames &Names, Typing &Why) {
  if (!mentionsParameter(Type) && Type->Kind != Kind::Opaque &&
      none_of(Type->Children, [](Node Child) { return Child->Kind == Kind::Opaque; }))
    return Type;
  if (Type->Kind == Kind::GenericParameter) {
    auto *Known = Arguments.find(Type);
    if (!Known) Why = Typing::Generic;
    return Known;
  }
  if (Type->Kind == Kind::Opaque) {
    Why = Typing::OpaqueType;
    return nullptr;
  }
  SmallVector<Node> Children;
  bool IsSame = true;
  for (auto *Child : Type->Children) {
    auto *New = substitute(Child, Arguments, Names, Why);
    if (!New) return nullptr;
    IsSame &= New == Child;
    Children.push_back(New);
  }
  if (Type->Kind == Kind::DependentMember && !IsSame) {
    if (auto *Known = associatedType(Children[0], Children[1]->Text)) return Known;
    // The runtime finds the others, if it knows where to look.
    if (!mentionsParameter(Children[0])) {
      auto *Protocol =
          Children.size() > 2 ? Children[2] : standardProtocol(Children[1]->Text, Names);
      if (!Protocol) {
        Why = Typing::AssociatedType;
        return nullptr;
      }
      return Names.make(Kind::DependentMember, "", {Children[0], Children[1], Protocol});
    }
  }
  if (IsSame) return Type;
  auto *Copy = Names.make(Type->Kind, Type->Text, Children);
  Copy->Depth = Type->Depth;
  Copy->Index = Type->Index;
  return Copy;
}

Node substituteMember(Node Member, Node Around, SwiftTypes &Types, Typing &Why) {
  Why = Typing::Generic;
  auto Arguments = argumentsOf(Around, Types);
  return Arguments ? substitute(Member, *Arguments, Types.Names, Why) : nullptr;
}

}  // namespace rayc
