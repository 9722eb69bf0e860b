#include "TagCalls.h"

#include "CallbackEmitter.h"
#include "Operations.h"
#include "Plumbing.h"
#include "Rules.h"
#include "TagOperations.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace rayc {

// What a call is --------------------------------------------------------------------------

// The context's rules say where hooks come; tags go through everything that has IR.
static bool carriesTags(const Function &Function) {
  return !Function.isDeclaration() && !Function.hasAvailableExternallyLinkage() &&
         !Function.hasFnAttribute(Attribute::Naked) && !abi::isOwnName(Function.getName());
}

TaggedFunctions::TaggedFunctions(Module &Module, bool HasOperations)
    : HasOperations(HasOperations) {
  for (auto &Function : Module)
    if (carriesTags(Function)) {
      All.insert(&Function);
      List.push_back(&Function);
    }
}

// A hook that may replace a value: `rayc_hook_load_i64(ptr %state, i64 %value, …)`.
static bool isValueHook(StringRef Name) {
  return any_of(ArrayRef<StringRef>{abi::Result, abi::Load, abi::Store, abi::Operation},
                [&](StringRef Prefix) { return Name.starts_with(Prefix); });
}

const Value *TaggedFunctions::handedOn(const CallBase &Call) {
  if (auto *Intrinsic = dyn_cast<IntrinsicInst>(&Call)) {
    switch (Intrinsic->getIntrinsicID()) {
      case Intrinsic::expect:
      case Intrinsic::expect_with_probability:
      case Intrinsic::ssa_copy:
      case Intrinsic::launder_invariant_group:
      case Intrinsic::strip_invariant_group:
      case Intrinsic::ptrmask:
      case Intrinsic::arithmetic_fence:
      case Intrinsic::canonicalize: return Call.getArgOperand(0);
      default: return nullptr;
    }
  }
  auto Name = calleeName(Call);
  if (isValueHook(Name) && Call.arg_size() > 1 &&
      Call.getArgOperand(1)->getType() == Call.getType())
    return Call.getArgOperand(1);
  auto *Returned = Call.getReturnedArgOperand();
  if (Returned && Returned->getType() == Call.getType()) return Returned;
  // `swift_retain` and its kin return what they are given.
  bool IsRetain = (Name.starts_with("swift_") && Name.contains("etain")) ||
                  Name.starts_with("swift_dynamicCastClass");
  if (IsRetain && !Call.arg_empty() && Call.getArgOperand(0)->getType() == Call.getType())
    return Call.getArgOperand(0);
  return nullptr;
}

// The standard library's own code, which is in its binary: no specialisation, which is in whatever
// module made it.
static bool isOfLibrary(StringRef Name) {
  return isOfSwift(Name) && !Name.contains("Tg") && !Name.contains("TG") && !Name.contains("Tf");
}

CallKind TaggedFunctions::kind(const CallBase &Call) const {
  if (Call.isInlineAsm()) return CallKind::Nothing;
  if (handedOn(Call)) return CallKind::HandsOn;
  if ((HasOperations || isa<IntrinsicInst>(Call)) && machineOperation(const_cast<CallBase &>(Call)))
    return CallKind::Operation;
  if (HasOperations && genericConversion(Call)) return CallKind::Conversion;
  if (isa<MemTransferInst>(Call)) return CallKind::Copy;
  if (isa<MemSetInst>(Call)) return CallKind::Fill;
  if (isa<IntrinsicInst>(Call)) return CallKind::Nothing;
  auto *Callee = Call.getCalledFunction();
  if (!Callee) return CallKind::Unknown;
  auto Name = Callee->getName();
  if (abi::isOwnName(Name)) return CallKind::Nothing;
  if (Name == "swift_task_alloc" || Name == "swift_coro_alloc") return CallKind::Allocation;
  bool IsOfRuntime =
      Name.starts_with("swift_") || Name.starts_with("_swift_") || Name.starts_with("__swift_");
  if (Callee->isDeclaration() && IsOfRuntime) return CallKind::Nothing;
  if (contains(*Callee)) return Callee->isInterposable() ? CallKind::Unknown : CallKind::Known;
  if (Callee->isDeclaration() && isOfLibrary(Name)) return CallKind::Primitive;
  return CallKind::Unknown;
}

// In and out ------------------------------------------------------------------------------

TagCalls::TagCalls(llvm::Function &Function, TagShadow &Shadow, TagMemory &Memory,
                   TagCallbacks &Callbacks, const TaggedFunctions &Functions,
                   StringMap<Constant *> &Losses)
    : Function(Function),
      Layout(Function.getDataLayout()),
      Shadow(Shadow),
      Memory(Memory),
      Callbacks(Callbacks),
      Functions(Functions),
      Losses(Losses) {}

static unsigned argumentOffset(unsigned Index) { return tags::ArgumentsOffset + 8 * Index; }
static unsigned resultOffset(unsigned Index) { return tags::ResultsOffset + 8 * Index; }

// What no tag is for: addresses that the machine passes for itself.
static bool isOfConvention(AttributeSet Attributes) {
  for (auto Kind :
       {Attribute::SwiftError, Attribute::SwiftAsync, Attribute::StructRet, Attribute::ByVal})
    if (Attributes.hasAttribute(Kind)) return true;
  return false;
}

void TagCalls::enter(function_ref<bool(const Value *)> MayBeTagged) {
  IRBuilder<> Builder(&*Function.getEntryBlock().getFirstNonPHIOrDbgOrAlloca());
  if (auto *Program = Function.getSubprogram())
    Builder.SetCurrentDebugLocation(DILocation::get(Function.getContext(), 0, 0, Program));
  Value *IsMeant = nullptr;
  unsigned Index = 0;
  bool TakesAny = false;
  for (auto &Argument : Function.args()) {
    SmallVector<Value *, 2> Tags;
    bool IsTagged = MayBeTagged(&Argument) &&
                    !isOfConvention(Function.getAttributes().getParamAttrs(Argument.getArgNo()));
    for (unsigned Count = leaves(Argument.getType(), Layout).size(); Count; Count--, Index++) {
      TakesAny = true;
      if (!IsTagged || Argument.use_empty() || Index >= tags::MaximalArguments) {
        Tags.push_back(Shadow.none());
        continue;
      }
      if (!IsMeant)
        IsMeant = Builder.CreateICmpEQ(Memory.loadField(Builder.getPtrTy(), 0, Builder), &Function);
      auto *Given = Memory.loadField(Builder.getInt64Ty(), argumentOffset(Index), Builder);
      Tags.push_back(Builder.CreateSelect(IsMeant, Given, Shadow.none()));
    }
    if (Argument.hasByValAttr())
      Memory.clear(&Argument,
                   Builder.getInt64(Layout.getTypeAllocSize(Argument.getParamByValType())),
                   Argument.getParamAlign().valueOrOne(), Builder);
    Shadow.set(&Argument, Tags);
  }
  if (TakesAny) Memory.storeField(ConstantPointerNull::get(Builder.getPtrTy()), 0, Builder);
  if (Callbacks.Parameter && isTagFunction(Function)) askParameters(Builder);
}

void TagCalls::askParameters(IRBuilder<> &Builder) {
  auto *Site =
      Callbacks.site(Callbacks.Parameter, *Builder.GetInsertPoint(), abi::SiteKind::Function);
  unsigned Index = 0;
  for (auto &Argument : Function.args()) {
    if (isOfConvention(Function.getAttributes().getParamAttrs(Argument.getArgNo()))) continue;
    auto Tags = Shadow.of(&Argument);
    for (auto [Leaf, Tag] : zip(leaves(Argument.getType(), Layout), Tags)) {
      auto *Bits = bitsOf(leafValue(&Argument, Leaf, Builder), Builder);
      Tag = Callbacks.call(
          Callbacks.Parameter,
          {Builder.getInt32(Index++), Bits, Tag, Builder.getInt32(machineType(Leaf.Type))}, Site,
          Tag, Builder);
    }
    Shadow.set(&Argument, Tags);
  }
}

// What is returned in registers, or lies where the caller wants it.
void TagCalls::tellResults(ReturnInst &Return, IRBuilder<> &Builder) {
  if (!Callbacks.Return || !isTagFunction(Function)) return;
  auto *Site = Callbacks.site(Callbacks.Return, Return, abi::SiteKind::Function);
  unsigned Index = 0;
  auto Tell = [&](llvm::Value *Scalar, llvm::Value *Tag) {
    Callbacks.call(Callbacks.Return,
                   {Builder.getInt32(Index++), bitsOf(Scalar, Builder), Tag,
                    Builder.getInt32(machineType(Scalar->getType()))},
                   Site, nullptr, Builder);
  };
  if (auto *Value = Return.getReturnValue())
    for (auto [Leaf, Tag] : zip(leaves(Value->getType(), Layout), Shadow.of(Value)))
      Tell(leafValue(Value, Leaf, Builder), Tag);
  for (auto &Argument : Function.args()) {
    auto *Type = Argument.getParamStructRetType();
    if (!Type || !Type->isSized()) continue;
    auto Alignment = Argument.getParamAlign().valueOrOne();
    for (auto &Leaf : leaves(Type, Layout)) {
      auto *Address =
          Builder.CreateConstInBoundsGEP1_64(Builder.getInt8Ty(), &Argument, Leaf.Offset);
      auto At = commonAlignment(Alignment, Leaf.Offset);
      Tell(Builder.CreateAlignedLoad(Leaf.Type, Address, At),
           Memory.loadCell(Address, At, Builder));
    }
  }
}

SmallVector<TagCalls::Scalar> TagCalls::argumentsOf(CallBase &Call) const {
  SmallVector<Scalar> Found;
  for (unsigned I = 0; I < Call.getFunctionType()->getNumParams(); I++) {
    auto *Argument = Call.getArgOperand(I);
    bool HasTag = !isOfConvention(Call.getAttributes().getParamAttrs(I));
    for (auto [Leaf, Tag] : zip(leaves(Argument->getType(), Layout), Shadow.of(Argument)))
      Found.push_back({Argument, Leaf, HasTag ? Tag : Shadow.none(), HasTag});
  }
  return Found;
}

// Whose hooks a call has: those of the program's calls.
static bool isOfProgram(const CallBase &Call) {
  return !isa<IntrinsicInst>(Call) && !isPlumbing(Call) && !isPlumbing(*Call.getFunction()) &&
         reasonToSkip(*Call.getFunction()).empty();
}

void TagCalls::tellArguments(CallBase &Call, ArrayRef<Scalar> Arguments, IRBuilder<> &Builder) {
  if (!Callbacks.Argument || Arguments.empty() || !isOfProgram(Call)) return;
  auto *Site = Callbacks.site(Callbacks.Argument, Call, abi::SiteKind::Call, calleeName(Call));
  unsigned Index = 0;
  for (auto &Argument : Arguments) {
    if (!Argument.HasTag) continue;
    auto *Value = leafValue(Argument.Whole, Argument.Part, Builder);
    Callbacks.call(Callbacks.Argument,
                   {Builder.getInt32(Index++), bitsOf(Value, Builder), Argument.Tag,
                    Builder.getInt32(machineType(Argument.Part.Type))},
                   Site, nullptr, Builder);
  }
}

// What a primitive writes its result into may have a tag from before.
void TagCalls::clearIndirectResult(CallBase &Call, IRBuilder<> &Builder) {
  for (unsigned I = 0; I < Call.arg_size(); I++) {
    auto *Type = Call.getParamStructRetType(I);
    if (!Type || !Type->isSized() || isa<UndefValue>(Call.getArgOperand(I))) continue;
    if (auto Size = Layout.getTypeAllocSize(Type))
      Memory.clear(Call.getArgOperand(I), Builder.getInt64(Size),
                   Call.getParamAlign(I).valueOrOne(), Builder);
  }
}

void TagCalls::call(CallBase &Call, CallKind Kind) {
  IRBuilder<> Builder(&Call);
  auto Arguments = argumentsOf(Call);
  tellArguments(Call, Arguments, Builder);
  if (Kind != CallKind::Known) clearIndirectResult(Call, Builder);
  bool HasTag = any_of(Arguments, [](auto &Each) { return !TagShadow::isNone(Each.Tag); });
  if (HasTag && Kind != CallKind::Primitive) {
    for (auto [Index, Argument] : enumerate(ArrayRef(Arguments).take_front(tags::MaximalArguments)))
      Memory.storeField(Argument.Tag, argumentOffset(Index), Builder);
    Memory.storeField(Call.getCalledOperand(), 0, Builder);
  }
  if (Call.isTerminator() || Call.isMustTailCall()) return;
  Builder.SetInsertPoint(Call.getNextNode());
  Builder.SetCurrentDebugLocation(Call.getDebugLoc());
  takeResults(Call, Kind, Builder);
  if (HasTag && !Call.doesNotReturn()) notePrimitive(Call, Kind, Arguments, Builder);
  askResult(Call, Builder);
}

void TagCalls::askAround(CallBase &Call, IRBuilder<> &Builder) {
  IRBuilder<> Before(&Call);
  tellArguments(Call, argumentsOf(Call), Before);
  askResult(Call, Builder);
}

void TagCalls::takeResults(CallBase &Call, CallKind Kind, IRBuilder<> &Builder) {
  auto Parts = leaves(Call.getType(), Layout);
  bool MayReturn =
      Kind == CallKind::Unknown ||
      (Kind == CallKind::Known && Functions.ReturnTags.contains(Call.getCalledFunction()));
  if (Parts.empty() || !MayReturn) return;
  Value *IsReturned = nullptr;
  if (Kind == CallKind::Unknown)
    IsReturned =
        Builder.CreateICmpEQ(Memory.loadField(Builder.getPtrTy(), tags::ReturnedOffset, Builder),
                             Call.getCalledOperand());
  SmallVector<Value *, 2> Tags;
  for (unsigned I = 0; I < Parts.size(); I++) {
    if (I >= tags::MaximalResults) {
      Tags.push_back(Shadow.none());
      continue;
    }
    Value *Tag = Memory.loadField(Builder.getInt64Ty(), resultOffset(I), Builder);
    Tags.push_back(IsReturned ? Builder.CreateSelect(IsReturned, Tag, Shadow.none()) : Tag);
  }
  Shadow.set(&Call, Tags);
}

void TagCalls::leave(ReturnInst &Return) {
  IRBuilder<> Builder(&Return);
  Builder.SetCurrentDebugLocation(Return.getDebugLoc());
  if (!Return.getParent()->getTerminatingMustTailCall()) tellResults(Return, Builder);
  auto *Value = Return.getReturnValue();
  if (!Value || Return.getParent()->getTerminatingMustTailCall() ||
      !Functions.ReturnTags.contains(&Function))
    return;
  auto Tags = Shadow.of(Value);
  for (auto [Index, Tag] : enumerate(ArrayRef(Tags).take_front(tags::MaximalResults)))
    Memory.storeField(Tag, resultOffset(Index), Builder);
  Memory.storeField(&Function, tags::ReturnedOffset, Builder);
}

// Primitives ------------------------------------------------------------------------------

Constant *TagCalls::loss(const CallBase &Call) {
  auto Name = calleeName(Call);
  auto *&Known = Losses[Name];
  if (Known) return Known;
  auto &Module = *Function.getParent();
  IRBuilder<> Builder(Module.getContext());
  Constant *Text = ConstantPointerNull::get(Builder.getPtrTy());
  if (!Name.empty()) Text = Builder.CreateGlobalString(Name, "rayc.primitive", 0, &Module);
  auto *None = ConstantPointerNull::get(Builder.getPtrTy());
  auto *Record = ConstantStruct::getAnon({Builder.getInt64(0), Text, None});
  Known = new GlobalVariable(Module, Record->getType(), false, GlobalValue::PrivateLinkage, Record,
                             "rayc.tag.loss");
  return Known;
}

// The result's tag as the context says it, of what is kept in arrays for it:
//   store i64 %x.bits, ptr %bits ; store i64 %x.tag, ptr %tags ; store i32 <type>, ptr %types
//   %t = call i64 @rayc_hook_tag_primitive(ptr %state, i32 1, ptr %bits, ptr %tags, ptr %types, …)
Value *TagCalls::askPrimitive(CallBase &Call, ArrayRef<Scalar> All, IRBuilder<> &Builder) {
  SmallVector<Scalar> Arguments;
  copy_if(All, std::back_inserter(Arguments), [](auto &Each) { return Each.HasTag; });
  auto Array = [&](Type *Element) {
    return new AllocaInst(ArrayType::get(Element, Arguments.size()), Layout.getAllocaAddrSpace(),
                          "rayc.tag.array", Function.getEntryBlock().begin());
  };
  auto *Bits = Array(Builder.getInt64Ty()), *Tags = Array(Builder.getInt64Ty()),
       *Types = Array(Builder.getInt32Ty());
  for (auto [Index, Argument] : enumerate(Arguments)) {
    auto Put = [&, Index = Index](Value *Value, AllocaInst *Into) {
      Builder.CreateStore(
          Value, Builder.CreateConstInBoundsGEP2_64(Into->getAllocatedType(), Into, 0, Index));
    };
    Put(bitsOf(leafValue(Argument.Whole, Argument.Part, Builder), Builder), Bits);
    Put(Argument.Tag, Tags);
    Put(Builder.getInt32(machineType(Argument.Part.Type)), Types);
  }
  auto Results = leaves(Call.getType(), Layout);
  auto *Result = Results.empty() ? Builder.getInt64(0)
                                 : bitsOf(leafValue(&Call, Results[0], Builder), Builder);
  auto *Site = Callbacks.site(Callbacks.Primitive, Call, abi::SiteKind::Call, calleeName(Call));
  return Callbacks.call(
      Callbacks.Primitive,
      {Builder.getInt32(Arguments.size()), Bits, Tags, Types, Result,
       Builder.getInt32(Results.empty() ? unsigned(tags::None) : machineType(Results[0].Type))},
      Site, Shadow.none(), Builder);
}

void TagCalls::notePrimitive(CallBase &Call, CallKind Kind, ArrayRef<Scalar> Arguments,
                             IRBuilder<> &Builder) {
  if (Kind != CallKind::Primitive && Kind != CallKind::Unknown) return;
  if (isPlumbing(Call)) return;
  auto *Unlikely = MDBuilder(Builder.getContext()).createUnlikelyBranchWeights();
  auto Old = Shadow.of(&Call);
  auto *Own = Old.empty() ? Shadow.none() : Old[0];
  SmallVector<Value *> Tags;
  for (auto &Argument : Arguments) Tags.push_back(Argument.Tag);
  auto IfTagged = [&]() -> Value * {
    return emitIf(
        Builder.CreateIsNotNull(Shadow.anyOf(Tags, Builder)), Own, Builder,
        [&]() -> Value * {
          if (Callbacks.Primitive) return askPrimitive(Call, Arguments, Builder);
          auto &Module = *Function.getParent();
          auto Type = FunctionType::get(Builder.getVoidTy(), {Builder.getPtrTy()}, false);
          auto Lost = Module.getOrInsertFunction(tags::Lost, Type);
          cast<llvm::Function>(Lost.getCallee())->setCallingConv(CallingConv::PreserveMost);
          Builder.CreateCall(Lost, {loss(Call)})->setCallingConv(CallingConv::PreserveMost);
          return Own;
        },
        Unlikely);
  };
  Value *New;
  if (Kind == CallKind::Primitive) {
    New = IfTagged();
  } else {
    // Nobody has taken the tags.
    auto *IsLeft = Builder.CreateICmpEQ(Memory.loadField(Builder.getPtrTy(), 0, Builder),
                                        Call.getCalledOperand());
    New = emitIf(IsLeft, Own, Builder, IfTagged, Unlikely);
  }
  if (Old.empty() || !Callbacks.Primitive) return;
  Old[0] = New;
  Shadow.set(&Call, Old);
}

// The context's hooks -----------------------------------------------------------------------

void TagCalls::askResult(CallBase &Call, IRBuilder<> &Builder) {
  if (!Callbacks.Result || !isOfProgram(Call)) return;
  auto Name = calleeName(Call);
  if (Name.starts_with("swift_") || abi::isOwnName(Name)) return;
  auto Parts = leaves(Call.getType(), Layout);
  auto Ask = [&](Value *Bits, Value *Tag, unsigned Type) {
    auto *Site = Callbacks.site(Callbacks.Result, Call, abi::SiteKind::Call, Name);
    return Callbacks.call(Callbacks.Result, {Bits, Tag, Builder.getInt32(Type)}, Site, Tag,
                          Builder);
  };
  if (!Parts.empty()) {
    auto Tags = Shadow.of(&Call);
    Tags[0] = Ask(bitsOf(leafValue(&Call, Parts[0], Builder), Builder), Tags[0],
                  machineType(Parts[0].Type));
    Shadow.set(&Call, Tags);
    return;
  }
  for (unsigned I = 0; I < Call.arg_size(); I++) {
    auto *Type = Call.getParamStructRetType(I);
    auto *Address = Call.getArgOperand(I);
    // A result of a type that is not known may be `Void`, which lies nowhere.
    if (!Type || !Type->isSized() || isa<UndefValue>(Address)) continue;
    auto In = leaves(Type, Layout);
    auto Alignment =
        std::max(Call.getParamAlign(I).valueOrOne(),
                 isa<AllocaInst>(Address) ? cast<AllocaInst>(Address)->getAlign() : Align(1));
    Value *Bits = Builder.getInt64(0);
    if (!In.empty())
      Bits = bitsOf(Builder.CreateAlignedLoad(In[0].Type, Address, Align(1)), Builder);
    auto *Tag = Memory.loadCell(Address, Alignment, Builder);
    auto *New = Ask(Bits, Tag, In.empty() ? unsigned(tags::None) : machineType(In[0].Type));
    Memory.storeCell(Address, Alignment, New, Builder);
  }
}

}  // namespace rayc
