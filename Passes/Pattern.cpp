#include "Pattern.h"

#include "Demangler.h"
#include "EntityName.h"
#include "Options.h"
#include "SourceFile.h"

#include "llvm/Support/Path.h"

using namespace llvm;

namespace rayc {

Expected<Pattern> Pattern::parse(StringRef Text) {
  auto Bad = [&](const std::string &Why) {
    return createStringError("the pattern '%s' cannot be read: %s", Text.str().c_str(),
                             Why.c_str());
  };
  if (Text.empty()) return createStringError("a pattern is empty");
  StringRef Rest = Text;
  auto Form = Rest.consume_front("module:") ? Kind::Module
              : Rest.consume_front("file:") ? Kind::File
              : Rest.consume_front("/")     ? Kind::Regex
                                            : Kind::Name;
  Pattern Pattern(Form, Rest);
  if (Form == Kind::Module || Form == Kind::File) {
    // LLVM's globs read `{a,b}` as alternatives only where a number of them is allowed.
    auto Glob = GlobPattern::create(Pattern.Text, 1024);
    if (!Glob) return Bad(toString(Glob.takeError()));
    Pattern.Glob = std::move(*Glob);
  }
  if (Form == Kind::Regex) {
    if (!Rest.consume_back("/")) return Bad("a regular expression ends with '/'");
    std::string Why;
    Regex Expression(Rest);
    if (!Expression.isValid(Why)) return Bad(Why);
    Pattern.Expression = std::move(Expression);
  }
  return Pattern;
}

static StringRef moduleOf(const SymbolName &Name) {
  // What names no module is C's or the compiler's, made for the module at hand.
  return Name.Module.empty() ? StringRef(ModuleName) : StringRef(Name.Module);
}

bool Pattern::matchesFile(const Function &Function) const {
  auto File = sourceFile(Function);
  StringRef Path = File;
  if (!Text.contains('/')) return Glob->match(sys::path::filename(Path));
  // `Sources/*.swift` is below any folder.
  for (StringRef Rest = Path; !Rest.empty(); Rest = Rest.split('/').second)
    if (Glob->match(Rest)) return true;
  return false;
}

// Whether a name ends where a pattern does, but for types and labels.
static bool isWhole(StringRef Rest) {
  if (Rest.empty() || Rest.front() == '(' || Rest.front() == '<') return true;
  return any_of(
      ArrayRef<StringLiteral>{" -> ", " : ", " async", " throws", " infix", " prefix", " postfix"},
      [&](StringRef End) { return Rest.starts_with(End); });
}

bool Pattern::nameMatches(StringRef Name, StringRef Module, bool Whole) const {
  StringRef Pattern = Text;
  auto Matches = [&](StringRef Pattern, StringRef Name) {
    return Name.consume_front(Pattern) && (!Whole || isWhole(Name));
  };
  auto Generic = withoutGenerics(Name);
  auto MatchesEither = [&](StringRef Pattern) {
    return Matches(Pattern, Name) || Matches(Pattern, Generic);
  };
  if (MatchesEither(Pattern)) return true;
  // `MyLib.Parser.parse(_:)`, also of a static one.
  return !Module.empty() && Pattern.consume_front(Module) && Pattern.consume_front(".") &&
         MatchesEither(Pattern);
}

bool Pattern::matches(const Function &Function) const {
  if (Form == Kind::File) return matchesFile(Function);
  auto &Name = demangled(Function.getName());
  auto Module = moduleOf(Name);
  if (Form == Kind::Module) return Glob->match(Module);
  if (Form == Kind::Regex) return Expression->match(Name.Full) || Expression->match(Name.Simple);
  if (wholeSymbol(Function.getName()).starts_with(Text)) return true;
  auto Witnessed = witnessedMethod(Name.Simple);
  auto Matches = [&](StringRef Name) { return nameMatches(Name, Module, false); };
  return (!Witnessed.empty() && Matches(Witnessed)) || any_of(entities(Name.Full), Matches) ||
         any_of(entities(Name.Simple), Matches);
}

// Whether a regular expression is found in an entity's own name, and not only in what the
// entity is in: `/parse/` is no part of the name of `closure #1 in Parser.parse(_:)`.
static bool isFoundInOwn(const Regex &Expression, StringRef Name) {
  SmallVector<StringRef, 4> Found;
  if (!Expression.match(Name, &Found)) return false;
  auto Entities = entities(Name);
  return Entities.size() == 1 || Found.front().data() < Entities[1].data();
}

bool Pattern::matchesItself(const Function &Function) const {
  StringRef Symbol = Function.getName();
  if (Symbol != wholeSymbol(Symbol)) return false;
  auto &Name = demangled(Symbol);
  auto Own = ownNames(Name.Full);
  if (Form == Kind::Module || Form == Kind::File)
    return entities(Own.back()).size() == 1 && matches(Function);
  Own.append(ownNames(Name.Simple));
  bool IsMain = Text == "main" && Symbol == MainSymbol;
  return IsMain || Symbol == Text || any_of(Own, [&](StringRef Each) {
           return Form == Kind::Regex ? isFoundInOwn(*Expression, Each)
                                      : nameMatches(Each, moduleOf(Name), true);
         });
}

}  // namespace rayc
