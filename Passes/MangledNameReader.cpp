#include "MangledNameReader.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

static bool isLower(char C) { return C >= 'a' && C <= 'z'; }
static bool isUpper(char C) { return C >= 'A' && C <= 'Z'; }

Node MangledNameReader::operation() {
  switch (char C = next()) {
    case 'A': return substitution();
    case 'B': return builtin();
    case 'C': return nominal(Kind::Class);
    case 'D': return suffix("D", 1);
    case 'E': return extension();
    case 'F': return function();
    case 'G': return boundGeneric();
    case 'I': return loweredFunctionType();
    case 'K': return make(Kind::Annotation, "K");
    case 'L': return localName();
    case 'M': return metadata();
    case 'N': return suffix("N", 1);
    case 'O': return nominal(Kind::Enum);
    case 'P': return nominal(Kind::Protocol);
    case 'Q': return archetype();
    case 'R': return requirement();
    case 'S': return standard();
    case 'T': return thunk();
    case 'V': return nominal(Kind::Struct);
    case 'W': return witness();
    case 'X': return special();
    case 'Y': return annotation();
    case 'Z':
      if (auto *Entity = popContext()) return make(Kind::Static, "", {Entity});
      return nullptr;
    case 'a': return nominal(Kind::TypeAlias);
    case 'c': return functionType("c");
    case 'd': return make(Kind::Variadic);
    case 'f': return functionEntity();
    case 'h':
    case 'n':
    case 'z':
      if (auto *Type = popType()) return make(Kind::Wrapped, StringRef(&C, 1), {Type});
      return nullptr;
    case 'i': return variable("i");
    case 'l': return signature(false);
    case 'm':
      if (auto *Type = popType()) return make(Kind::Metatype, "m", {Type});
      return nullptr;
    case 'o': return operatorName();
    case 'p': return existential("p");
    case 'q': return genericParameter();
    case 'r': return signature(true);
    case 's': return make(Kind::Module, "Swift");
    case 't': return tuple();
    case 'u': return genericFunction();
    case 'v': return variable("v");
    case 'x': return make(Kind::GenericParameter);
    case 'y': return make(Kind::Empty);
    case '_': return make(Kind::First);
    case 'w': return suffix(("w" + Text.substr(Position)).str(), (IsDone = true));
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': Position--; return identifier();
    default: return nullptr;
  }
}

// The words of an identifier can stand in later ones: `0A7Context` is `RayContext` after `Ray`.
static void addWords(StringRef Slice, SmallVectorImpl<std::string> &Words) {
  std::optional<size_t> Start;
  for (size_t I = 0; I <= Slice.size(); I++) {
    char C = I < Slice.size() ? Slice[I] : 0;
    bool IsEnd = !C || C == '_' || (Start && I > 0 && !isUpper(Slice[I - 1]) && isUpper(C));
    if (Start && IsEnd) {
      if (I - *Start >= 2 && Words.size() < 26) Words.push_back(Slice.slice(*Start, I).str());
      Start.reset();
    }
    if (!Start && C && C != '_' && !isDigit(C)) Start = I;
  }
}

Node MangledNameReader::identifier() {
  bool HasWords = false, IsPunycode = false;
  if (take('0')) {
    if (take('0'))
      IsPunycode = true;
    else
      HasWords = true;
  }
  std::string Name;
  do {
    while (HasWords && isAlpha(peek())) {
      char C = next();
      unsigned Word = isLower(C) ? C - 'a' : C - 'A';
      if (isUpper(C)) HasWords = false;
      if (Word >= Words.size()) return nullptr;
      Name += Words[Word];
    }
    if (take('0')) break;
    auto Length = natural();
    if (!Length || *Length == 0) return nullptr;
    if (IsPunycode) take('_');
    if (Position + *Length > Text.size()) return nullptr;
    auto Slice = Text.substr(Position, *Length);
    Name += Slice;
    addWords(Slice, Words);
    Position += *Length;
  } while (HasWords);
  if (Name.empty()) return nullptr;
  auto *Node = make(Kind::Identifier, Name);
  Node->Depth = IsPunycode;
  return remember(Node);
}

// `1poi`: the operator `+`, infix. It stays as it is mangled.
Node MangledNameReader::operatorName() {
  auto *Name = pop(Kind::Identifier);
  char Fixity = next();
  if (!Name || (Fixity != 'i' && Fixity != 'p' && Fixity != 'P')) return nullptr;
  auto *Node = make(Kind::Identifier, Name->Text);
  Node->Index = Fixity;
  return Node;
}

Node MangledNameReader::substitution() {
  unsigned Repeat = 0;
  auto Push = [&](unsigned Number) -> Node {
    if (Number >= Substitutions.size()) return nullptr;
    for (unsigned I = 1; I < Repeat; I++) Stack.push_back(Substitutions[Number]);
    return Substitutions[Number];
  };
  while (char C = next()) {
    if (isLower(C)) {
      auto *Node = Push(C - 'a');
      if (!Node) return nullptr;
      Stack.push_back(Node);
      Repeat = 0;
    } else if (isUpper(C)) {
      return Push(C - 'A');
    } else if (C == '_') {
      unsigned Number = Repeat + 26 + (HasRepeat ? 1 : 0);
      HasRepeat = false;
      Repeat = 0;
      return Push(Number);
    } else if (isDigit(C)) {
      Position--;
      auto Number = natural();
      if (!Number || *Number > 2048) return nullptr;
      Repeat = *Number;
      HasRepeat = peek() == '_';
    } else {
      return nullptr;
    }
  }
  return nullptr;
}

Node MangledNameReader::standard() {
  if (take('o')) return make(Kind::Module, "__C");
  if (take('C')) return make(Kind::Module, "__C_Synthesized");
  if (take('g')) {
    auto *Wrapped = popType();
    if (!Wrapped) return nullptr;
    auto *Optional =
        make(Kind::Enum, "", {make(Kind::Module, "Swift"), make(Kind::Identifier, "Optional")});
    return remember(make(Kind::BoundGeneric, "", {Optional, make(Kind::TypeList, "", {Wrapped})}));
  }
  unsigned Repeat = natural().value_or(1);
  std::string Letters = "S";
  if (take('c')) Letters += 'c';
  Letters += next();
  for (auto &Type : standardTypes()) {
    if (Type.Letters != Letters || Repeat > 2048) continue;
    Node Node =
        make(Type.Kind, "", {make(Kind::Module, "Swift"), make(Kind::Identifier, Type.Name)});
    for (unsigned I = 1; I < Repeat; I++) Stack.push_back(Node);
    return Node;
  }
  return nullptr;
}

// Of a declaration in a file (`LL`) or in a function (`L_`).
Node MangledNameReader::localName() {
  if (take('L')) {
    auto *Discriminator = pop(Kind::Identifier);
    auto *Name = Discriminator ? popName() : nullptr;
    return Name ? make(Kind::PrivateName, "", {Discriminator, Name}) : nullptr;
  }
  if (take('l')) {
    auto *Discriminator = pop(Kind::Identifier);
    return Discriminator ? make(Kind::PrivateName, "", {Discriminator}) : nullptr;
  }
  if (isLower(peek()) && peek() <= 'j') {
    char Letter = next();
    auto *Name = popName();
    return Name ? make(Kind::RelatedName, StringRef(&Letter, 1), {Name}) : nullptr;
  }
  auto Number = index();
  auto *Name = Number ? popName() : nullptr;
  if (!Name) return nullptr;
  auto *Local = make(Kind::LocalName, "", {Name});
  Local->Index = *Number;
  return Local;
}

Node MangledNameReader::extension() {
  auto *Signature = pop(Kind::Signature);
  auto *Module = popModule();
  auto *Type = Module ? popContext() : nullptr;
  if (!Type || !Type->isNominal()) return nullptr;
  return make(Kind::Extension, "", {Module, Type, Signature});
}

const SmallVector<const NameNode *, 2> &MangledNames::read(StringRef Symbol) {
  auto [At, IsNew] = Known.try_emplace(Symbol);
  if (!IsNew) return At->second;
  StringRef Text = Symbol;
  if (!Text.consume_front("$s") && !Text.consume_front("$S")) return At->second;
  // `.llvm.12`, `.12`: one of several with that name. `.resume.0` is another function.
  auto [Name, Copy] = Text.split('.');
  if (!Copy.empty() && !Copy.starts_with("llvm.") && !all_of(Copy, isDigit) && Copy != "rayc")
    return At->second;
  Text = Name;
  MangledNameReader Reader(*this, Text);
  if (Reader.run()) At->second.assign(Reader.Stack.begin(), Reader.Stack.end());
  return At->second;
}

const NameNode *MangledNames::readType(StringRef Mangled) {
  Mangled.consume_front("$s");
  auto &Parts = read(("$s" + Mangled).str());
  if (Parts.size() != 1) return nullptr;
  if (Parts[0]->Kind == Kind::Suffix && Parts[0]->Text == "D") return Parts[0]->child(0);
  return Parts[0]->isType() ? Parts[0] : nullptr;
}

NameNode *MangledNames::make(Kind Kind, StringRef Text, ArrayRef<const NameNode *> Children) {
  Nodes.push_back({Kind, Text.str(), 0, 0, {}});
  for (auto *Child : Children)
    if (Child) Nodes.back().Children.push_back(Child);
  return &Nodes.back();
}

}  // namespace rayc
