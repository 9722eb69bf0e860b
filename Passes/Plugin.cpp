// Stage 2: the plugin's entry point: only registration.
#include "ContextPreparer.h"
#include "Dynamos.h"
#include "Fidelity.h"
#include "Instrument.h"
#include "Options.h"
#include "Stack.h"
#include "StateAlias.h"
#include "ThreadState.h"
#include "WriteIR.h"

#include "llvm/Passes/PassBuilder.h"
#include "llvm/Plugins/PassPlugin.h"
#include "llvm/Transforms/IPO/AlwaysInliner.h"

using namespace llvm;
using namespace rayc;

static bool addPass(StringRef Name, ModulePassManager &Passes) {
  if (Name == "rayc-context")
    Passes.addPass(PrepareContext());
  else if (Name == "rayc-stack")
    Passes.addPass(StackContexts());
  else if (Name == "rayc-runtime")
    Passes.addPass(PrepareRuntime());
  else if (Name == "rayc-instrument")
    Passes.addPass(Instrument());
  else if (Name == "rayc-lower-state")
    Passes.addPass(LowerThreadState());
  else if (Name == "rayc-drop-dynamic-lifetimes")
    Passes.addPass(DropDynamicLifetimes());
  else if (Name == "rayc-grow-async-contexts")
    Passes.addPass(GrowAsyncContexts());
  else if (Name == "rayc-relax-tail-calls")
    Passes.addPass(RelaxTailCalls());
  else if (Name == "rayc-drop-entry-values")
    Passes.addPass(DropEntryValues());
  else
    return false;
  return true;
}

// The hooks, with the user's own transforms around them.
static void addInstrumentation(PassBuilder &Builder, ModulePassManager &Passes, bool IsOptimizing) {
  addTransformsBefore(Builder, Passes);
  Passes.addPass(Instrument(IsOptimizing));
  addTransformsAfter(Builder, Passes);
  Passes.addPass(WriteIR("instrumented"));
}

static void registerPasses(PassBuilder &Builder) {
  registerStateAlias(Builder);
  Builder.registerPipelineStartEPCallback([&](ModulePassManager &Passes, OptimizationLevel Level) {
    Passes.addPass(WriteIR("swift"));
    Passes.addPass(NameObject());
    Passes.addPass(AnnotateGlue());
    Passes.addPass(StackContexts());
    Passes.addPass(DropDynamicLifetimes());
    Passes.addPass(GrowAsyncContexts());
    if (At == Placement::Source)
      addInstrumentation(Builder, Passes, Level != OptimizationLevel::O0);
  });
  Builder.registerOptimizerLastEPCallback(
      [&](ModulePassManager &Passes, OptimizationLevel, ThinOrFullLTOPhase) {
        Passes.addPass(DropEntryValues());
        if (At == Placement::Optimized) {
          addInstrumentation(Builder, Passes, false);
          Passes.addPass(AlwaysInlinerPass());
        }
        Passes.addPass(LowerThreadState());
        Passes.addPass(RelaxTailCalls());
        Passes.addPass(WriteIR("optimized"));
        if (StripDebug) Passes.addPass(rayc::StripDebugInfo());
      });
  Builder.registerPipelineParsingCallback(
      [](StringRef Name, ModulePassManager &Passes, ArrayRef<PassBuilder::PipelineElement>) {
        return addPass(Name, Passes);
      });
}

extern "C" LLVM_ATTRIBUTE_WEAK PassPluginLibraryInfo llvmGetPassPluginInfo() {
  return {LLVM_PLUGIN_API_VERSION, "rayc", "1", registerPasses};
}
