#include "MangledNameReader.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

// What a function may do without, as mangled: the argument labels. A declaration without any
// has one `y`; one without parameters has nothing.
bool MangledNameReader::popLabels(Node Type, Node &Labels) {
  Labels = nullptr;
  if (auto *None = pop(Kind::Empty)) {
    Labels = None;
    return true;
  }
  if (!Type) return true;
  if (Type->Kind == Kind::GenericFunction) Type = Type->child(1);
  if (Type->Kind != Kind::Function) return true;
  auto *Parameters = Type->child(1);
  unsigned Count = Parameters->Kind == Kind::Tuple ? Parameters->Children.size() : 1;
  if (Count == 0) return true;
  SmallVector<Node> Found;
  for (unsigned I = 0; I < Count; I++) {
    auto *Label = pop(Kind::First);
    if (!Label) Label = pop(Kind::Identifier);
    if (!Label) return false;
    Found.insert(Found.begin(), Label);
  }
  Labels = make(Kind::TypeList, "", Found);
  return true;
}

Node MangledNameReader::function() {
  auto *Signature = pop(Kind::Signature);
  Node Type = functionType("");
  if (!Type) return nullptr;
  if (Signature) Type = make(Kind::GenericFunction, "", {Signature, Type});
  Node Labels;
  if (!popLabels(Type, Labels)) return nullptr;
  auto *Name = popName();
  auto *Context = Name ? popContext() : nullptr;
  return Context ? make(Kind::Entity, "F", {Context, Name, Labels, Type}) : nullptr;
}

Node MangledNameReader::variable(StringRef Operator) {
  auto *Name = Operator == "i" ? pop(Kind::PrivateName) : nullptr;
  auto *Type = popType();
  Node Labels;
  if (!Type || !popLabels(Type, Labels)) return nullptr;
  if (Operator == "v") {
    Name = popName();
    if (!Name) return nullptr;
  }
  auto *Context = popContext();
  return Context ? accessor(make(Kind::Entity, Operator, {Context, Name, Labels, Type})) : nullptr;
}

Node MangledNameReader::accessor(Node Entity) {
  char C = next();
  std::string Letter = {C};
  switch (C) {
    case 'p': return Entity;
    case 'g':
    case 's':
    case 'm':
    case 'G':
    case 'w':
    case 'W':
    case 'r':
    case 'y':
    case 'M':
    case 'x':
    case 'i': break;
    case 'a':
    case 'l': Letter += next(); break;
    default: return nullptr;
  }
  return make(Kind::Accessor, Letter, {Entity});
}

// Initialisers, closures, default arguments.
Node MangledNameReader::functionEntity() {
  char C = next();
  std::string Operator = {'f', C};
  Node Name = nullptr, Type = nullptr, Labels = nullptr;
  unsigned Number = 0;
  switch (C) {
    case 'D':
    case 'd':
    case 'E':
    case 'e':
    case 'Z':
    case 'i':
    case 'P':
    case 'W': break;
    case 'C':
    case 'c':
      Name = pop(Kind::PrivateName);
      Type = popType();
      if (!Type || !popLabels(Type, Labels)) return nullptr;
      break;
    case 'U':
    case 'u': {
      auto Index = index();
      Type = Index ? popType() : nullptr;
      if (!Type) return nullptr;
      Number = *Index;
      break;
    }
    case 'A': {
      auto Index = index();
      if (!Index) return nullptr;
      Number = *Index;
      break;
    }
    case 'p': break;
    default: return nullptr;
  }
  auto *Context = popContext();
  if (!Context) return nullptr;
  auto *Entity = make(Kind::Entity, Operator, {Context, Name, Labels, Type});
  Entity->Index = Number;
  return Entity;
}

Node MangledNameReader::suffix(StringRef Operator, unsigned Operands) {
  Node Operand = nullptr;
  if (Operands) {
    Operand = pop();
    if (!Operand) return nullptr;
  }
  return make(Kind::Suffix, Operator, {Operand});
}

// What the compiler made of an entity: a specialisation, a thunk, a continuation.
Node MangledNameReader::thunk() {
  char C = next();
  std::string Operator = {'T', C};
  switch (C) {
    case 'c':
    case 'j':
    case 'q': return suffix(Operator, 1);
    case 'A':
    case 'a':
    case 'm':
    case 'u':
    case 'X':
    case 'I':
    case 'x': return suffix(Operator, 0);
    case 'Q':
    case 'Y': return index() ? suffix(Operator, 0) : nullptr;
    case 't':
      // Without the arguments with these numbers.
      Position--;
      while (take('t')) natural();
      C = next();
      [[fallthrough]];
    case 'g':
    case 'G':
    case 'B':
    case 's':
    case 'i': {
      take('m');
      take('q');
      take('a');
      if (!isDigit(next())) return nullptr;
      auto *Types = typeList();
      return Types ? make(Kind::Specialization, StringRef(&C, 1), Types->Children) : nullptr;
    }
    case 'f': {
      // How single parameters are passed, up to the end.
      IsDone = true;
      return make(Kind::Suffix, Text.substr(Position - 2));
    }
    default:
      // A thunk that stands for something else than the entity in front of it.
      IsDone = true;
      return make(Kind::Suffix, Operator);
  }
}

// What belongs to a type and not to the program: metadata, descriptors.
Node MangledNameReader::metadata() {
  char Operator[] = {'M', next(), 0};
  IsDone = true;
  return suffix(Operator, Stack.empty() ? 0 : 1);
}

// Witness tables and copies of values as functions.
Node MangledNameReader::witness() {
  std::string Operator = {'W', next()};
  if (Operator == "WO") {
    Operator += next();
    pop(Kind::Signature);
  }
  IsDone = true;
  return suffix(Operator, Stack.empty() ? 0 : 1);
}

}  // namespace rayc
