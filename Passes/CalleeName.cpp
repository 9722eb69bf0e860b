#include "CalleeName.h"

#include "EntityName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace rayc {

namespace {

// Walks over a type's or a signature's text, and knows how many brackets are open.
struct Brackets {
  int Depth = 0;
  bool IsQuoted = false;
  char Before = 0;

  // Returns whether the byte lies outside all brackets and quotes.
  bool take(char Byte) {
    bool Outside = Depth == 0 && !IsQuoted;
    if (Byte == '`') IsQuoted = !IsQuoted;
    if (!IsQuoted && StringRef("([<").contains(Byte)) Depth++;
    bool Closes = StringRef(")]").contains(Byte) || (Byte == '>' && Before != '-');
    if (!IsQuoted && Closes) Depth--;
    Before = Byte;
    return Outside;
  }
};

}  // namespace

// The bytes up to the bracket that closes the first one.
static size_t bracketed(StringRef Text) {
  Brackets Brackets;
  for (size_t At = 0; At < Text.size(); At++) {
    Brackets.take(Text[At]);
    if (!Brackets.Depth) return At + 1;
  }
  return Text.size();
}

static SmallVector<StringRef, 4> splitAtCommas(StringRef Text) {
  SmallVector<StringRef, 4> Parts;
  Brackets Brackets;
  size_t Start = 0;
  for (size_t At = 0; At < Text.size(); At++) {
    if (!Brackets.take(Text[At]) || Text[At] != ',') continue;
    Parts.push_back(Text.slice(Start, At).trim());
    Start = At + 1;
  }
  if (!Text.trim().empty()) Parts.push_back(Text.substr(Start).trim());
  return Parts;
}

// `(Parser in _5D64…)` is a private `Parser`.
static std::string withoutDiscriminators(StringRef Name) {
  std::string Result;
  for (size_t At = 0; At < Name.size(); At++) {
    auto Rest = Name.drop_front(At);
    auto End = Rest.find(')');
    auto Marker = Rest.find(" in _");
    if (Rest.front() == '(' && Marker < End && End != StringRef::npos &&
        Rest.slice(1, Marker).find_first_of("( ,:") == StringRef::npos) {
      Result += Rest.slice(1, Marker);
      At += End;
    } else {
      Result += Name[At];
    }
  }
  return Result;
}

static bool isIdentifier(char Byte) { return isAlnum(Byte) || Byte == '_' || Byte < 0; }

// A name with generic parameters replaced: `A` and `B` are the type's, `A1` a method's in it.
static std::string substitute(StringRef Text, ArrayRef<StringRef> Types) {
  unsigned Inner = 0;
  auto Each = [&](auto Use) {
    for (size_t At = 0; At < Text.size();) {
      size_t End = At;
      while (End < Text.size() && isIdentifier(Text[End])) End++;
      auto Word = Text.slice(At, std::max(End, At + 1));
      bool IsPart = (At && StringRef(".`").contains(Text[At - 1])) ||
                    (End < Text.size() && StringRef(".:`").contains(Text[End]));
      unsigned Level = 0;
      bool IsParameter = !IsPart && Word[0] >= 'A' && Word[0] <= 'Z' &&
                         (Word.size() == 1 || !Word.drop_front().getAsInteger(10, Level));
      Use(Word, IsParameter, unsigned(Word[0] - 'A'), Level);
      At += Word.size();
    }
  };
  Each([&](StringRef, bool IsParameter, unsigned Index, unsigned Level) {
    if (IsParameter && Level) Inner = std::max(Inner, Index + 1);
  });
  unsigned Outer = Types.size() - std::min<unsigned>(Inner, Types.size());
  std::string Result;
  Each([&](StringRef Word, bool IsParameter, unsigned Index, unsigned Level) {
    unsigned Place = Level ? Outer + Index : Index;
    Result += IsParameter && Place < Types.size() ? Types[Place] : Word;
  });
  return Result;
}

static void addParameters(StringRef Text, bool Owned, CalleeName &Name) {
  for (auto Part : splitAtCommas(Text)) {
    size_t End = 0;
    while (End < Part.size() && isIdentifier(Part[End])) End++;
    CalleeName::Parameter Parameter{"_", Part.str()};
    if (End && Part.drop_front(End).starts_with(": "))
      Parameter = {Part.take_front(End).str(), Part.drop_front(End + 2).str()};
    bool SaysHow = StringRef(Parameter.Type).starts_with("__owned ") ||
                   StringRef(Parameter.Type).starts_with("inout ");
    if (Owned && !SaysHow) Parameter.Type = "__owned " + Parameter.Type;
    Name.Parameters.push_back(std::move(Parameter));
  }
}

// `(Swift.Int) throws -> Swift.Int`
static bool parseSignature(StringRef Text, bool Owned, CalleeName &Name) {
  if (!Text.starts_with("(")) return false;
  size_t End = bracketed(Text);
  addParameters(Text.slice(1, End - 1), Owned, Name);
  auto [Effects, Result] = Text.drop_front(End).split(" -> ");
  Name.Effects = Effects.trim();
  Name.Result = Result;
  return !Result.empty();
}

static bool parseAccessor(StringRef Type, CalleeName &Name) {
  StringRef Path = Name.Path;
  bool IsSubscript = Path.contains(".subscript.");
  if (IsSubscript && !parseSignature(Type, false, Name)) return false;
  if (!IsSubscript) Name.Result = Type;
  if (Path.ends_with(".getter")) return true;
  if (!Path.ends_with(".setter")) return false;
  Name.Parameters.insert(Name.Parameters.begin(), {"_", "__owned " + Name.Result});
  Name.Result = "()";
  return true;
}

// Where an operator's name ends: `Swift.Int.< infix(…)`; npos: it is none.
static size_t operatorEnd(StringRef Name) {
  for (StringRef Fixity : {" infix", " prefix", " postfix"}) {
    size_t At = Name.find(Fixity);
    if (At == StringRef::npos) continue;
    auto Rest = Name.drop_front(At + Fixity.size());
    if (Rest.starts_with("(") || Rest.starts_with("<")) return At;
  }
  return StringRef::npos;
}

// Where a path ends that is no operator's: at parameters, generics or a type.
static size_t pathEnd(StringRef Name) {
  bool IsQuoted = false;
  for (size_t At = 0; At < Name.size(); At++) {
    if (Name[At] == '`') IsQuoted = !IsQuoted;
    if (!IsQuoted && StringRef("(< ").contains(Name[At])) return At;
  }
  return Name.size();
}

static unsigned components(StringRef Path) {
  // An operator may hold dots itself.
  auto Identifiers = Path.rtrim("/=-+!*%<>&|^~?.");
  return Identifiers.count('.') + 1 + (Identifiers.size() < Path.size());
}

std::optional<CalleeName> CalleeName::parse(StringRef Full) {
  std::string Plain = withoutDiscriminators(Full);
  SmallVector<StringRef, 4> Arguments;
  StringRef Specialised = Plain;
  std::string Concrete;
  if (Specialised.consume_front("generic specialization ")) {
    size_t End = bracketed(Specialised);
    Arguments = splitAtCommas(Specialised.slice(1, End - 1));
    Specialised = Specialised.drop_front(End);
    if (!Specialised.consume_front(" of ")) return std::nullopt;
    Concrete = substitute(Specialised, Arguments);
    Specialised = Concrete;
  }
  if (Specialised.split('<').first.ends_with("specialization ")) return std::nullopt;
  auto Text = ownNames(Specialised).back();
  bool IsStatic = Specialised.starts_with("static ");
  CalleeName Name;
  size_t End = operatorEnd(Text);
  bool IsOperator = End != StringRef::npos;
  if (!IsOperator) End = pathEnd(Text);
  Name.Path = Text.take_front(End);
  Text = Text.drop_front(End);
  if (IsOperator) Text = Text.drop_front(Text.find_first_of("(<"));
  Name.Path = withoutGenerics(Name.Path);
  while (Text.starts_with("<")) {
    size_t Length = bracketed(Text);
    if (Arguments.empty()) Name.Generics = Text.slice(1, Length - 1);
    Text = Text.drop_front(Length);
    // They may be the type's: `Swift.Array<A where …>.first(…)`.
    size_t More = Text.starts_with(".") ? pathEnd(Text) : 0;
    Name.Path += Text.take_front(More);
    Text = Text.drop_front(More);
  }
  StringRef Path = Name.Path;
  bool IsInit = false;
  if (Path.consume_back(".__allocating_init") || Path.consume_back(".init")) {
    Name.Path = (Path + ".init").str();
    IsInit = true;
  }
  unsigned Parts = components(Name.Path);
  if (Text.consume_front(" : ")) {
    if (!parseAccessor(Text, Name)) return std::nullopt;
    Parts--;
  } else if (!parseSignature(Text, IsInit, Name)) {
    return std::nullopt;
  }
  Name.HasSelf = Parts > 2 && !IsStatic && !IsInit && !IsOperator;
  return Name;
}

StringRef CalleeName::lastComponent() const {
  StringRef Rest = Path;
  if (Rest.consume_back("`")) return Rest.rsplit('`').second;
  auto Identifiers = Rest.rtrim("/=-+!*%<>&|^~?.");
  if (Identifiers.size() < Rest.size()) return Rest.drop_front(Identifiers.size() + 1);
  return Rest.rsplit('.').second;
}

std::string CalleeName::selfType() const {
  StringRef Type = Path;
  if (!Type.consume_back(".getter")) Type.consume_back(".setter");
  return Type.rsplit('.').first.str();
}

std::string CalleeName::labels() const {
  std::string Labels = "(";
  for (auto &Parameter : Parameters) Labels += Parameter.Label + ":";
  return Labels + ")";
}

std::string CalleeName::type() const {
  auto Types = map_range(Parameters, [](auto &Parameter) { return Parameter.Type; });
  return "(" + join(Types.begin(), Types.end(), ", ") + ")" + (Effects.empty() ? "" : " ") +
         Effects + " -> " + Result;
}

}  // namespace rayc
