#include "StateAlias.h"

#include "Abi.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/CommandLine.h"

using namespace llvm;

namespace rayc {

AnalysisKey StateAlias::Key;

static bool isState(const Value *Object) {
  auto *Call = dyn_cast<CallBase>(Object);
  auto *Callee = Call ? Call->getCalledFunction() : nullptr;
  return Callee && is_contained({abi::State, abi::FreshState, abi::OffState}, Callee->getName());
}

namespace {
enum class Origin { State, Elsewhere, Either };
}

static Origin origin(const Value *Address) {
  SmallVector<const Value *, 4> Objects;
  getUnderlyingObjects(Address, Objects);
  auto Count = unsigned(count_if(Objects, isState));
  if (Count == 0) return Origin::Elsewhere;
  return Count == Objects.size() ? Origin::State : Origin::Either;
}

AliasResult StateAliasResult::alias(const MemoryLocation &A, const MemoryLocation &B, AAQueryInfo &,
                                    const Instruction *) {
  auto First = origin(A.Ptr), Second = origin(B.Ptr);
  bool AreApart = (First == Origin::State && Second == Origin::Elsewhere) ||
                  (First == Origin::Elsewhere && Second == Origin::State);
  return AreApart ? AliasResult::NoAlias : AliasResult::MayAlias;
}

void registerStateAlias(PassBuilder &Builder) {
  Builder.registerAnalysisRegistrationCallback([](FunctionAnalysisManager &Analyses) {
    Analyses.registerPass([] { return StateAlias(); });
  });
  Builder.registerParseAACallback([](StringRef Name, AAManager &Analyses) {
    if (Name != "rayc-aa") return false;
    Analyses.registerFunctionAnalysis<StateAlias>();
    return true;
  });
  // opt takes its alias analyses from this option, and a plugin cannot add one otherwise.
  auto &Options = cl::getRegisteredOptions();
  auto Found = Options.find("aa-pipeline");
  if (Found != Options.end() && !Found->second->getNumOccurrences())
    Found->second->addOccurrence(0, "aa-pipeline",
                                 "basic-aa,scoped-noalias-aa,tbaa,globals-aa,rayc-aa");
}

}  // namespace rayc
