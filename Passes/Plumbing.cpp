#include "Plumbing.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace rayc {

// The operator behind a mangled name says what a symbol is: `…Ma` an accessor of metadata,
// `…WOh` an outlined copy, `…wcp` a value witness.
static bool isPlumbingName(StringRef Name) {
  if (!Name.starts_with("$s") && !Name.starts_with("$S")) return false;
  Name = Name.split('.').first;
  auto Last = [&](unsigned Count) { return Name.take_back(Count); };
  static constexpr StringLiteral Two[] = {"Ma", "Mr", "Mm", "Mi", "Ml", "Mn", "Mf", "MD",
                                          "ML", "Mz", "Wl", "WL", "WP", "Wa", "WI", "WG",
                                          "Wr", "MF", "Mp", "Mo", "MR", "Wb", "WV", "WC",
                                          "Tu", "WT", "Wt", "WJ", "Wp", "MA", "Mc"};
  if (is_contained(Two, Last(2))) return true;
  if (Last(3).starts_with("WO") || Last(3).starts_with("Wv")) return true;
  static constexpr StringLiteral Witnesses[] = {
      "wal", "wca", "wta", "wde", "wxx", "wXX", "wCP", "wCp", "wcp", "wTK", "wtk", "wtK", "wTk",
      "wug", "wup", "wui", "wet", "wst", "wCc", "wcc", "wxs", "wxg", "Wui", "Wug", "Wup"};
  return is_contained(Witnesses, Last(3));
}

bool isPlumbing(const Function &Function) {
  auto Name = Function.getName();
  return isPlumbingName(Name) || Name.starts_with("objectdestroy") ||
         Name.starts_with("__swift_") || Name.starts_with("keypath_") ||
         Name.starts_with("dynamic_cast_existential_");
}

bool isThunk(const Function &Function) {
  auto Name = Function.getName();
  if (!Name.starts_with("$s")) return false;
  Name = Name.split('.').first;
  return Name.ends_with("TA") || Name.ends_with("TW") || Name.ends_with("TR") ||
         Name.ends_with("Tr") || Name.ends_with("TV") || Name.ends_with("TK") ||
         Name.ends_with("Tk");
}

static bool isExistential(const Type *Type) {
  auto *Struct = dyn_cast<StructType>(Type);
  if (!Struct || !Struct->hasName()) return false;
  auto Name = Struct->getName().split('.').first;
  // Of several protocols (`%T…p`), with room for a value in front.
  if (Name.starts_with("T") && Name.ends_with("p") && Struct->getNumElements() > 0)
    return Struct->getElementType(0)->isArrayTy();
  return Name == "Any" || (Name.starts_with("T") && Name.ends_with("P")) ||
         Name.starts_with("__opaque_existential_type_");
}

// What of an existential is not its value: metadata, witness tables.
static bool isOfExistential(const GEPOperator &Step) {
  if (!isExistential(Step.getSourceElementType()) || Step.getNumIndices() != 2) return false;
  auto *Element = dyn_cast<ConstantInt>(Step.getOperand(2));
  return Element && Element->getZExtValue() > 0;
}

// Whether an address is that of a value inside an existential, where it is put as it is wrapped.
static bool isInExistential(const Value *Address) {
  while (auto *Step = dyn_cast<GEPOperator>(Address)) {
    if (isExistential(Step->getSourceElementType())) return true;
    Address = Step->getPointerOperand();
  }
  return false;
}

static bool isOfRuntime(const StructType *Type) {
  if (!Type || !Type->hasName()) return false;
  auto Name = Type->getName();
  return (Name.starts_with("swift.") && Name != "swift.function" && Name != "swift.error") ||
         Name.ends_with(".Frame") || Name.starts_with("__AsyncFunction");
}

// The address that an address is computed from, and whether that goes through a type of the
// runtime's.
static const Value *baseOf(const Value *Address, bool &IsOfRuntime) {
  while (auto *Step = dyn_cast<GEPOperator>(Address)) {
    // `%swift.refcounted` is an object's head; what lies behind it is the program's.
    auto *Type = dyn_cast<StructType>(Step->getSourceElementType());
    if (Type && Type->hasName() && Type->getName() != "swift.refcounted")
      IsOfRuntime |= isOfRuntime(Type);
    IsOfRuntime |= isOfExistential(*Step);
    Address = Step->getPointerOperand();
  }
  return Address;
}

// `load (gep metadata, -1)`: the table of a type's value witnesses.
static bool isValueWitnessTable(const Value *Table) {
  auto *Load = dyn_cast<LoadInst>(Table);
  auto *Step = Load ? dyn_cast<GEPOperator>(Load->getPointerOperand()) : nullptr;
  auto *Index =
      Step && Step->getNumIndices() == 1 ? dyn_cast<ConstantInt>(*Step->idx_begin()) : nullptr;
  return Index && Index->isMinusOne() && Step->getSourceElementType()->isPointerTy();
}

static bool isValueWitness(const CallBase &Call, const Value *Callee) {
  auto *Load = dyn_cast<LoadInst>(Callee);
  if (!Load) return false;
  // Functions in tables that never change are a protocol's or a class's, which are Swift
  // functions, and value witnesses, which are not.
  if (Load->hasMetadata(LLVMContext::MD_invariant_load) && Call.getCallingConv() == CallingConv::C)
    return true;
  auto *Address = Load->getPointerOperand();
  if (isValueWitnessTable(Address)) return true;
  auto *Step = dyn_cast<GEPOperator>(Address);
  return Step && isValueWitnessTable(Step->getPointerOperand());
}

// The second half of a coroutine is what its first half returned.
static bool isResumption(const CallBase &Call) {
  auto *Extract = dyn_cast<ExtractValueInst>(Call.getCalledOperand());
  if (!Extract) {
    return isa<CallBase>(Call.getCalledOperand()->stripPointerCasts()) && Call.arg_size() == 2 &&
           Call.getType()->isVoidTy() && Call.getArgOperand(1)->getType()->isIntegerTy(1);
  }
  return Extract->getIndices()[0] == 0 && isa<CallBase>(Extract->getAggregateOperand()) &&
         Call.arg_size() == 2 && Call.getArgOperand(1)->getType()->isIntegerTy(1);
}

// Accessors that lend what they access: `…vr`, `…vM`, `…ix`.
static bool isCoroutine(const Function &Function) {
  auto Name = Function.getName().split('.').first;
  return Name.starts_with("$s") && Name.size() > 4 &&
         (Name.ends_with("r") || Name.ends_with("M") || Name.ends_with("x") ||
          Name.ends_with("y")) &&
         Function.getReturnType()->isStructTy() &&
         Function.getReturnType()->getStructElementType(0)->isPointerTy();
}

static bool isInCoroutineFrame(const Value *Address) {
  auto *Step = dyn_cast<GEPOperator>(Address);
  auto *Type = Step ? dyn_cast<StructType>(Step->getSourceElementType()) : nullptr;
  return Type && Type->hasName() && Type->getName().ends_with(".Frame");
}

// Variables of a coroutine whose size is known only at run time lie in memory of their own:
// `store (malloc …), (gep %frame, …)` and `free (load (gep %frame, …))`.
static bool isCoroutineVariable(const CallBase &Call, StringRef Callee) {
  if (Callee == "free") {
    auto *Load = dyn_cast<LoadInst>(Call.getArgOperand(0));
    return Load && isInCoroutineFrame(Load->getPointerOperand());
  }
  return Callee == "malloc" && any_of(Call.users(), [](const User *User) {
           auto *Store = dyn_cast<StoreInst>(User);
           return Store && isInCoroutineFrame(Store->getPointerOperand());
         });
}

// The memory of a coroutine's frame that does not fit into what its caller offers:
// `store ptr (call ptr @malloc(…)), ptr %0`. The program's own calls have a line.
static bool isFrameOfCoroutine(const CallBase &Call, StringRef Callee) {
  if (Callee != "malloc" || !isCoroutine(*Call.getFunction()) ||
      (Call.getDebugLoc() && Call.getDebugLoc().getLine()))
    return false;
  return any_of(Call.users(), [&](const User *User) {
    auto *Store = dyn_cast<StoreInst>(User);
    return Store && Store->getValueOperand() == &Call &&
           Store->getPointerOperand() == Call.getFunction()->getArg(0);
  });
}

bool isPlumbing(const CallBase &Call) {
  if (isPlumbing(*Call.getFunction())) return true;
  auto *Callee = Call.getCalledOperand()->stripPointerCastsAndAliases();
  if (auto *Function = dyn_cast<llvm::Function>(Callee))
    return isPlumbingName(Function->getName()) || isCoroutineVariable(Call, Function->getName()) ||
           isFrameOfCoroutine(Call, Function->getName());
  return isValueWitness(Call, Callee) || isResumption(Call);
}

bool isCalled(const Value *Function) {
  return any_of(Function->users(), [&](const User *User) {
    auto *Call = dyn_cast<CallBase>(User);
    return Call && Call->getCalledOperand() == Function;
  });
}

bool isTable(const LoadInst &Load) {
  if (!Load.getType()->isPointerTy()) return false;
  for (auto *User : Load.users()) {
    if (auto *Entry = dyn_cast<LoadInst>(User); Entry && isCalled(Entry)) return true;
    auto *Step = dyn_cast<GEPOperator>(User);
    if (!Step || !Step->hasAllConstantIndices()) continue;
    for (auto *Next : Step->users())
      if (auto *Entry = dyn_cast<LoadInst>(Next);
          Entry && (isCalled(Entry) || Entry->hasMetadata(LLVMContext::MD_invariant_load)))
        return true;
  }
  return false;
}

// A stack slot that only turns a machine-level type into another: `store i64 …, load ptr`.
static bool isConversion(const Value *Base) {
  auto *Slot = dyn_cast<AllocaInst>(Base);
  if (!Slot || Slot->isSwiftError()) return false;
  auto *Type = Slot->getAllocatedType();
  if (Type->isPointerTy())
    // An address that is wanted as a number.
    return all_of(Slot->users(),
                  [&](const User *User) {
                    auto *Other = dyn_cast<LoadInst>(User);
                    auto *Store = dyn_cast<StoreInst>(User);
                    return Other ? Other->getType()->isIntegerTy()
                                 : (Store && Store->getPointerOperand() == Slot) ||
                                       isa<IntrinsicInst>(User);
                  }) &&
           findDVRDeclares(const_cast<AllocaInst *>(Slot)).empty();
  if (auto *Struct = dyn_cast<StructType>(Type)) {
    if (Struct->hasName()) return false;
    for (auto *Element : Struct->elements())
      if (Element->isStructTy()) return false;
  }
  if (Slot->isArrayAllocation() || Type->isArrayTy()) return false;
  return findDVRDeclares(const_cast<AllocaInst *>(Slot)).empty();
}

// Where a property of a generic type begins: `load i32, (gep i32, %metadata, 9)`, an index of
// bytes from then on.
static bool isFieldOffset(const LoadInst &Load) {
  auto *Step = dyn_cast<GEPOperator>(Load.getPointerOperand());
  return Load.getType()->isIntegerTy(32) && Step && !Load.use_empty() &&
         all_of(Load.users(), [&](const User *User) {
           auto *Index = dyn_cast<GEPOperator>(User);
           return Index && Index->getSourceElementType()->isIntegerTy(8);
         });
}

// Where an object's own properties end, in the metadata of its class: its size and alignment,
// `load i32, (gep i8, %metadata, 24)` and `load i16, (gep i8, %metadata, 28)`.
static bool isSizeOfObject(const User *Address) {
  auto *Step = dyn_cast<GEPOperator>(Address);
  auto *Offset = Step && Step->getNumIndices() == 1 && Step->getSourceElementType()->isIntegerTy(8)
                     ? dyn_cast<ConstantInt>(*Step->idx_begin())
                     : nullptr;
  if (!Offset) return false;
  unsigned Width = Offset->equalsInt(24) ? 32 : Offset->equalsInt(28) ? 16 : 0;
  return Width && all_of(Step->users(), [&](const User *User) {
           return isa<LoadInst>(User) && User->getType()->isIntegerTy(Width);
         });
}

// `load ptr, ptr %object`, of which only the size of the class's objects is wanted.
static bool isClassForSize(const Value *Value) {
  auto *Load = dyn_cast<LoadInst>(Value);
  return Load && Load->getType()->isPointerTy() && Load->hasNUsesOrMore(2) &&
         all_of(Load->users(), isSizeOfObject);
}

// Globals that hold no variable: metadata, caches, tables.
static bool isOfCompiler(const GlobalVariable &Global) {
  auto Name = Global.getName();
  return isPlumbingName(Name) || Name.ends_with("N") || Name.starts_with("got.") ||
         Name.starts_with("symbolic ") || Name.starts_with("swift_") ||
         Name.starts_with("_swift") || Name.starts_with("\1l_");
}

// The frame of an async function or of a coroutine.
static bool isFrame(const Argument &Argument) {
  return Argument.hasAttribute(Attribute::SwiftAsync) ||
         (Argument.getArgNo() == 0 && Argument.getParent()->getName().contains(".resume."));
}

bool isPlumbing(const LoadInst &Load) {
  if (isPlumbing(*Load.getFunction()) || isThunk(*Load.getFunction())) return true;
  if (Load.hasMetadata(LLVMContext::MD_invariant_load)) return true;
  if (isCalled(&Load) || isTable(Load) || isFieldOffset(Load) || isClassForSize(&Load)) return true;
  if (auto *Step = dyn_cast<GEPOperator>(Load.getPointerOperand()))
    if (isClassForSize(Step->getPointerOperand())) return true;
  bool IsOfRuntime = false;
  auto *Base = baseOf(Load.getPointerOperand(), IsOfRuntime);
  if (IsOfRuntime || isConversion(Base) || isValueWitnessTable(Base)) return true;
  if (auto *Global = dyn_cast<GlobalVariable>(Base)) return isOfCompiler(*Global);
  if (auto *Argument = dyn_cast<llvm::Argument>(Base)) return isFrame(*Argument);
  if (auto *Other = dyn_cast<LoadInst>(Base))
    return Other->hasMetadata(LLVMContext::MD_invariant_load);
  return false;
}

// Whether debug information has a variable in a stack slot.
static bool isVariable(AllocaInst &Slot) {
  return !findDVRDeclares(&Slot).empty() || any_of(findDVRValues(&Slot), [](auto *Record) {
    return !Record->getExpression()->getElements().empty();
  });
}

// Whether anything but a debugger sees what a stack slot holds.
static bool isRead(const Value *Address) {
  return any_of(Address->uses(), [&](const Use &Use) {
    auto *User = Use.getUser();
    if (auto *Store = dyn_cast<StoreInst>(User)) return Store->getValueOperand() == Address;
    if (isa<GEPOperator>(User)) return isRead(User);
    if (auto *Fill = dyn_cast<MemSetInst>(User)) return Fill->isVolatile();
    if (auto *Call = dyn_cast<CallBase>(User); Call && Call->isInlineAsm()) return false;
    auto *Intrinsic = dyn_cast<IntrinsicInst>(User);
    return !Intrinsic || !Intrinsic->isLifetimeStartOrEnd();
  });
}

bool isOnlyForDebugger(const AllocaInst &Slot) { return !isRead(&Slot); }

bool isPlumbing(const StoreInst &Store) {
  if (isPlumbing(*Store.getFunction()) || isThunk(*Store.getFunction())) return true;
  bool IsOfRuntime = false;
  auto *Base = baseOf(Store.getPointerOperand(), IsOfRuntime);
  if (IsOfRuntime || isInExistential(Store.getPointerOperand())) return true;
  if (auto *Slot = dyn_cast<AllocaInst>(Base))
    return Slot->isSwiftError() || !isVariable(*const_cast<AllocaInst *>(Slot)) || !isRead(Slot);
  if (auto *Global = dyn_cast<GlobalVariable>(Base)) return isOfCompiler(*Global);
  if (auto *Argument = dyn_cast<llvm::Argument>(Base))
    return isFrame(*Argument) || Argument->hasStructRetAttr();
  return false;
}

}  // namespace rayc
