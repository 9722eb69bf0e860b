#include "Replacement.h"

#include "EntityName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace rayc {

static constexpr StringLiteral OperatorBytes = "/=-+!*%<>&|^~?.";

// The part of a pattern that is an operator's name: `*` in `Swift.Int.*`. Elsewhere `*` is a
// wildcard, and dots divide components.
static StringRef operatorOf(StringRef Pattern) {
  auto Tail = Pattern.drop_front(Pattern.rtrim(OperatorBytes).size());
  if (Tail.size() == Pattern.size()) return Pattern;
  return Tail.consume_front(".") ? Tail : "";
}

static bool isPath(char Byte) { return isAlnum(Byte) || Byte == '_' || Byte == '.' || Byte < 0; }

// `*` means any bytes but dots.
static bool globMatches(StringRef Pattern, StringRef Text) {
  while (!Pattern.empty() && Pattern.front() != '*') {
    if (Text.empty() || Text.front() != Pattern.front()) return false;
    Pattern = Pattern.drop_front();
    Text = Text.drop_front();
  }
  if (Pattern.empty()) return Text.empty();
  auto Rest = Pattern.drop_front();
  for (size_t At = 0;; At++) {
    if (globMatches(Rest, Text.drop_front(At))) return true;
    if (At == Text.size() || Text[At] == '.') return false;
  }
}

static bool pathMatches(StringRef Pattern, StringRef Path) {
  auto Operator = operatorOf(Pattern);
  if (Operator.empty()) return globMatches(Pattern, Path);
  return Path.consume_back(Operator) && globMatches(Pattern.drop_back(Operator.size()), Path);
}

std::optional<Replacement> Replacement::parse(StringRef Full) {
  auto Signature = CalleeName::parse(Full);
  if (!Signature) return std::nullopt;
  Replacement Result;
  Result.Signature = std::move(*Signature);
  auto &Parameters = Result.Signature.Parameters;
  auto IsFirst = [&](StringRef Label) {
    return !Parameters.empty() && Parameters.front().Label == Label;
  };
  Result.TakesContext = IsFirst("context");
  if (Result.TakesContext) Parameters.erase(Parameters.begin());
  Result.TakesOriginal = IsFirst("original");
  Result.TakesSelf = Parameters.size() > Result.TakesOriginal && Parameters.back().Label == "self";
  return Result;
}

static std::pair<StringRef, StringRef> pathAndLabels(StringRef Pattern) {
  if (!Pattern.ends_with(")")) return {Pattern, ""};
  size_t At = Pattern.find('(');
  return {Pattern.take_front(At), Pattern.drop_front(At)};
}

bool Replacement::hasWildcard() const {
  auto Path = pathAndLabels(pattern()).first;
  return Path.drop_back(operatorOf(Path).size()).contains('*');
}

// `RaycContext0_C.Point` is `Point`, as the context's file has it.
static std::string withoutContext(StringRef Type) {
  std::string Result;
  while (!Type.empty()) {
    auto Path = Type.take_while(isPath);
    Type = Type.drop_front(Path.size());
    Result += Path.starts_with("RaycContext") ? Path.split('.').second : Path;
    Result += Type.take_front();
    Type = Type.drop_front(!Type.empty());
  }
  return Result;
}

std::string Replacement::text() const {
  return (pattern().split('(').first + withoutContext(Signature.type())).str();
}

bool Replacement::matches(const CalleeName &Callee, StringRef Module) const {
  auto [Path, Labels] = pathAndLabels(pattern());
  if (!Labels.empty() && Labels != Callee.labels()) return false;
  StringRef Name = Callee.Path;
  if (pathMatches(Path, Name)) return true;
  // Without its module, or with that of the extension it stands in.
  auto Rest = Name.split('.').second;
  if (Rest.empty()) return false;
  return pathMatches(Path, Rest) || (!Module.empty() && Path.consume_front(Module) &&
                                     Path.consume_front(".") && pathMatches(Path, Rest));
}

bool Replacement::matches(StringRef Symbol) const { return globMatches(pattern(), Symbol); }

static StringRef takePath(StringRef &Text) {
  auto Path = Text.take_while(isPath);
  Text = Text.drop_front(Path.size());
  return Path;
}

static bool isSamePath(StringRef InContext, StringRef InProgram) {
  if (InContext == InProgram) return true;
  if (!InContext.starts_with("RaycContext")) return false;
  // Declared in the file, or inside the context: `RaycContext0_C.Point`, `RaycContext0_C.C.Point`.
  auto Name = InContext.split('.').second;
  auto Nested = Name.split('.').second;
  auto Declared = InProgram.split('.').second;
  return Declared == Name || (!Nested.empty() && Declared == Nested);
}

bool isSameType(StringRef InContext, StringRef InProgram) {
  while (!InContext.empty() && !InProgram.empty()) {
    if (!isSamePath(takePath(InContext), takePath(InProgram))) return false;
    if (InContext.empty() || InProgram.empty()) break;
    if (InContext.front() != InProgram.front()) return false;
    InContext = InContext.drop_front();
    InProgram = InProgram.drop_front();
  }
  return InContext.empty() && InProgram.empty();
}

// Types that own nothing: it is all one who releases a value of theirs.
static bool ownsNothing(StringRef Type) {
  static constexpr StringLiteral Types[] = {"Int",
                                            "Int8",
                                            "Int16",
                                            "Int32",
                                            "Int64",
                                            "UInt",
                                            "UInt8",
                                            "UInt16",
                                            "UInt32",
                                            "UInt64",
                                            "Bool",
                                            "Double",
                                            "Float",
                                            "UnsafeRawPointer",
                                            "UnsafeMutableRawPointer"};
  return Type.consume_front("Swift.") && is_contained(Types, Type);
}

static bool isSameParameter(StringRef InContext, StringRef InProgram) {
  StringRef Owned = InProgram;
  if (Owned.consume_front("__owned ") && ownsNothing(Owned)) {
    InProgram = Owned;
    InContext.consume_front("__owned ");
  }
  return isSameType(InContext, InProgram);
}

// `[Swift.Int]` is `Swift.Array`, `Swift.Int?` is `Swift.Optional`.
static std::string nominal(StringRef Type) {
  Type.consume_front("inout ");
  Type.consume_front("__owned ");
  if (Type.ends_with("?")) return "Swift.Optional";
  if (Type.starts_with("[")) return Type.contains(" : ") ? "Swift.Dictionary" : "Swift.Array";
  return withoutGenerics(Type);
}

std::string Replacement::reasonNotToFit(const CalleeName &Callee) const {
  ArrayRef<CalleeName::Parameter> Own = Signature.Parameters;
  if (TakesOriginal) Own = Own.drop_front();
  StringRef SelfType = TakesSelf ? StringRef(Own.back().Type) : "";
  if (TakesSelf) Own = Own.drop_back();
  if (Callee.HasSelf && !TakesSelf)
    return "it is called on a value: add a last parameter 'self: " + Callee.selfType() +
           "' (or 'self: inout …' where it is mutating)";
  if (!Callee.HasSelf && TakesSelf) return "it has no 'self'";
  if (TakesSelf && !isSameType(nominal(SelfType), Callee.selfType()))
    return "its self is a '" + Callee.selfType() + "'";
  if (Own.size() != Callee.Parameters.size()) return "the numbers of parameters differ";
  for (auto [Mine, Theirs] : zip(Own, Callee.Parameters)) {
    if (isSameParameter(Mine.Type, Theirs.Type)) continue;
    if (("__owned " + Mine.Type) == Theirs.Type)
      return "it takes over its parameters: write 'consuming " + Mine.Type + "'";
    return "'" + Mine.Type + "' is not '" + Theirs.Type + "'";
  }
  if (!isSameType(Signature.Result, Callee.Result))
    return "the result is a '" + Callee.Result + "', not a '" + Signature.Result + "'";
  if (Signature.Generics != Callee.Generics) return "the generic parameters differ";
  bool MayThrowLess = Signature.Effects.empty() && StringRef(Callee.Effects).starts_with("throws");
  if (Signature.Effects != Callee.Effects && !MayThrowLess)
    return Callee.Effects.empty() ? "it does not say '" + Signature.Effects + "'"
                                  : "it says '" + Callee.Effects + "'";
  if (!TakesOriginal) return "";
  CalleeName Expected = Callee;
  if (TakesSelf) Expected.Parameters.push_back({"_", SelfType.str()});
  auto Type = Expected.type();
  if (!isSameType(StringRef(Signature.Parameters.front().Type), Type)) {
    // What the context declares itself stands in the types that it gives.
    auto Given = Signature;
    Given.Parameters.erase(Given.Parameters.begin());
    if (Given.type() != Signature.Parameters.front().Type) return "'original' is a '" + Type + "'";
  }
  return "";
}

}  // namespace rayc
