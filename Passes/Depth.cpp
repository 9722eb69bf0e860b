#include "Depth.h"

#include "Demangler.h"
#include "Options.h"
#include "Thread.h"
#include "ThreadState.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace rayc {

// What the compiler put between a call and the function that is meant, by Swift's mangling:
// partial apply forwarders, reabstraction thunks, protocol witnesses, dispatch thunks and
// vtable thunks.
static bool isThunk(StringRef Symbol) {
  StringRef Name = wholeSymbol(Symbol).split('.').first;
  if (!Name.starts_with("$s")) return false;
  return any_of(ArrayRef<StringRef>{"TA", "TR", "Tr", "TW", "Tj", "TV"},
                [&](StringRef Suffix) { return Name.ends_with(Suffix); });
}

Instruction *wayOut(BasicBlock &Block) {
  if (auto *Call = Block.getTerminatingMustTailCall()) return Call;
  auto *Last = Block.getTerminator();
  return isa<ReturnInst>(Last) || isa<ResumeInst>(Last) ? Last : nullptr;
}

// The calls that stand for the thread's state: one, or one for each event in a function that
// switches the context on or off.
static SmallVector<CallInst *, 1> statesOf(Function &Function) {
  SmallVector<CallInst *, 1> States;
  for (auto *Stands : {Function.getParent()->getFunction(abi::State),
                       Function.getParent()->getFunction(abi::FreshState)})
    if (Stands)
      for (auto *User : Stands->users())
        if (auto *Call = cast<CallInst>(User); Call->getFunction() == &Function)
          States.push_back(Call);
  return States;
}

namespace {

// Code that belongs to no line of the function.
struct Builder : IRBuilder<> {
  explicit Builder(Instruction *Before) : IRBuilder(Before) {
    auto *Program = Before->getFunction()->getSubprogram();
    SetCurrentDebugLocation(Program ? DebugLoc(DILocation::get(getContext(), 0, 0, Program))
                                    : DebugLoc());
  }
};

}  // namespace

bool limitDepth(Function &Function, ArrayRef<Event> Events, bool IsCounted) {
  bool Calls = IsCounted || any_of(Events, [](auto &Each) {
                 return Each.Kind == abi::SiteKind::Call || Each.Kind == abi::SiteKind::RuntimeCall;
               });
  auto States = statesOf(Function);
  bool Counts = Calls && !Events.empty() && !isThunk(Function.getName());
  // A function without other events has those of its beginning and end.
  if (States.empty() && !Counts) return false;

  auto &Entry = Function.getEntryBlock();
  Builder Top(&*Entry.getFirstNonPHIOrDbgOrAlloca());
  auto *Address = threadField(threadAddress(Top), abi::ThreadDepthOffset, Top);
  auto *Depth = Top.CreateLoad(Top.getInt64Ty(), Address, "rayc.depth");
  if (Counts) {
    Top.CreateStore(Top.CreateAdd(Depth, Top.getInt64(1)), Address);
    for (auto &Block : Function)
      if (auto *Out = wayOut(Block)) Builder(Out).CreateStore(Depth, Address);
  }
  if (!DepthLimit.getNumOccurrences()) return Counts;
  for (auto *State : States) {
    Builder Behind(State->getNextNode());
    auto *Off = Behind.CreateCall(offStateFunction(*Function.getParent()));
    auto *IsDeep = Behind.CreateICmpUGT(Depth, Behind.getInt64(DepthLimit));
    auto *Chosen = cast<Instruction>(Behind.CreateSelect(IsDeep, Off, State));
    State->replaceUsesWithIf(Chosen, [&](Use &Use) { return Use.getUser() != Chosen; });
  }
  return true;
}

}  // namespace rayc
