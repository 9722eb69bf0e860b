#include "Stack.h"

#include "Abi.h"
#include "ContextPreparer.h"
#include "Options.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Linker/Linker.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Transforms/InstCombine/InstCombine.h"
#include "llvm/Transforms/Scalar/EarlyCSE.h"
#include "llvm/Transforms/Scalar/SROA.h"
#include "llvm/Transforms/Scalar/SimplifyCFG.h"
#include "llvm/Transforms/Utils/Cloning.h"

#include <map>

using namespace llvm;

namespace rayc {

std::string stackPrefix(unsigned Index) { return "rayc." + std::to_string(Index) + "."; }

// Linking the modules ------------------------------------------------------------------

static void number(Module &Module, unsigned Index) {
  constexpr StringLiteral Own = "rayc_";
  for (auto &Function : Module) {
    auto Name = Function.getName();
    bool IsGlue = !Function.isDeclaration() &&
                  (Name.starts_with(abi::HookPrefix) || Name.starts_with(abi::ContextPrefix));
    if (IsGlue) Function.setName(stackPrefix(Index) + Name.substr(Own.size()).str());
  }
}

PreservedAnalyses StackContexts::run(Module &Module, ModuleAnalysisManager &) {
  if (StackFiles.empty()) return PreservedAnalyses::all();
  auto Fail = [](const Twine &Problem) { report_fatal_error("rayc: " + Problem, false); };
  number(Module, 0);
  for (auto [Index, File] : enumerate(StackFiles)) {
    SMDiagnostic Diagnostic;
    auto Next = parseIRFile(File, Diagnostic, Module.getContext());
    if (!Next) Fail("cannot read the context '" + File + "': " + Diagnostic.getMessage());
    Next->setTargetTriple(Module.getTargetTriple());
    Next->setDataLayout(Module.getDataLayout());
    annotateGlue(*Next);
    number(*Next, unsigned(Index) + 1);
    if (Linker::linkModules(Module, std::move(Next)))
      Fail("the context '" + File + "' does not link with those in front of it; they need " +
           "module names of their own");
  }
  return PreservedAnalyses::none();
}

// Combining the glue -------------------------------------------------------------------

// How a value is passed stays, and what a function is for the code generator; what LLVM found
// out about one context's hook does not hold for all.
static AttributeList commonAttributes(const Function &First) {
  auto &Context = First.getContext();
  auto Known = First.getAttributes();
  auto Extensions = [&](AttributeSet Set) {
    AttrBuilder Kept(Context);
    for (auto Kind : {Attribute::ZExt, Attribute::SExt, Attribute::NoUndef})
      if (Set.hasAttribute(Kind)) Kept.addAttribute(Kind);
    return AttributeSet::get(Context, Kept);
  };
  SmallVector<AttributeSet> Parameters;
  for (unsigned I = 0; I < First.arg_size(); I++)
    Parameters.push_back(Extensions(Known.getParamAttrs(I)));
  AttrBuilder OfFunction(Context);
  for (auto Attribute : Known.getFnAttrs())
    if (Attribute.isStringAttribute()) OfFunction.addAttribute(Attribute);
  if (First.doesNotThrow()) OfFunction.addAttribute(Attribute::NoUnwind);
  return AttributeList::get(Context, AttributeSet::get(Context, OfFunction),
                            Extensions(Known.getRetAttrs()), Parameters);
}

namespace {

/// A function of one context, and where its value lies.
struct Share {
  Function *Part;
  uint64_t Offset, Index;
};

}  // namespace

static Value *valueAt(Value *State, uint64_t Offset, IRBuilder<> &Builder) {
  return Offset ? Builder.CreateConstInBoundsGEP1_64(Builder.getInt8Ty(), State, Offset) : State;
}

static CallInst *callPart(Function &Part, ArrayRef<Value *> Arguments, IRBuilder<> &Builder) {
  auto *Call = Builder.CreateCall(&Part, Arguments);
  Call->setCallingConv(Part.getCallingConv());
  Call->setAttributes(commonAttributes(Part).removeFnAttributes(Part.getContext()));
  Part.setLinkage(GlobalValue::InternalLinkage);
  Part.setVisibility(GlobalValue::DefaultVisibility);
  return Call;
}

static void inlineInto(ArrayRef<CallInst *> Calls) {
  for (auto *Call : Calls) {
    auto *Part = Call->getCalledFunction();
    if (!isLeaf(*Part)) continue;
    // Inlining would keep it as scopes, and there is one value now.
    for (auto &Argument : Part->args()) Argument.removeAttr(Attribute::NoAlias);
    InlineFunctionInfo Info;
    InlineFunction(*Call, Info);
    if (Part->use_empty()) Part->eraseFromParent();
  }
}

static Function *combineHook(StringRef Name, ArrayRef<Share> Shares, Module &Module) {
  auto &First = *Shares.front().Part;
  auto *Hook =
      Function::Create(First.getFunctionType(), GlobalValue::ExternalLinkage, Name, Module);
  Hook->setCallingConv(First.getCallingConv());
  Hook->setAttributes(commonAttributes(First));
  IRBuilder<> Builder(BasicBlock::Create(Module.getContext(), "", Hook));
  SmallVector<Value *> Arguments;
  for (auto &Argument : Hook->args()) Arguments.push_back(&Argument);
  SmallVector<CallInst *> Calls;
  for (auto &Share : Shares) {
    Arguments[0] = valueAt(Hook->getArg(0), Share.Offset, Builder);
    Calls.push_back(callPart(*Share.Part, Arguments, Builder));
    if (!Hook->getReturnType()->isVoidTy()) Arguments[1] = Calls.back();
  }
  if (Hook->getReturnType()->isVoidTy())
    Builder.CreateRetVoid();
  else
    Builder.CreateRet(Arguments[1]);
  inlineInto(Calls);
  return Hook;
}

// `init`, `merge` and `finish`: every pointer is one to a value.
static void combineLife(StringRef Name, ArrayRef<Share> Shares, Module &Module) {
  if (Shares.empty()) return;
  auto &First = *Shares.front().Part;
  auto *Life =
      Function::Create(First.getFunctionType(), GlobalValue::ExternalLinkage, Name, Module);
  Life->setAttributes(commonAttributes(First));
  IRBuilder<> Builder(BasicBlock::Create(Module.getContext(), "", Life));
  auto Select =
      Module.getOrInsertFunction(abi::ContextSelect, Builder.getVoidTy(), Builder.getInt64Ty());
  for (auto &Share : Shares) {
    Builder.CreateCall(Select, {Builder.getInt64(Share.Index)});
    SmallVector<Value *> Values;
    for (auto &Argument : Life->args()) Values.push_back(valueAt(&Argument, Share.Offset, Builder));
    callPart(*Share.Part, Values, Builder);
  }
  Builder.CreateRetVoid();
}

static void simplify(Function &Hook, ModuleAnalysisManager &Analyses) {
  auto &Functions =
      Analyses.getResult<FunctionAnalysisManagerModuleProxy>(*Hook.getParent()).getManager();
  FunctionPassManager Passes;
  Passes.addPass(SROAPass(SROAOptions::ModifyCFG));
  Passes.addPass(EarlyCSEPass(true));
  Passes.addPass(InstCombinePass());
  Passes.addPass(SimplifyCFGPass());
  Passes.run(Hook, Functions);
}

SmallVector<Function *> combine(Module &Module, ArrayRef<ContextPart> Parts,
                                ModuleAnalysisManager &Analyses) {
  std::map<std::string, SmallVector<Share>> Hooks;
  SmallVector<Share> Init, Merge, Finish;
  for (auto [Index, Part] : enumerate(Parts)) {
    for (auto &[Name, Hook] : Part.Hooks) Hooks[Name].push_back({Hook, Part.Offset, Index});
    if (Part.Init) Init.push_back({Part.Init, Part.Offset, Index});
    if (Part.Merge) Merge.push_back({Part.Merge, Part.Offset, Index});
    if (Part.Finish) Finish.push_back({Part.Finish, Part.Offset, Index});
  }
  combineLife(abi::Init, Init, Module);
  combineLife(abi::Merge, Merge, Module);
  combineLife(abi::Finish, Finish, Module);
  SmallVector<Function *> Combined;
  for (auto &[Name, Shares] : Hooks) {
    auto FullName = (abi::HookPrefix + Name).str();
    auto *Type = Shares.front().Part->getFunctionType();
    erase_if(Shares, [](const Share &Share) { return Share.Part->isDeclaration(); });
    if (Shares.empty())
      // Known, and absent.
      Function::Create(Type, GlobalValue::ExternalLinkage, FullName, Module);
    else
      Combined.push_back(combineHook(FullName, Shares, Module));
  }
  for (auto *Hook : Combined) simplify(*Hook, Analyses);
  for (auto &Part : Parts)
    for (auto &[Name, Hook] : Part.Hooks)
      if (auto *Absent =
              Module.getFunction(stackPrefix(unsigned(&Part - Parts.data())) + "hook_" + Name);
          Absent && Absent->isDeclaration() && Absent->use_empty())
        Absent->eraseFromParent();
  return Combined;
}

}  // namespace rayc
