#include "Image.h"

#include "Abi.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace rayc {

static GlobalVariable *bound(Module &Module, StringRef Name) {
  auto *Type = Type::getInt8Ty(Module.getContext());
  auto *Bound = cast<GlobalVariable>(Module.getOrInsertGlobal(Name, Type));
  Bound->setVisibility(GlobalValue::HiddenVisibility);
  return Bound;
}

void announceImage(Module &Module, bool HasSites) {
  auto &Context = Module.getContext();
  auto *Pointer = PointerType::get(Context, 0);
  auto *Version = Module.getOrInsertGlobal(abi::VersionSymbol, Type::getInt32Ty(Context));
  auto *Abi = new GlobalVariable(Module, Pointer, true, GlobalValue::LinkOnceODRLinkage, Version,
                                 "rayc.abi");
  Abi->setVisibility(GlobalValue::HiddenVisibility);
  Abi->setComdat(Module.getOrInsertComdat("rayc.abi"));
  appendToUsed(Module, {Abi});
  if (!HasSites) return;

  // LLVM may drop every record, for a context that looks at none; the bounds must link all
  // the same.
  auto *Group = Module.getOrInsertComdat("rayc.image");
  auto *Nothing = ArrayType::get(Type::getInt8Ty(Context), 0);
  auto *Empty = new GlobalVariable(Module, Nothing, true, GlobalValue::LinkOnceODRLinkage,
                                   ConstantAggregateZero::get(Nothing), "rayc.no_site");
  Empty->setVisibility(GlobalValue::HiddenVisibility);
  Empty->setSection(abi::SiteSection);
  Empty->setAlignment(Align(8));
  Empty->setComdat(Group);
  appendToUsed(Module, {Empty});

  auto *Image = Function::Create(FunctionType::get(Type::getVoidTy(Context), false),
                                 GlobalValue::LinkOnceODRLinkage, "rayc.image", Module);
  Image->setVisibility(GlobalValue::HiddenVisibility);
  Image->setComdat(Group);
  IRBuilder<> Builder(BasicBlock::Create(Context, "", Image));
  auto Loaded = Module.getOrInsertFunction(abi::ImageLoaded, Builder.getVoidTy(), Pointer, Pointer);
  Builder.CreateCall(Loaded,
                     {bound(Module, "__start_rayc_sites"), bound(Module, "__stop_rayc_sites")});
  Builder.CreateRetVoid();
  appendToGlobalCtors(Module, Image, abi::ImagePriority, Image);
}

void startInMain(Module &Module) {
  auto *Main = Module.getFunction("main");
  if (!Main || Main->isDeclaration()) return;
  IRBuilder<> Builder(&*Main->getEntryBlock().getFirstNonPHIOrDbgOrAlloca());
  auto *Start = Builder.CreateCall(Module.getOrInsertFunction(abi::Start, Builder.getVoidTy()));
  if (auto *Program = Main->getSubprogram())
    Start->setDebugLoc(DILocation::get(Module.getContext(), 0, 0, Program));
}

}  // namespace rayc
