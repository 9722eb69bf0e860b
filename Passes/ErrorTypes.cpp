#include "FunctionTypes.h"
#include "Plumbing.h"
#include "Registers.h"
#include "SiteSelector.h"
#include "Substitution.h"

#include "llvm/ADT/SmallPtrSet.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

// The program's own look at the error behind a call; null: there is none, since the compiler
// knows that the call does not throw.
static LoadInst *check(CallBase &Call, const Value *Slot) {
  if (Call.isTerminator()) return nullptr;
  for (auto *Next = Call.getNextNode(); Next; Next = Next->getNextNode()) {
    auto *Load = dyn_cast<LoadInst>(Next);
    if (Load && Load->getPointerOperand() == Slot) return Load;
    auto *Other = dyn_cast<CallBase>(Next);
    if (Other && is_contained(Other->args(), Slot)) return nullptr;
  }
  return nullptr;
}

// Whether the program takes what it finds in the register for a box: it keeps it, or hands it on.
// An error of a type of its own only has a mark there.
static bool isUsedAsBox(LoadInst &Error) {
  SmallVector<const Value *> Values{&Error};
  SmallPtrSet<const Value *, 8> Seen;
  while (!Values.empty()) {
    auto *Value = Values.pop_back_val();
    if (!Seen.insert(Value).second) continue;
    for (auto *User : Value->users()) {
      auto *Store = dyn_cast<StoreInst>(User);
      auto *Call = dyn_cast<CallBase>(User);
      if (Store && Store->getValueOperand() == Value) return true;
      if (Call && !abi::isOwnName(calleeName(*Call))) return true;
      if (isa<PtrToIntInst, IntToPtrInst, PHINode, SelectInst>(User)) Values.push_back(User);
    }
  }
  return false;
}

// The type behind `throws(E)`, and whether there is a signature that says so.
static Node thrownType(Node Function, bool &Throws) {
  Throws = false;
  for (auto *Part : drop_begin(Function->Children, 2)) {
    if (Part->Kind != Kind::Annotation) continue;
    Throws |= Part->Text == "K" || Part->Text == "YK";
    if (Part->Text == "YK") return Part->child(0);
  }
  return nullptr;
}

// Which of a call's registers hold the parts of the result and those of the error. Numbers and
// addresses share registers in their order; what the one has more of follows.
static bool shareRegisters(const Registers &Result, const Registers &Error, Type *Type,
                           ErrorTyping &Found) {
  SmallVector<llvm::Type *> Own;
  if (auto *Struct = dyn_cast<StructType>(Type))
    Own.append(Struct->element_begin(), Struct->element_end());
  else if (!Type->isVoidTy())
    Own.push_back(Type);
  auto Width = [](llvm::Type *Type) {
    return Type->isPointerTy() ? 64u : unsigned(Type->getScalarSizeInBits());
  };
  unsigned Next = 0, NextError = 0;
  for (auto &Part : Result.Parts) {
    Found.ResultParts.push_back({Next, Part.Type, Part.Offset});
    auto *Expected = Part.Type;
    if (Part.Type->isIntOrPtrTy() && NextError < Error.Parts.size()) {
      auto &Other = Error.Parts[NextError++];
      Found.ErrorParts.push_back({Next, Other.Type, Other.Offset});
      if (Other.Type != Part.Type)
        Expected =
            IntegerType::get(Type->getContext(), std::max(Width(Part.Type), Width(Other.Type)));
    }
    if (Next >= Own.size() || Own[Next] != Expected) return false;
    Next++;
  }
  for (; NextError < Error.Parts.size(); NextError++, Next++) {
    auto &Part = Error.Parts[NextError];
    if (!Part.Type->isIntOrPtrTy() || Next >= Own.size() || Own[Next] != Part.Type) return false;
    Found.ErrorParts.push_back({Next, Part.Type, Part.Offset});
  }
  return Next == Own.size();
}

ErrorTyping FunctionTypes::error(CallBase &Call) {
  ErrorTyping Found;
  std::optional<unsigned> Slot;
  for (unsigned I = 0; I < Call.arg_size(); I++)
    if (Call.paramHasAttr(I, Attribute::SwiftError)) Slot = I;
  if (!Slot || isPlumbing(Call) || isThunk(*Call.getFunction())) return Found;
  auto *Check = check(Call, Call.getArgOperand(*Slot));
  if (!Check) return Found;
  Found.Form = ErrorTyping::Form::Unknown;
  Callee Callee;
  Typing Why;
  if (!findCallee(Call, Callee, Why)) {
    if (isUsedAsBox(*Check)) Found.Form = ErrorTyping::Form::Box;
    return Found;
  }
  auto *Inner = withoutWrapper(Callee.Entity);
  auto *Type = Inner->Kind == Kind::Entity ? typeOf(Inner) : nullptr;
  bool IsAccessor = Callee.Entity->Kind != Kind::Entity && Inner->Text != "F";
  if (!Type || Type->Kind != Kind::Function || IsAccessor) {
    // What accessors throw, their names do not say.
    if (isUsedAsBox(*Check)) Found.Form = ErrorTyping::Form::Box;
    return Found;
  }
  auto *Result = Type->child(0);
  Found.ReturnsNothing = Result->Kind == Kind::Tuple && Result->Children.empty();
  bool Throws;
  auto *Thrown = thrownType(Type, Throws);
  if (!Throws) return Found;
  if (!Thrown) {
    Found.Form = ErrorTyping::Form::Box;
    return Found;
  }
  auto Substitute = [&](Node Type) -> Node {
    if (mentionsParameter(Type) && !Callee.IsSpecialized &&
        !polymorphic(Call, Callee.Entity, Callee.Generic))
      return nullptr;
    return substitute(Type, Callee.Generic, Types.Names, Why);
  };
  auto *Error = Substitute(Thrown);
  if (!Error) return Found;
  Found.Value = finish(Error, &Call);
  if (Found.Value.Typing != Typing::Exact) return Found;
  // Behind the register comes the address, if the error has one; a method of a protocol has two
  // more arguments.
  unsigned Behind = Call.arg_size() - *Slot - 1;
  if (contextOf(Inner)->Kind == Kind::Protocol && calleeName(Call).ends_with("Tj")) {
    if (Behind < 2) return Found;
    Behind -= 2;
  }
  if (Behind == 1) {
    Found.Form = ErrorTyping::Form::Indirect;
    Found.Address = *Slot + 1;
    return Found;
  }
  auto *Returned = Substitute(Result);
  if (Behind != 0 || !Returned) return Found;
  auto OfResult = Found.ReturnsNothing ? Registers() : registersOf(Returned, Types);
  auto OfError = registersOf(Error, Types);
  if (OfResult && OfError && shareRegisters(*OfResult, *OfError, Call.getType(), Found))
    Found.Form = ErrorTyping::Form::Direct;
  return Found;
}

}  // namespace rayc
