#include "MangledNameReader.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

// `i64_`, `p`, `o`; a vector is `<element>Bv4_`.
Node MangledNameReader::builtin() {
  char C = next();
  std::string Name = {'B', C};
  switch (C) {
    case 'i':
    case 'f': {
      size_t Start = Position;
      if (!index()) return nullptr;
      Name += Text.slice(Start, Position);
      break;
    }
    case 'b':
    case 'o':
    case 'p':
    case 't':
    case 'w':
    case 'I':
    case 'j':
    case 'e':
    case 'd':
    case 'D':
    case 'P':
    case 'T':
    case 'c':
    case 'B':
    case 'O':
    case 'A': break;
    default: return nullptr;
  }
  return make(Kind::Builtin, Name);
}

Node MangledNameReader::nominal(Kind Kind) {
  auto *Name = popName();
  auto *Context = Name ? popContext() : nullptr;
  return Context ? remember(make(Kind, "", {Context, Name})) : nullptr;
}

Node MangledNameReader::boundGeneric() {
  SmallVector<Node> Levels;
  while (true) {
    SmallVector<Node> Types;
    while (auto *Type = popType()) Types.insert(Types.begin(), Type);
    Levels.push_back(make(Kind::TypeList, "", Types));
    if (pop(Kind::Empty)) break;
    if (!pop(Kind::First)) return nullptr;
  }
  auto *Type = popType();
  if (!Type || !Type->isNominal()) return nullptr;
  Levels.insert(Levels.begin(), Type);
  return remember(make(Kind::BoundGeneric, "", Levels));
}

// The operands of a function type: result, parameters, what it may do.
Node MangledNameReader::functionType(StringRef Operator) {
  SmallVector<Node> Annotations;
  while (auto *Annotation = pop(Kind::Annotation))
    Annotations.insert(Annotations.begin(), Annotation);
  auto PopTypes = [&]() -> Node {
    if (pop(Kind::Empty)) return make(Kind::Tuple);
    return popType();
  };
  auto *Parameters = PopTypes();
  auto *Result = Parameters ? PopTypes() : nullptr;
  if (!Result) return nullptr;
  auto *Type = make(Kind::Function, Operator, {Result, Parameters});
  Type->Children.append(Annotations.begin(), Annotations.end());
  return Type;
}

Node MangledNameReader::tuple() {
  SmallVector<Node> Elements;
  if (!pop(Kind::Empty)) {
    bool IsFirst;
    do {
      IsFirst = pop(Kind::First);
      bool IsVariadic = pop(Kind::Variadic);
      auto *Label = pop(Kind::Identifier);
      auto *Type = popType();
      if (!Type) return nullptr;
      Elements.insert(Elements.begin(),
                      make(Kind::TupleElement, IsVariadic ? "d" : "", {Type, Label}));
    } while (!IsFirst);
  }
  return make(Kind::Tuple, "", Elements);
}

Node MangledNameReader::existential(StringRef Operator) {
  Node Superclass = nullptr;
  if (Operator == "Xc") {
    Superclass = popType();
    if (!Superclass) return nullptr;
  }
  SmallVector<Node> Protocols;
  if (!pop(Kind::Empty)) {
    bool IsFirst;
    do {
      IsFirst = pop(Kind::First);
      auto *Protocol = popProtocol();
      if (!Protocol) return nullptr;
      Protocols.insert(Protocols.begin(), Protocol);
    } while (!IsFirst);
  }
  return make(Kind::Existential, Operator, {make(Kind::TypeList, "", Protocols), Superclass});
}

// A function as it is called, in debug information: the types of its parameters, its result and
// its error, then a letter for each of them. Only plain ones of Swift's with one result or none,
// whose type is what the function returns.
Node MangledNameReader::loweredFunctionType() {
  take('e');
  take('A');
  char Context = next();
  if (Context != 'g' && Context != 'y' && Context != 'x') return nullptr;
  take('h');
  take('H');
  unsigned Parameters = 0, Results = 0, Errors = 0;
  while (StringRef("icblnXxgeyvpm").contains(peek()) && peek()) {
    next();
    Parameters++;
    // How it is isolated, sent, or differentiated.
    if (peek() == 'w' || peek() == 'T' || peek() == 'I' || peek() == 'L') return nullptr;
  }
  while (StringRef("rodua").contains(peek()) && peek()) {
    next();
    Results++;
  }
  if (take('z')) {
    next();
    Errors = 1;
  }
  if (!take('_') || Results > 1) return nullptr;
  if (Errors && !popType()) return nullptr;
  auto *Result = Results ? popType() : make(Kind::Tuple);
  SmallVector<Node> Types;
  for (unsigned I = 0; I < Parameters; I++) {
    auto *Type = popType();
    if (!Type) return nullptr;
    Types.insert(Types.begin(), make(Kind::TupleElement, "", {Type}));
  }
  // These are called something else there than in Swift.
  if (!Result || Result->Kind == Kind::Function || Result->Kind == Kind::Metatype) return nullptr;
  return make(Kind::Function, "I", {Result, make(Kind::Tuple, "", Types)});
}

// Types as they were written, in debug information: `SiXSq` for `Int?`, `SiXSa` for `[Int]`.
Node MangledNameReader::sugar() {
  char C = next();
  auto *Last = popType();
  auto *First = Last && C == 'D' ? popType() : nullptr;
  auto Bound = [&](Kind Kind, StringRef Name, ArrayRef<Node> Arguments) {
    auto *Nominal = make(Kind, "", {make(Kind::Module, "Swift"), make(Kind::Identifier, Name)});
    return make(Kind::BoundGeneric, "", {Nominal, make(Kind::TypeList, "", Arguments)});
  };
  if (!Last) return nullptr;
  switch (C) {
    case 'q': return Bound(Kind::Enum, "Optional", {Last});
    case 'a': return Bound(Kind::Struct, "Array", {Last});
    case 'D': return First ? Bound(Kind::Struct, "Dictionary", {First, Last}) : nullptr;
    case 'p': return Last;
    default: return nullptr;
  }
}

Node MangledNameReader::special() {
  char C = next();
  std::string Operator = {'X', C};
  switch (C) {
    case 'E':
    case 'A':
    case 'f':
    case 'K':
    case 'U':
    case 'B':
    case 'C': return functionType(Operator);
    case 'l':
    case 'c': return existential(Operator);
    case 'o':
    case 'u':
    case 'w':
    case 'D':
    case 'p':
      if (auto *Type = popType())
        return make(C == 'p' ? Kind::Metatype : Kind::Wrapped, Operator, {Type});
      return nullptr;
    case 'S': return sugar();
    case 'M':
    case 'm': {
      // With how it is represented: thin, thick.
      char Representation = next();
      if (Representation != 't' && Representation != 'T') return nullptr;
      Operator += Representation;
      auto *Type = popType();
      return Type ? make(Kind::Metatype, Operator, {Type}) : nullptr;
    }
    default: return nullptr;
  }
}

Node MangledNameReader::annotation() {
  char C = next();
  std::string Operator = {'Y', C};
  switch (C) {
    case 'a':
    case 'b':
    case 'A':
    case 'T':
    case 'C': return make(Kind::Annotation, Operator);
    case 'c':
    case 'K':
      if (auto *Type = popType()) return make(Kind::Annotation, Operator, {Type});
      return nullptr;
    case 'i':
    case 'k':
    case 't':
    case 'u':
      if (auto *Type = popType()) return make(Kind::Wrapped, Operator, {Type});
      return nullptr;
    default: return nullptr;
  }
}

// `z`: the first; `_`: the second; `d__`: the first of the next level.
Node MangledNameReader::genericParameter() {
  auto *Parameter = make(Kind::GenericParameter);
  if (take('d')) {
    auto Depth = index();
    auto Index = Depth ? index() : std::nullopt;
    if (!Index) return nullptr;
    Parameter->Depth = *Depth + 1;
    Parameter->Index = *Index;
    return Parameter;
  }
  if (take('z')) return Parameter;
  auto Index = index();
  if (!Index) return nullptr;
  Parameter->Index = *Index + 1;
  return Parameter;
}

Node MangledNameReader::member(Node Base) {
  Node Protocol = nullptr;
  if (!Stack.empty() && Stack.back()->Kind == Kind::Protocol) Protocol = pop();
  auto *Name = pop(Kind::Identifier);
  if (!Base && Name) Base = popType();
  return Name && Base ? make(Kind::DependentMember, "", {Base, Name, Protocol}) : nullptr;
}

Node MangledNameReader::compoundMember(Node Base) {
  SmallVector<std::pair<Node, Node>> Names;
  bool IsFirst;
  do {
    IsFirst = pop(Kind::First);
    Node Protocol = nullptr;
    if (!Stack.empty() && Stack.back()->Kind == Kind::Protocol) Protocol = pop();
    auto *Name = pop(Kind::Identifier);
    if (!Name) return nullptr;
    Names.push_back({Name, Protocol});
  } while (!IsFirst);
  if (!Base) Base = popType();
  if (!Base) return nullptr;
  for (auto [Name, Protocol] : reverse(Names))
    Base = make(Kind::DependentMember, "", {Base, Name, Protocol});
  return Base;
}

Node MangledNameReader::archetype() {
  switch (next()) {
    case 'x': return remember(member(nullptr));
    case 'X': return remember(compoundMember(nullptr));
    case 'y':
      if (auto *Base = genericParameter()) return remember(member(Base));
      return nullptr;
    case 'Y':
      if (auto *Base = genericParameter()) return remember(compoundMember(Base));
      return nullptr;
    case 'z': return remember(member(make(Kind::GenericParameter)));
    case 'Z': return remember(compoundMember(make(Kind::GenericParameter)));
    case 'r': return make(Kind::Opaque);
    default: return nullptr;
  }
}

Node MangledNameReader::genericFunction() {
  auto *Signature = pop(Kind::Signature);
  auto *Type = Signature ? popType() : nullptr;
  return Type ? make(Kind::GenericFunction, "", {Signature, Type}) : nullptr;
}

Node MangledNameReader::signature(bool HasCounts) {
  size_t Start = Position;
  if (HasCounts) {
    while (!take('l'))
      if (!take('z') && !index()) return nullptr;
  }
  auto Counts = HasCounts ? "r" + Text.slice(Start, Position).str() : "l";
  SmallVector<Node> Requirements;
  while (auto *Requirement = pop(Kind::Requirement))
    Requirements.insert(Requirements.begin(), Requirement);
  return make(Kind::Signature, Counts, Requirements);
}

Node MangledNameReader::requirement() {
  enum { Protocol, BaseOrSame, Inverse, Layout } Constraint = Protocol;
  enum { Parameter, Member, Compound, Substituted } Subject = Parameter;
  char C = peek();
  switch (C) {
    case 'c': Constraint = BaseOrSame, Subject = Member; break;
    case 'C': Constraint = BaseOrSame, Subject = Compound; break;
    case 'b': Constraint = BaseOrSame; break;
    case 'B': Constraint = BaseOrSame, Subject = Substituted; break;
    case 't': Constraint = BaseOrSame, Subject = Member; break;
    case 'T': Constraint = BaseOrSame, Subject = Compound; break;
    case 's': Constraint = BaseOrSame; break;
    case 'S': Constraint = BaseOrSame, Subject = Substituted; break;
    case 'm': Constraint = Layout, Subject = Member; break;
    case 'M': Constraint = Layout, Subject = Compound; break;
    case 'l': Constraint = Layout; break;
    case 'L': Constraint = Layout, Subject = Substituted; break;
    case 'p': Subject = Member; break;
    case 'P': Subject = Compound; break;
    case 'Q': Subject = Substituted; break;
    case 'i': Constraint = Inverse; break;
    case 'I': Constraint = Inverse, Subject = Substituted; break;
    case 'j': Constraint = Inverse, Subject = Member; break;
    case 'J': Constraint = Inverse, Subject = Compound; break;
    case 'v':
    case 'h':
    case 'V': return nullptr;
    default: C = 0;
  }
  if (C) next();
  std::string Inverted;
  if (Constraint == Inverse) {
    size_t Start = Position;
    if (!index()) return nullptr;
    Inverted = Text.slice(Start, Position).str();
  }
  Node Type = nullptr;
  switch (Subject) {
    case Parameter: Type = genericParameter(); break;
    case Member:
      if (auto *Base = genericParameter()) Type = remember(member(Base));
      break;
    case Compound:
      if (auto *Base = genericParameter()) Type = remember(compoundMember(Base));
      break;
    case Substituted: Type = popType(); break;
  }
  Node Bound = nullptr;
  std::string Letter;
  if (Constraint == Protocol) Bound = popProtocol();
  if (Constraint == BaseOrSame) Bound = popType();
  if (Constraint == Layout) {
    Letter = next();
    if (!StringRef("URNCDTB").contains(Letter[0])) return nullptr;
  }
  bool NeedsBound = Constraint == Protocol || Constraint == BaseOrSame;
  if (!Type || (NeedsBound && !Bound)) return nullptr;
  std::string Operator = C ? std::string{C} : std::string();
  return make(Kind::Requirement, Operator + "|" + Inverted + "|" + Letter, {Type, Bound});
}

Node MangledNameReader::typeList() {
  SmallVector<Node> Types;
  if (!pop(Kind::Empty)) {
    bool IsFirst;
    do {
      IsFirst = pop(Kind::First);
      auto *Type = popType();
      if (!Type) return nullptr;
      Types.insert(Types.begin(), Type);
    } while (!IsFirst);
  }
  return make(Kind::TypeList, "", Types);
}

}  // namespace rayc
