#include "EntityName.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace rayc {

static bool isIdentifier(char Byte) { return isAlnum(Byte) || Byte == '_' || Byte < 0; }

// Whether the operator characters at a place are an operator's name: `Int.< infix(_:_:)`.
static bool isOperator(StringRef Name, size_t At) {
  auto Rest = Name.drop_front(At).ltrim("<>=-+*/%!&|^~?.");
  return Rest.starts_with(" infix") || Rest.starts_with(" prefix") || Rest.starts_with(" postfix");
}

namespace {

// Walks over a name, and knows at each byte whether it lies outside all brackets and quotes.
struct Walk {
  StringRef Name;
  size_t At = 0;
  int Depth = 0;
  bool IsQuoted = false;

  bool isOutside() const { return Depth <= 0 && !IsQuoted; }
  void step();
};

}  // namespace

void Walk::step() {
  char Byte = Name[At];
  // An identifier that is no plain word stands in backticks.
  if (Byte == '`') IsQuoted = !IsQuoted;
  if (!IsQuoted) {
    if (Byte == '(' || Byte == '[') Depth++;
    if (Byte == ')' || Byte == ']') Depth--;
    bool IsArrow = Byte == '>' && At && Name[At - 1] == '-';
    if ((Byte == '<' || Byte == '>') && !IsArrow && !isOperator(Name, At))
      Depth += Byte == '<' ? 1 : -1;
  }
  At++;
}

// What an entity's name may stand behind.
static size_t introducer(StringRef Rest) {
  // `protocol witness for P.go() in conformance Parser`
  static constexpr StringLiteral Introducers[] = {" in conformance ", " in ", " for ", " of "};
  for (auto Words : Introducers)
    if (Rest.starts_with(Words)) return Words.size();
  return 0;
}

// `(extension in MyLib):` says where the entity was declared.
static bool dropAttribute(StringRef &Name) {
  if (Name.consume_front("specialized ") || Name.consume_front("static ")) return true;
  if (!Name.starts_with("(extension in ") || !Name.contains("):")) return false;
  Name = Name.split("):").second;
  return true;
}

static void add(StringRef Entity, SmallVectorImpl<StringRef> &Found) {
  do Found.push_back(Entity);
  while (dropAttribute(Entity));
}

SmallVector<StringRef, 4> entities(StringRef Name) {
  SmallVector<StringRef, 4> Found;
  add(Name, Found);
  for (Walk Walk{Name}; Walk.At < Name.size(); Walk.step())
    if (size_t Length = Walk.isOutside() ? introducer(Name.drop_front(Walk.At)) : 0)
      add(Name.drop_front(Walk.At + Length), Found);
  return Found;
}

// `generic specialization <…> of f` is f.
static bool dropSpecialization(StringRef &Name) {
  if (!Name.split('<').first.ends_with("specialization ")) return false;
  for (Walk Walk{Name}; Walk.At < Name.size(); Walk.step()) {
    StringRef Rest = Name.drop_front(Walk.At);
    if (!Walk.isOutside() || !Rest.consume_front(" of ")) continue;
    Name = Rest;
    return true;
  }
  return false;
}

SmallVector<StringRef, 4> ownNames(StringRef Name) {
  while (dropSpecialization(Name)) {
  }
  Name.consume_front("specialized ");
  SmallVector<StringRef, 4> Found;
  add(Name, Found);
  return Found;
}

std::string withoutGenerics(StringRef Name) {
  std::string Result;
  int Depth = 0;
  for (size_t At = 0; At < Name.size(); At++) {
    char Byte = Name[At];
    bool IsArrow = Byte == '>' && At && Name[At - 1] == '-';
    bool Opens = Byte == '<' && (Depth || (At && isIdentifier(Name[At - 1])));
    if (Opens && !isOperator(Name, At))
      Depth++;
    else if (Depth && Byte == '>' && !IsArrow)
      Depth--;
    else if (!Depth)
      Result += Byte;
  }
  return Result;
}

std::string witnessedMethod(StringRef Simple) {
  auto [Requirement, Type] = Simple.split(" in conformance ");
  if (Type.empty() || !Requirement.consume_front("protocol witness for ")) return "";
  Requirement.consume_front("static ");
  // The protocol is the name's first part: `P.go(_:)`, `P.count.getter`.
  return (Type + "." + Requirement.split('.').second).str();
}

}  // namespace rayc
