#include "CallbackEmitter.h"

#include "llvm/IR/IRBuilder.h"

using namespace llvm;

namespace rayc {

// Slots of these numbers are used here and nowhere else.
enum : unsigned { RecordSlot = 40, ValueSlot, ErrorSlot, TypeSlot, ErrorTypeSlot = TypeSlot + 2 };

Value *CallbackEmitter::loadError(Value *Slot, IRBuilder<> &Builder) {
  auto *Error = Builder.CreateLoad(Builder.getPtrTy(), Slot);
  // A second use: without optimisation LLVM 22 would make load and comparison one instruction,
  // and load from the register's content.
  Builder.CreateStore(Error, slot(Builder.getPtrTy(), 2));
  return Error;
}

// One register's content as another's: bits that are too many are dropped, or come as zeros.
static Value *asType(Value *Content, Type *Wanted, IRBuilder<> &Builder) {
  if (Content->getType() == Wanted) return Content;
  auto *Bits = Content;
  if (Bits->getType()->isPointerTy()) Bits = Builder.CreatePtrToInt(Bits, Builder.getInt64Ty());
  if (!Wanted->isPointerTy()) return Builder.CreateZExtOrTrunc(Bits, Wanted);
  return Builder.CreateIntToPtr(Builder.CreateZExtOrTrunc(Bits, Builder.getInt64Ty()), Wanted);
}

static Value *placeOf(const ErrorTyping::Part &Part, Value *Memory, IRBuilder<> &Builder) {
  return Builder.CreateConstInBoundsGEP1_64(Builder.getInt8Ty(), Memory, Part.Offset);
}

// Puts some of a call's registers into memory, as the value that they are the parts of.
AllocaInst *CallbackEmitter::spill(Value *Whole, ArrayRef<ErrorTyping::Part> Parts, unsigned Number,
                                   IRBuilder<> &Builder) {
  auto &Layout = Module.getDataLayout();
  uint64_t Size = 8;
  for (auto &Part : Parts)
    Size = std::max<uint64_t>(Size, Part.Offset + Layout.getTypeStoreSize(Part.Type));
  auto *Memory = slot(ArrayType::get(Builder.getInt8Ty(), alignTo(Size, 8)), Number);
  Memory->setAlignment(Align(16));
  for (auto &Part : Parts) {
    auto *Register =
        Whole->getType()->isStructTy() ? Builder.CreateExtractValue(Whole, Part.Register) : Whole;
    Builder.CreateAlignedStore(asType(Register, Part.Type, Builder), placeOf(Part, Memory, Builder),
                               Align(1));
  }
  return Memory;
}

// The other way: what the program finds in a call's registers. Where both a result and an error
// have a part, `Threw` says which it is; null: the result.
static Value *assemble(Value *Whole, const ErrorTyping &Throws, Value *ResultMemory,
                       Value *ErrorMemory, Value *Threw, IRBuilder<> &Builder) {
  auto *Struct = dyn_cast<StructType>(Whole->getType());
  auto Load = [&](const ErrorTyping::Part &Part, Value *Memory, Type *Wanted) {
    auto *Content = Builder.CreateAlignedLoad(Part.Type, placeOf(Part, Memory, Builder), Align(1));
    return asType(Content, Wanted, Builder);
  };
  for (unsigned I = 0; I < (Struct ? Struct->getNumElements() : 1); I++) {
    auto *Wanted = Struct ? Struct->getElementType(I) : Whole->getType();
    Value *Content = nullptr;
    for (auto &Part : Throws.ResultParts)
      if (Part.Register == I) Content = Load(Part, ResultMemory, Wanted);
    for (auto &Part : Throws.ErrorParts) {
      if (Part.Register != I || !Threw) continue;
      auto *OfError = Load(Part, ErrorMemory, Wanted);
      Content = Content ? Builder.CreateSelect(Threw, OfError, Content) : OfError;
    }
    if (!Content) continue;
    Whole = Struct ? Builder.CreateInsertValue(Whole, Content, I) : Content;
  }
  return Whole;
}

// A result in registers that it shares with an error.
Value *CallbackEmitter::sharedResult(const Ending &Ending, Value *Current, IRBuilder<> &Builder) {
  auto *Hook = Ending.Result;
  if (Hook->hasFnAttribute(abi::IgnoresValueAttribute)) {
    emitIgnoringHook(Hook, Ending.Site, Builder);
    return Current;
  }
  bool HasValue = !Current->getType()->isVoidTy();
  return emitIf(isEnabled(Builder), HasValue ? Current : nullptr, Builder, [&]() -> Value * {
    auto *Memory = spill(Current, Ending.Throws.ResultParts, ValueSlot, Builder);
    callInMemory(Hook, Memory, &Ending.Value, std::nullopt, Ending.Site, Builder);
    return HasValue ? assemble(Current, Ending.Throws, Memory, nullptr, nullptr, Builder) : nullptr;
  });
}

// The address of an error that has a type of its own.
Value *CallbackEmitter::typedError(const Ending &Ending, Value *Current, IRBuilder<> &Builder) {
  return Ending.Throws.Form == ErrorTyping::Form::Indirect
             ? Ending.Call.getArgOperand(Ending.Throws.Address)
             : spill(Current, Ending.Throws.ErrorParts, ErrorSlot, Builder);
}

Value *CallbackEmitter::emitOutcome(const Ending &Ending, Value *Error, IRBuilder<> &Builder) {
  using Form = enum ErrorTyping::Form;
  auto &Call = Ending.Call;
  auto &Throws = Ending.Throws;
  auto *Pointer = Builder.getPtrTy();
  auto *None = ConstantPointerNull::get(Pointer);
  bool IsTyped = Throws.Form != Form::Box, IsDirect = Throws.Form == Form::Direct;
  bool HasValue = !Call.getType()->isVoidTy();
  bool IsExact = Ending.Value.Typing == Typing::Exact;
  auto Machine = HasValue ? valueType(Call.getType()) : std::nullopt;
  auto *RecordType =
      StructType::get(Module.getContext(), {Pointer, Pointer, Pointer, Pointer, Builder.getInt8Ty(),
                                            Builder.getInt8Ty(), Builder.getInt8Ty()});

  auto Emit = [&]() -> Value * {
    auto *Record = slot(RecordType, RecordSlot);
    auto Field = [&](unsigned I) { return Builder.CreateStructGEP(RecordType, Record, I); };
    // The value, or room for it.
    Value *Memory = None, *Type = None;
    bool IsKnown = IsExact || Throws.ReturnsNothing;
    if (Throws.ReturnsNothing) {
      Type = Sites.emitType("yt");
      Memory = slot(Pointer, ValueSlot);
    } else if (IsDirect && IsExact) {
      Memory = spill(&Call, Throws.ResultParts, ValueSlot, Builder);
      Type = typeOf(Ending.Value, std::nullopt, Builder, TypeSlot);
    } else if (HasValue && Machine) {
      auto *Slot = slot(Machine->Memory, ValueSlot);
      Slot->setAlignment(std::max(Slot->getAlign(), Align(16)));
      Builder.CreateStore(convert(&Call, Machine->Memory, Builder), Slot);
      Memory = Slot;
      Type = IsExact ? typeOf(Ending.Value, Machine, Builder, TypeSlot)
                     : Sites.emitType(Machine->Mangled);
    } else if (!HasValue && IsExact) {
      Memory = argumentWith(Attribute::StructRet, Call);
      Type = typeOf(Ending.Value, std::nullopt, Builder, TypeSlot);
    } else {
      IsKnown = false;
    }
    Builder.CreateStore(Memory, Field(0));
    Builder.CreateStore(Type, Field(1));
    Value *ErrorMemory;
    if (IsTyped) {
      ErrorMemory = typedError(Ending, &Call, Builder);
    } else {
      ErrorMemory = slot(Pointer, ErrorSlot);
      Builder.CreateStore(Error, ErrorMemory);
    }
    Builder.CreateStore(ErrorMemory, Field(2));
    Builder.CreateStore(IsTyped ? typeOf(Throws.Value, std::nullopt, Builder, ErrorTypeSlot) : None,
                        Field(3));
    Builder.CreateStore(Builder.CreateZExt(Builder.CreateIsNotNull(Error), Builder.getInt8Ty()),
                        Field(4));
    Builder.CreateStore(Builder.getInt8(IsKnown), Field(5));
    Builder.CreateStore(Builder.getInt8(Ending.Value.IsBorrowed), Field(6));
    callHook(Ending.Outcome, {state(Builder), Record, Ending.Site}, Builder);

    auto *Threw = Builder.CreateIsNotNull(Builder.CreateLoad(Builder.getInt8Ty(), Field(4)));
    Value *NewError = IsTyped ? Builder.CreateIntToPtr(Builder.getInt64(1), Pointer)
                              : (Value *)Builder.CreateLoad(Pointer, ErrorMemory);
    Builder.CreateStore(Builder.CreateSelect(Threw, NewError, None), Ending.Slot);
    if (!HasValue) return nullptr;
    if (IsDirect) return assemble(&Call, Throws, Memory, ErrorMemory, Threw, Builder);
    if (!Machine) return &Call;
    return convert(Builder.CreateLoad(Machine->Memory, Memory), Call.getType(), Builder);
  };
  auto *Changed = emitIf(isEnabled(Builder), HasValue ? &Call : nullptr, Builder, Emit);
  return HasValue ? Changed : &Call;
}

// The hook `didCall` gets a box of the error. For one of a type of its own, a box is made:
//   %box = call ptr @rayc_error_box(ptr %error, ptr @rayc.type.E)         ; if the call threw
//   call void @rayc_hook_didCall(ptr %state, ptr (%box, or null), ptr @rayc.site)
//   call void @rayc_error_release(ptr %box)                               ; if the call threw
void CallbackEmitter::emitDidCall(const Ending &Ending, Value *Current, Value *Error,
                                  IRBuilder<> &Builder) {
  using Form = enum ErrorTyping::Form;
  if (Ending.Throws.Form != Form::Direct && Ending.Throws.Form != Form::Indirect) {
    emitHook(Ending.After, {state(Builder), Error, Ending.Site}, Builder);
    return;
  }
  auto *Pointer = Builder.getPtrTy();
  auto *Threw = Builder.CreateIsNotNull(Error);
  auto *Box = emitIf(Threw, Error, Builder, [&] {
    auto Make = Module.getOrInsertFunction(abi::ErrorBox, Pointer, Pointer, Pointer);
    return Builder.CreateCall(Make,
                              {typedError(Ending, Current, Builder),
                               typeOf(Ending.Throws.Value, std::nullopt, Builder, ErrorTypeSlot)});
  });
  emitHook(Ending.After, {state(Builder), Box, Ending.Site}, Builder);
  emitIf(Threw, nullptr, Builder, [&]() -> Value * {
    auto Release = Module.getOrInsertFunction(abi::ErrorRelease, Builder.getVoidTy(), Pointer);
    Builder.CreateCall(Release, {Box});
    return nullptr;
  });
}

}  // namespace rayc
