#include "MangledName.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

namespace {

/// Writes a node in front of its operator, as the mangling is; false for what it cannot write.
class Writer {
 public:
  std::string Text;
  function_ref<bool(StringRef)> IsReferenced = nullptr;
  SmallVectorImpl<std::string> *References = nullptr;

  bool write(Node Node);

 private:
  bool all(ArrayRef<Node> Nodes) {
    return llvm::all_of(Nodes, [&](rayc::Node Node) { return write(Node); });
  }
  bool then(bool Written, const Twine &Operator) {
    Text += Operator.str();
    return Written;
  }
  void identifier(Node Node);
  void index(unsigned Number) { Text += Number ? utostr(Number - 1) + "_" : "_"; }
  bool nominal(Node Node, bool IsBare = false);
  bool boundGeneric(Node Node);
  bool tuple(Node Node);
  bool types(Node Node, bool IsBare = false);
  bool functionParts(Node Node);
  bool parameter(Node Node, char Last);
  bool member(Node Node);
  bool requirement(Node Node);
  bool entity(Node Node);
};

}  // namespace

static Node nameOf(Node Node) { return Node->child(1); }

static bool isInSwift(Node Node) {
  return Node->child(0)->Kind == Kind::Module && Node->child(0)->Text == "Swift";
}

static StringRef letters(Node Node) {
  if (!Node->isNominal() || !isInSwift(Node) || nameOf(Node)->Kind != Kind::Identifier) return "";
  for (auto &Type : standardTypes())
    if (Type.Name == nameOf(Node)->Text && Type.Kind == Node->Kind) return Type.Letters;
  return "";
}

void Writer::identifier(Node Node) {
  bool IsPunycode = Node->Depth;
  if (IsPunycode) Text += "00";
  Text += utostr(Node->Text.size());
  if (IsPunycode && (isDigit(Node->Text[0]) || Node->Text[0] == '_')) Text += '_';
  Text += Node->Text;
  if (Node->Index) Text += std::string("o") + char(Node->Index);
}

// A protocol in a list of protocols has no operator: it is known what it is.
bool Writer::nominal(Node Node, bool IsBare) {
  if (auto Letters = letters(Node); !Letters.empty()) return then(true, Letters);
  if (References && Node->Kind != Kind::TypeAlias && !IsBare) {
    auto Name = MangledNames::write(Node);
    if (Name && IsReferenced(*Name)) {
      References->push_back(*Name);
      return then(true, "\1");
    }
  }
  if (!all(Node->Children)) return false;
  if (IsBare) return true;
  switch (Node->Kind) {
    case Kind::Struct: return then(true, "V");
    case Kind::Class: return then(true, "C");
    case Kind::Enum: return then(true, "O");
    case Kind::Protocol: return then(true, "P");
    default: return then(true, "a");
  }
}

bool Writer::boundGeneric(Node Node) {
  auto *Nominal = Node->child(0);
  if (letters(Nominal) == "Sq") return then(write(Node->child(1)->child(0)), "Sg");
  if (!write(Nominal)) return false;
  // The outermost level first.
  char Separator = 'y';
  for (auto *Level : reverse(drop_begin(Node->Children))) {
    Text += Separator;
    Separator = '_';
    if (!all(Level->Children)) return false;
  }
  return then(true, "G");
}

bool Writer::tuple(Node Node) {
  if (Node->Children.empty()) return then(true, "yt");
  bool IsFirst = true;
  for (auto *Element : Node->Children) {
    if (!write(Element->child(0))) return false;
    if (Element->child(1)) identifier(Element->child(1));
    Text += Element->Text;
    if (IsFirst) Text += '_';
    IsFirst = false;
  }
  return then(true, "t");
}

bool Writer::types(Node Node, bool IsBare) {
  if (Node->Children.empty()) return then(true, "y");
  bool IsFirst = true;
  for (auto *Type : Node->Children) {
    if (!(IsBare ? nominal(Type, true) : write(Type))) return false;
    if (IsFirst) Text += '_';
    IsFirst = false;
  }
  return true;
}

// Result, parameters, annotations, in the order in which a function type has them.
bool Writer::functionParts(Node Node) {
  auto Part = [&](rayc::Node Type) {
    bool IsNothing = Type->Kind == Kind::Tuple && Type->Children.empty();
    return IsNothing ? then(true, "y") : write(Type);
  };
  if (!Part(Node->child(0)) || !Part(Node->child(1))) return false;
  for (auto *Annotation : drop_begin(Node->Children, 2))
    if (!then(all(Annotation->Children), Annotation->Text)) return false;
  return true;
}

bool Writer::parameter(Node Node, char First) {
  if (Node->Depth) {
    Text += 'd';
    index(Node->Depth - 1);
    index(Node->Index);
  } else if (Node->Index) {
    index(Node->Index - 1);
  } else {
    Text += First;
  }
  return true;
}

bool Writer::member(Node Node) {
  auto *Base = Node->child(0), *Protocol = Node->child(2);
  bool IsOfParameter = Base->Kind == Kind::GenericParameter;
  if (!IsOfParameter && !write(Base)) return false;
  identifier(Node->child(1));
  if (Protocol && !write(Protocol)) return false;
  if (!IsOfParameter) return then(true, "Qx");
  bool IsFirst = !Base->Depth && !Base->Index;
  Text += IsFirst ? "Qz" : "Qy";
  return IsFirst || parameter(Base, 'z');
}

bool Writer::requirement(Node Node) {
  auto [Letters, Rest] = StringRef(Node->Text).split('|');
  auto [Inverted, Layout] = Rest.split('|');
  auto *Type = Node->child(0), *Bound = Node->child(1);
  char C = Letters.empty() ? 0 : Letters[0];
  if (Bound && !(Bound->Kind == Kind::Protocol ? nominal(Bound, true) : write(Bound))) return false;
  if (Type->Kind == Kind::GenericParameter) {
    Text += 'R';
    if (C) Text += C;
    Text += Inverted.str();
    return then(parameter(Type, 'z'), Layout);
  }
  // A member is written as a type that stands in front.
  if (!write(Type)) return false;
  Text += 'R';
  char Substituted = 0;
  if (!C || C == 'p' || C == 'P' || C == 'Q') Substituted = 'Q';
  if (C == 'c' || C == 'C' || C == 'B') Substituted = 'B';
  if (C == 't' || C == 'T' || C == 'S') Substituted = 'S';
  if (C == 'm' || C == 'M' || C == 'L') Substituted = 'L';
  if (C == 'j' || C == 'J' || C == 'I') Substituted = 'I';
  if (!Substituted) return false;
  Text += Substituted;
  Text += Inverted.str();
  return then(true, Layout);
}

bool Writer::entity(Node Node) {
  StringRef Operator = Node->Text;
  for (auto *Child : Node->Children) {
    if (Child->Kind == Kind::TypeList) {
      for (auto *Label : Child->Children)
        if (!write(Label)) return false;
    } else if (Operator == "F" && Child->isType() && Child != Node->child(0)) {
      auto *Type = Child->Kind == Kind::GenericFunction ? Child->child(1) : Child;
      if (!functionParts(Type)) return false;
      if (Type != Child && !write(Child->child(0))) return false;
    } else if (!write(Child)) {
      return false;
    }
  }
  Text += Operator;
  if (Operator == "fU" || Operator == "fu" || Operator == "fA") index(Node->Index);
  if (Operator == "v" || Operator == "i") Text += 'p';
  return true;
}

bool Writer::write(Node Node) {
  switch (Node->Kind) {
    case Kind::Module:
      if (Node->Text == "Swift") return then(true, "s");
      if (Node->Text == "__C") return then(true, "So");
      if (Node->Text == "__C_Synthesized") return then(true, "SC");
      return then(true, utostr(Node->Text.size()) + Node->Text);
    case Kind::Identifier: identifier(Node); return true;
    case Kind::PrivateName:
      if (Node->Children.size() == 1) return then(write(Node->child(0)), "Ll");
      return then(write(Node->child(1)) && write(Node->child(0)), "LL");
    case Kind::LocalName:
      if (!then(write(Node->child(0)), "L")) return false;
      index(Node->Index);
      return true;
    case Kind::RelatedName: return then(write(Node->child(0)), "L" + Node->Text);
    case Kind::Struct:
    case Kind::Class:
    case Kind::Enum:
    case Kind::Protocol:
    case Kind::TypeAlias: return nominal(Node);
    case Kind::BoundGeneric: return boundGeneric(Node);
    case Kind::Builtin: return then(true, Node->Text);
    case Kind::Tuple: return tuple(Node);
    // One as it is called is no type of Swift's.
    case Kind::Function: return Node->Text != "I" && then(functionParts(Node), Node->Text);
    case Kind::Existential:
      if (Node->child(1) && !(types(Node->child(0), true) && write(Node->child(1)))) return false;
      if (Node->child(1)) return then(true, Node->Text);
      return then(types(Node->child(0), true), Node->Text);
    case Kind::Metatype:
    case Kind::Wrapped: return then(write(Node->child(0)), Node->Text);
    case Kind::GenericParameter:
      if (!Node->Depth && !Node->Index) return then(true, "x");
      Text += 'q';
      return parameter(Node, 'z');
    case Kind::DependentMember: return member(Node);
    case Kind::GenericFunction: return then(write(Node->child(1)) && write(Node->child(0)), "u");
    case Kind::TypeList: return types(Node);
    case Kind::Signature: return then(all(Node->Children), Node->Text);
    case Kind::Requirement: return requirement(Node);
    case Kind::Empty: return then(true, "y");
    case Kind::First: return then(true, "_");
    case Kind::Extension: {
      // The type, the module, the signature.
      bool Written = write(Node->child(1)) && write(Node->child(0)) &&
                     (!Node->child(2) || write(Node->child(2)));
      return then(Written, "E");
    }
    case Kind::Entity: return entity(Node);
    case Kind::Accessor:
      if (!write(Node->child(0))) return false;
      Text.pop_back();
      return then(true, Node->Text);
    case Kind::Static: return then(write(Node->child(0)), "Z");
    default: return false;
  }
}

std::optional<std::string> MangledNames::write(const NameNode *Node) {
  Writer Writer;
  if (!Writer.write(Node)) return std::nullopt;
  return std::move(Writer.Text);
}

std::optional<std::string> MangledNames::writeSymbolic(const NameNode *Type,
                                                       function_ref<bool(StringRef)> IsReferenced,
                                                       SmallVectorImpl<std::string> &References) {
  Writer Writer;
  Writer.IsReferenced = IsReferenced;
  Writer.References = &References;
  if (!Writer.write(Type)) return std::nullopt;
  return std::move(Writer.Text);
}

}  // namespace rayc
