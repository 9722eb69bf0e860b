#include "Instrument.h"

#include "CallbackEmitter.h"
#include "Depth.h"
#include "Expressions.h"
#include "Image.h"
#include "Input.h"
#include "Options.h"
#include "Overdubs.h"
#include "Report.h"
#include "SwiftTypes.h"
#include "TagPropagation.h"
#include "Twins.h"

#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/ErrorHandling.h"

using namespace llvm;

namespace rayc {

// A function that touches no memory as Swift (a metadata accessor) or LLVM says counts its
// events in memory once it is instrumented, here or in its own module. The runtime's
// functions and intrinsics have no events.
static bool mayBeInstrumented(const Function &Function) {
  if (Function.isIntrinsic() || abi::isOwnName(Function.getName())) return false;
  return !Function.isDeclaration() || Function.getName().starts_with("$s");
}

static void forgetMemoryEffects(Module &Module) {
  for (auto &Function : Module) {
    if (!mayBeInstrumented(Function)) continue;
    Function.removeFnAttr(Attribute::Memory);
    for (auto *User : Function.users())
      if (auto *Call = dyn_cast<CallBase>(User)) Call->removeFnAttr(Attribute::Memory);
  }
}

static Error instrument(Module &Module, FunctionAnalysisManager *Analyses) {
  auto Context = rayc::Context::read(ContextPath, Module.getContext());
  if (!Context) return Context.takeError();
  if (Context->tags() && Extent == Scope::Dynamic)
    return createStringError("tags go through the whole program; use --scope program");
  SiteTable Sites(Module, ModuleName, Context->disablesSites());
  if (Context->asks(abi::AsksForFrames) || Context->asks(abi::AsksForCalls)) Sites.wantFrames();
  std::optional<Expressions> Texts;
  if (!ExpressionsPath.empty()) Sites.wantExpressions(Texts.emplace(ExpressionsPath));
  SwiftTypes Types(Module);
  CallbackEmitter Emitter(Module, *Context, Sites, Types);
  Twins Twins(Module);
  Overdubs Overdubs(Module, *Context);
  auto Points = Context->points();
  bool IsDynamic = Extent == Scope::Dynamic;
  bool Changed = false;
  SmallVector<Function *> Functions;
  for (auto &Function : Module)
    if (reasonToSkip(Function).empty()) Functions.push_back(&Function);
  if (IsDynamic)
    for (auto *&Function : Functions) Function = Twins.add(*Function);
  for (auto *Function : Functions) {
    auto Events = select(*Function, Points).Events;
    Changed |= Emitter.instrument(*Function, Events);
    bool IsCounted = Context->asks(abi::AsksForDepth);
    if (IsCounted || DepthLimit.getNumOccurrences())
      Changed |= limitDepth(*Function, Events, IsCounted);
  }
  if (Overdubs.replaceUses(Functions)) Changed = true;
  if (IsDynamic) Twins.connect();
  if (Overdubs.replaceBodies(Twins)) Changed = true;
  Overdubs.record();
  Changed |= propagateTags(Module, *Context, Sites, Analyses);
  startInMain(Module);
  // Objects without sites must still not mix with another version's.
  announceImage(Module, {Changed, IsDynamic && !Functions.empty(), Context->disablesSites()});
  if (!Changed) return Error::success();
  forgetMemoryEffects(Module);
  if (!NoInline)
    if (auto Failure = rayc::Context::import(std::move(*Context), Module)) return Failure;
  std::string Problem;
  raw_string_ostream Stream(Problem);
  if (verifyModule(Module, &Stream))
    return createStringError("instrumentation made invalid IR of '%s', which is a bug in rayc: %s",
                             Module.getName().str().c_str(), Problem.c_str());
  return Error::success();
}

static Points reportedPoints() {
  return {is_contained(PointNames, "stores"), is_contained(PointNames, "operators"),
          is_contained(PointNames, "runtime")};
}

PreservedAnalyses Instrument::run(Module &Module, ModuleAnalysisManager &Analyses) {
  auto Fail = [](Error Failure) {
    // No output may appear: an object without hooks would look like one with them.
    report_fatal_error(Twine("rayc: ") + toString(std::move(Failure)), false);
  };
  if (auto Failure = checkInput(Module)) Fail(std::move(Failure));
  if (!ReportPath.empty())
    if (auto Failure = writeReport(Module, ModuleName, reportedPoints(), ReportPath))
      Fail(std::move(Failure));
  if (ContextPath.empty()) return PreservedAnalyses::all();
  auto &Functions = Analyses.getResult<FunctionAnalysisManagerModuleProxy>(Module).getManager();
  if (auto Failure = instrument(Module, IsOptimizing ? &Functions : nullptr))
    Fail(std::move(Failure));
  return PreservedAnalyses::none();
}

PreservedAnalyses StripDebugInfo::run(Module &Module, ModuleAnalysisManager &) {
  return llvm::StripDebugInfo(Module) ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

}  // namespace rayc
