#include "Trial.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/AutoUpgrade.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Verifier.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

using namespace llvm;

namespace rayc {

static constexpr StringLiteral Dynamic = "-rayc-scope=dynamic";
static constexpr StringLiteral PreparesContext = ",rayc-context";

bool Recipe::isDynamic() const { return is_contained(Options, Dynamic); }

Recipe Recipe::plain() const {
  Recipe Plain = *this;
  Plain.Options.clear();
  StringRef Rest = Plain.Passes;
  if (Rest.consume_back(PreparesContext)) Plain.Passes = Rest.str();
  return Plain;
}

std::string Recipe::command(StringRef Plugin, StringRef Module) const {
  std::string Command = ("opt-22 -load-pass-plugin=" + Plugin).str();
  for (auto &Option : Options) Command += " '" + Option + "'";
  return Command + " '-passes=" + Passes + "' " + Module.str() +
         (GeneratesCode ? " | llc-22 -relocation-model=pic -filetype=obj -o /dev/null"
                        : " -o /dev/null");
}

Recipe chooseRecipe(const Choices &Choices, Random &Random) {
  Recipe Recipe;
  if (Choices.PreparesContexts) {
    Recipe.Optimizes = !Random.chance(0.5);
    Recipe.Passes = Recipe.Optimizes ? "default<O2>,rayc-context" : "rayc-context";
    return Recipe;
  }
  auto Add = [&](double Share, StringRef Option) {
    if (Random.chance(Share)) Recipe.Options.push_back(Option.str());
  };
  if (!Choices.Contexts.empty() && !Random.chance(0.03)) {
    Recipe.Context = Random.pick(Choices.Contexts);
    Recipe.Options.push_back("-rayc-context=" + Recipe.Context);
  }
  if (!Choices.Demangler.empty()) Recipe.Options.push_back("-rayc-demangler=" + Choices.Demangler);
  Recipe.Options.push_back("-rayc-module=Main");
  if (Random.chance(0.5)) {
    Recipe.Options.push_back(Dynamic.str());
    Add(0.3, "-rayc-trigger=main");
    if (!Choices.Demangler.empty()) Add(0.2, "-rayc-trigger=*");
  }
  Add(0.15, "-rayc-report=/dev/null");
  Add(0.1, "-rayc-points=stores,operators,runtime");
  Add(0.1, "-rayc-depth=2");
  Add(0.05, "-rayc-min-instructions=6");
  Add(0.1, "-rayc-no-inline");
  Add(0.2, "-rayc-strip-debug");
  if (!Choices.Demangler.empty()) Add(0.1, "-rayc-rule=-module:Swift");
  Recipe.Optimizes = Random.chance(Choices.Pipelines);
  Recipe.GeneratesCode = Recipe.Optimizes && Random.chance(0.3);
  if (!Recipe.Optimizes) {
    Recipe.Passes = "rayc-drop-dynamic-lifetimes,rayc-instrument,verify,rayc-lower-state,verify";
  } else {
    Recipe.Passes = Random.chance(0.5) ? "default<O0>" : "default<O2>";
    Add(0.5, "-rayc-at=optimized");
  }
  return Recipe;
}

static std::unique_ptr<TargetMachine> targetMachine(const Triple &Triple) {
  InitializeNativeTarget();
  InitializeNativeTargetAsmPrinter();
  std::string Problem;
  auto *Target = TargetRegistry::lookupTarget(Triple, Problem);
  if (!Target) return nullptr;
  return std::unique_ptr<TargetMachine>(Target->createTargetMachine(
      Triple, "", "", TargetOptions(), Reloc::PIC_, std::nullopt, CodeGenOptLevel::None));
}

static bool isValid(Module &Module) { return !verifyModule(Module, &errs()); }

int runTrial(Module &Module, const Recipe &Recipe, PassPlugin &Plugin, Phase &Phase) {
  if (verifyModule(Module)) return Refused;
  // As a reader does: debug information that is not right is dropped.
  UpgradeDebugInfo(Module);
  std::vector<const char *> Arguments = {"opt-22"};
  for (auto &Option : Recipe.Options) Arguments.push_back(Option.c_str());
  cl::ParseCommandLineOptions(Arguments.size(), Arguments.data());

  Phase = Recipe.Optimizes ? Phase::Optimizing : Phase::Instrumenting;
  auto Machine = targetMachine(Module.getTargetTriple());
  LoopAnalysisManager Loops;
  FunctionAnalysisManager Functions;
  CGSCCAnalysisManager Graphs;
  ModuleAnalysisManager Modules;
  PassBuilder Builder(Machine.get());
  Plugin.registerPassBuilderCallbacks(Builder);
  Builder.registerModuleAnalyses(Modules);
  Builder.registerCGSCCAnalyses(Graphs);
  Builder.registerFunctionAnalyses(Functions);
  Builder.registerLoopAnalyses(Loops);
  Builder.crossRegisterProxies(Loops, Functions, Graphs, Modules);
  ModulePassManager Passes;
  if (auto Failure = Builder.parsePassPipeline(Passes, Recipe.Passes)) {
    errs() << toString(std::move(Failure)) << "\n";
    return 1;
  }
  Passes.run(Module, Modules);
  if (!isValid(Module)) return Invalid;
  if (Recipe.GeneratesCode && Machine) {
    Phase = Phase::Generating;
    legacy::PassManager Generator;
    raw_null_ostream Nowhere;
    if (!Machine->addPassesToEmitFile(Generator, Nowhere, nullptr, CodeGenFileType::AssemblyFile))
      Generator.run(Module);
  }
  Phase = Phase::Done;
  return Fine;
}

}  // namespace rayc
