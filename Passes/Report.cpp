#include "Report.h"

#include "FunctionTypes.h"
#include "Rules.h"
#include "RuntimeOperations.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace rayc {

static StringRef kindName(abi::SiteKind Kind) {
  switch (Kind) {
    case abi::SiteKind::Call: return "call";
    case abi::SiteKind::RuntimeCall: return "runtimeCall";
    case abi::SiteKind::Load: return "load";
    case abi::SiteKind::Store: return "store";
    case abi::SiteKind::Operation: return "operation";
    case abi::SiteKind::Runtime: return "runtime";
    case abi::SiteKind::Function: return "function";
  }
  llvm_unreachable("a kind of site without a name");
}

static void add(json::Object &Row, const Location &At) {
  Row["file"] = At.File;
  Row["line"] = At.Line;
  Row["column"] = At.Column;
}

static json::Object row(const SiteInfo &Site) {
  json::Object Row{{"record", "site"},
                   {"id", "0x" + utohexstr(Site.Id, true, 16)},
                   {"kind", kindName(Site.Kind)},
                   {"function", Site.Function},
                   {"callee", Site.Callee},
                   {"valueType", Site.ValueType},
                   {"variable", Site.Variable}};
  // The function whose inlined code the site is in, as it is called at the site's location.
  for (auto [Inner, Outer] : zip(Site.Frames, drop_begin(Site.Frames))) {
    if (Inner.At.Line) break;
    if (Outer.At.Line) Row["inlined"] = Inner.Function;
  }
  if (Site.Typing == Typing::Exact)
    Row["typed"] = true;
  else if (Site.Typing != Typing::None)
    Row["untyped"] = describe(Site.Typing);
  add(Row, Site.Location);
  return Row;
}

static json::Object row(const Skipped &Skipped) {
  json::Object Row{{"record", "skipped"},
                   {"function", Skipped.Function->getName()},
                   {"what", Skipped.What},
                   {"reason", Skipped.Reason}};
  if (auto *Call = dyn_cast_or_null<CallBase>(Skipped.Instruction))
    Row["callee"] = calleeName(*Call);
  add(Row, Skipped.Instruction ? location(*Skipped.Instruction) : location(*Skipped.Function));
  return Row;
}

// What a rule or trigger meant here; the driver adds up the modules to see one that meant
// nothing at all. A rule may mean thousands of functions, so their number is enough.
static json::Object row(const Matched &Matched) {
  json::Object Row{{"record", Matched.IsTrigger ? "trigger" : "rule"},
                   {"pattern", Matched.Text},
                   {"functions", Matched.Functions.size()}};
  if (Matched.IsTrigger) {
    json::Array Names;
    for (auto *Function : Matched.Functions) Names.push_back(Function->getName());
    Row["names"] = std::move(Names);
  }
  return Row;
}

static json::Object describe(const Event &Event, SiteTable &Sites, FunctionTypes &Typed) {
  auto Id = Sites.id(Event);
  if (Event.Kind == abi::SiteKind::Operation) {
    auto Operation = Typed.operation(*Event.Instruction, Event.Operation);
    auto Site = Sites.describe(Event, Id, Operation.Result);
    Site.Callee = Sites.operatorName(Event, Operation.Result, Operation.Operands);
    return row(Site);
  }
  bool IsRuntime = Event.Kind == abi::SiteKind::Runtime;
  auto Value = IsRuntime ? ValueTyping(Typing::None) : Typed.value(*Event.Instruction);
  auto Row = row(Sites.describe(Event, Id, Value));
  if (IsRuntime) Row["operation"] = runtimeOperation(*Event.Instruction)->name();
  return Row;
}

// Whether a store puts a part of a value into memory that comes with the last of its stores.
static bool isPart(const Event &Event, FunctionTypes &Typed) {
  return Event.Kind == abi::SiteKind::Store &&
         Typed.value(*Event.Instruction).Typing == Typing::Plumbing;
}

static void report(Function &Function, SiteTable &Sites, SwiftTypes &Types, Points Points,
                   raw_ostream &Out) {
  auto Write = [&](json::Object Row) { Out << json::Value(std::move(Row)) << '\n'; };
  if (auto Reason = reasonToSkip(Function); !Reason.empty()) {
    if (!Function.isIntrinsic()) Write(row(Skipped{&Function, nullptr, "function", Reason}));
    return;
  }
  auto Selection = select(Function, Points);
  FunctionTypes Typed(Types, Function);
  unsigned Counts[abi::SiteKindCount] = {};
  for (auto &Event : Selection.Events) {
    auto Row = describe(Event, Sites, Typed);
    if (isPart(Event, Typed)) continue;
    Counts[unsigned(Event.Kind)]++;
    Write(std::move(Row));
  }
  for (auto &Skipped : Selection.Skipped) Write(row(Skipped));
  json::Object Row{{"record", "function"},
                   {"function", Function.getName()},
                   {"calls", Counts[0]},
                   {"runtimeCalls", Counts[1]},
                   {"loads", Counts[2]}};
  if (Points.Stores) Row["stores"] = Counts[unsigned(abi::SiteKind::Store)];
  if (Points.Operators) Row["operators"] = Counts[unsigned(abi::SiteKind::Operation)];
  if (Points.Runtime) Row["runtime"] = Counts[unsigned(abi::SiteKind::Runtime)];
  add(Row, location(Function));
  Write(std::move(Row));
}

Error writeReport(Module &Module, StringRef ModuleName, Points Points, StringRef Path) {
  return writeToOutput(Path, [&](raw_ostream &Out) {
    SiteTable Sites(Module, ModuleName);
    SwiftTypes Types(Module);
    for (auto &Function : Module) report(Function, Sites, Types, Points, Out);
    for (auto &Matched : matchedIn(Module)) Out << json::Value(row(Matched)) << '\n';
    return Error::success();
  });
}

}  // namespace rayc
