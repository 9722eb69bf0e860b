#include "Image.h"

#include "Abi.h"
#include "Options.h"
#include "TagAbi.h"

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

// A function that runs when the image is loaded or unloaded, once for each image.
static Function *onceForImage(Module &Module, StringRef Name, Comdat *Group) {
  auto &Context = Module.getContext();
  auto *Function = llvm::Function::Create(FunctionType::get(Type::getVoidTy(Context), false),
                                          GlobalValue::LinkOnceODRLinkage, Name, Module);
  Function->setVisibility(GlobalValue::HiddenVisibility);
  Function->setComdat(Group);
  BasicBlock::Create(Context, "", Function);
  return Function;
}

// Keeps a reference to a variable of the runtime, so that the linker needs it:
//   @rayc.abi = linkonce_odr hidden constant ptr @rayc_abi_1, comdat
static void referTo(Module &Module, StringRef Variable, Type *Type, StringRef Name) {
  auto *Target = Module.getOrInsertGlobal(Variable, Type);
  auto *Reference = new GlobalVariable(Module, Target->getType(), true,
                                       GlobalValue::LinkOnceODRLinkage, Target, Name);
  Reference->setVisibility(GlobalValue::HiddenVisibility);
  Reference->setComdat(Module.getOrInsertComdat(Name));
  appendToUsed(Module, {Reference});
}

static void announceSites(Module &Module, bool AreWritable) {
  auto &Context = Module.getContext();
  // LLVM may drop every record, for a context that looks at none; the bounds must link all
  // the same.
  auto *Group = Module.getOrInsertComdat("rayc.image");
  auto *Nothing = ArrayType::get(Type::getInt8Ty(Context), 0);
  auto *Empty = new GlobalVariable(Module, Nothing, !AreWritable, GlobalValue::LinkOnceODRLinkage,
                                   ConstantAggregateZero::get(Nothing), "rayc.no_site");
  Empty->setVisibility(GlobalValue::HiddenVisibility);
  Empty->setSection(abi::SiteSection);
  Empty->setAlignment(Align(8));
  Empty->setComdat(Group);
  appendToUsed(Module, {Empty});

  auto *Image = onceForImage(Module, "rayc.image", Group);
  IRBuilder<> Builder(&Image->getEntryBlock());
  auto *Pointer = Builder.getPtrTy();
  auto Loaded = Module.getOrInsertFunction(abi::ImageLoaded, Builder.getVoidTy(), Pointer, Pointer);
  Builder.CreateCall(Loaded,
                     {bound(Module, "__start_rayc_sites"), bound(Module, "__stop_rayc_sites")});
  Builder.CreateRetVoid();
  appendToGlobalCtors(Module, Image, abi::ImagePriority, Image);
}

// Sanitizers stand in front of libc's functions themselves.
static bool isSanitized(const Module &Module) {
  return any_of(Module, [](const Function &Function) {
    return Function.hasFnAttribute(Attribute::SanitizeThread) ||
           Function.hasFnAttribute(Attribute::SanitizeAddress);
  });
}

static void announceCode(Module &Module) {
  if (!isSanitized(Module))
    referTo(Module, abi::FollowThreads, Type::getInt8Ty(Module.getContext()), "rayc.follow");
  auto *Group = Module.getOrInsertComdat("rayc.code");
  auto *Code = onceForImage(Module, "rayc.code", Group);
  auto *Gone = onceForImage(Module, "rayc.code.gone", Group);
  auto Tell = [&](Function &Function, StringRef Name) {
    IRBuilder<> Builder(&Function.getEntryBlock());
    auto Runtime = Module.getOrInsertFunction(Name, Builder.getVoidTy(), Builder.getPtrTy());
    Builder.CreateCall(Runtime, {Code});
    Builder.CreateRetVoid();
  };
  Tell(*Code, abi::CodeLoaded);
  Tell(*Gone, abi::CodeUnloaded);
  appendToGlobalCtors(Module, Code, abi::ImagePriority, Code);
  appendToGlobalDtors(Module, Gone, abi::ImagePriority, Code);
}

static constexpr StringLiteral Announcement = "rayc.abi";

bool isAnnounced(const Module &Module) { return Module.getNamedValue(Announcement); }

void announceImage(Module &Module, ImageParts Parts) {
  referTo(Module, abi::VersionSymbol, Type::getInt32Ty(Module.getContext()), Announcement);
  if (Parts.Sites) announceSites(Module, Parts.WritableSites);
  if (Parts.Twins) announceCode(Module);
}

void referToTags(Module &Module) {
  referTo(Module, tags::Linked, Type::getInt8Ty(Module.getContext()), "rayc.tags");
}

void startInMain(Module &Module) {
  auto *Main = Module.getFunction(MainSymbol);
  if (!Main || Main->isDeclaration()) return;
  IRBuilder<> Builder(&*Main->getEntryBlock().getFirstNonPHIOrDbgOrAlloca());
  auto *Start = Builder.CreateCall(Module.getOrInsertFunction(abi::Start, Builder.getVoidTy()));
  if (auto *Program = Main->getSubprogram())
    Start->setDebugLoc(DILocation::get(Module.getContext(), 0, 0, Program));
}

}  // namespace rayc
