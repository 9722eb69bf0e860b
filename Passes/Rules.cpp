#include "Rules.h"

#include "Abi.h"
#include "Demangler.h"
#include "Options.h"
#include "Pattern.h"

#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/ErrorHandling.h"

using namespace llvm;

namespace rayc {

namespace {

struct Rule {
  bool Includes;
  Pattern Meant;
  std::string Reason;
};

}  // namespace

static Pattern parse(StringRef Text) {
  auto Pattern = rayc::Pattern::parse(Text);
  if (!Pattern) report_fatal_error(Twine("rayc: ") + toString(Pattern.takeError()), false);
  return std::move(*Pattern);
}

// The rules of the command line, in order.
static ArrayRef<Rule> rules() {
  static const auto Rules = [] {
    std::vector<Rule> Rules;
    for (StringRef Text : RuleTexts) {
      if (!Text.starts_with("+") && !Text.starts_with("-"))
        report_fatal_error("rayc: the rule '" + Text + "' begins neither with '+' nor with '-'",
                           false);
      Rules.push_back({Text.front() == '+', parse(Text.drop_front()),
                       ("excluded by the rule '" + Text + "'").str()});
    }
    return Rules;
  }();
  return Rules;
}

static std::vector<Pattern> parseAll(ArrayRef<std::string> Texts) {
  std::vector<Pattern> Patterns;
  for (auto &Text : Texts) Patterns.push_back(parse(Text));
  return Patterns;
}

static ArrayRef<Pattern> triggers() {
  static const auto Triggers = parseAll(TriggerPatterns);
  return Triggers;
}

// The instructions of a function and of all its continuations, or of as many as are enough.
static bool hasAtLeast(unsigned Number, const Function &Function) {
  static const Module *Counted = nullptr;
  static StringMap<unsigned> Sizes;
  auto &Module = *Function.getParent();
  if (Counted != &Module) {
    Counted = &Module;
    Sizes.clear();
    for (auto &Part : Module)
      for (auto &Block : Part)
        for (auto &Instruction : Block)
          if (!isa<DbgInfoIntrinsic>(Instruction)) Sizes[wholeSymbol(Part.getName())]++;
  }
  return Sizes.lookup(wholeSymbol(Function.getName())) >= Number;
}

StringRef reasonToExclude(const Function &Function) {
  auto Deciding =
      find_if(reverse(rules()), [&](const Rule &Rule) { return Rule.Meant.matches(Function); });
  if (Deciding != rules().rend() && !Deciding->Includes) return Deciding->Reason;
  static const auto TooSmall = ("fewer than " + Twine(MinInstructions) + " instructions").str();
  return MinInstructions && !hasAtLeast(MinInstructions, Function) ? StringRef(TooSmall) : "";
}

bool isTrigger(const Function &Function) {
  return !Function.isDeclaration() &&
         any_of(triggers(), [&](const Pattern &Each) { return Each.matchesItself(Function); });
}

bool isTagFunction(const Function &Function) {
  static const auto Meant = parseAll(TagFunctionPatterns);
  return !Function.isDeclaration() &&
         any_of(Meant, [&](const Pattern &Each) { return Each.matchesItself(Function); });
}

bool wholeRunIsExtent() { return is_contained(TriggerPatterns, "main"); }

SmallVector<Matched, 0> matchedIn(const Module &Module) {
  SmallVector<Matched, 0> All;
  for (auto [Text, Rule] : zip(RuleTexts, rules())) All.push_back({Text, false, {}});
  for (auto [Text, Trigger] : zip(TriggerPatterns, triggers())) All.push_back({Text, true, {}});
  for (auto &Function : Module) {
    if (Function.isDeclaration() || abi::isOwnName(Function.getName())) continue;
    for (auto [Index, Rule] : enumerate(rules()))
      if (Rule.Meant.matches(Function)) All[Index].Functions.push_back(&Function);
    for (auto [Index, Trigger] : enumerate(triggers()))
      if (Trigger.matchesItself(Function))
        All[rules().size() + Index].Functions.push_back(&Function);
  }
  return All;
}

}  // namespace rayc
