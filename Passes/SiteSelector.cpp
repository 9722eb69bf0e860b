#include "SiteSelector.h"

#include "Plumbing.h"
#include "Rules.h"
#include "RuntimeOperations.h"
#include "ValueType.h"

#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace rayc {

// Initialisers of the implementation (a sanitizer's, say) run before the image is announced.
static bool runsBeforeTheImage(const Function &Function) {
  auto *Constructors = Function.getParent()->getNamedGlobal("llvm.global_ctors");
  auto *List = Constructors && Constructors->hasInitializer()
                   ? dyn_cast<ConstantArray>(Constructors->getInitializer())
                   : nullptr;
  return List && any_of(List->operands(), [&](const Use &Entry) {
           auto *Constructor = cast<ConstantStruct>(Entry);
           return Constructor->getOperand(1)->stripPointerCasts() == &Function &&
                  cast<ConstantInt>(Constructor->getOperand(0))->getZExtValue() <=
                      abi::ImagePriority;
         });
}

// What other instrumentation has put in is not the program's.
static bool isSanitizerCallback(StringRef Name) {
  return Name.starts_with("__asan_") || Name.starts_with("__tsan_") ||
         Name.starts_with("__sanitizer_") || Name.starts_with("__ubsan_");
}

// The counters of code coverage, and where AddressSanitizer keeps what it knows of an address, on
// x86-64 Linux:
//   %s = inttoptr i64 (add i64 (lshr i64 %address, 3), 0x7fff8000) to ptr
static bool isOtherInstrumentation(const Value *Address) {
  constexpr uint64_t ShadowOffset = 0x7fff8000;
  Address = Address->stripInBoundsOffsets();
  if (auto *Global = dyn_cast<GlobalValue>(Address))
    return isSanitizerCallback(Global->getName()) || Global->getName().starts_with("__profc_");
  auto *Cast = dyn_cast<IntToPtrInst>(Address);
  auto *Sum = Cast ? dyn_cast<BinaryOperator>(Cast->getOperand(0)) : nullptr;
  if (!Sum) return false;
  auto *Offset = dyn_cast<ConstantInt>(Sum->getOperand(1));
  if (Offset && Offset->equalsInt(ShadowOffset)) return true;
  // Further along in the shadow of one frame: add i64 %s, 8.
  auto *Base = dyn_cast<BinaryOperator>(Sum->getOperand(0));
  auto *First = Base ? dyn_cast<ConstantInt>(Base->getOperand(1)) : nullptr;
  return First && First->equalsInt(ShadowOffset);
}

StringRef reasonToSkip(const Function &Function) {
  if (Function.isDeclaration()) return "no body: a primitive";
  if (Function.hasAvailableExternallyLinkage()) return "its body belongs to another module";
  if (Function.hasFnAttribute(Attribute::Naked)) return "a naked function has no frame";
  if (runsBeforeTheImage(Function)) return "it runs before the program's image is announced";
  if (abi::isOwnName(Function.getName())) return "rayc's own";
  return reasonToExclude(Function);
}

StringRef calleeName(const CallBase &Call) {
  auto *Callee = Call.getCalledOperand()->stripPointerCastsAndAliases();
  if (auto *Function = dyn_cast<llvm::Function>(Callee)) return Function->getName();
  return "";
}

// The Swift runtime's own functions: retain, release, allocation, casts, exclusivity; and what
// the compiler puts around some of them.
static bool isRuntimeFunction(StringRef Name) {
  return Name.starts_with("dynamic_cast_existential_") || Name.starts_with("swift_") ||
         Name.starts_with("_swift_") || Name.starts_with("__swift_");
}

// Why the hooks behind a call cannot run; empty: they can.
static StringRef reasonForNoAfter(const CallBase &Call) {
  if (Call.isMustTailCall())
    return Call.getCallingConv() == CallingConv::SwiftTail && Call.getType()->isVoidTy()
               ? "an async call: it returns into a continuation"
               : "a guaranteed tail call: nothing of this function runs behind it";
  if (Call.doesNotReturn()) return "it does not return";
  if (Call.hasFnAttr(Attribute::ReturnsTwice)) return "it returns twice";
  return "";
}

static void selectCall(CallBase &Call, Selection &Found) {
  if (isa<IntrinsicInst>(Call) || Call.isInlineAsm()) return;
  auto *Function = Call.getFunction();
  auto Name = calleeName(Call);
  if (isSanitizerCallback(Name)) return;
  Event Event{&Call, isRuntimeFunction(Name) ? abi::SiteKind::RuntimeCall : abi::SiteKind::Call};
  if (auto Reason = reasonForNoAfter(Call); !Reason.empty()) {
    Event.HasAfter = false;
    Found.Skipped.push_back({Function, &Call, "after", Reason});
  } else if (!Call.getType()->isVoidTy() && !valueType(Call.getType())) {
    Found.Skipped.push_back({Function, &Call, "result", "no Swift type has this layout"});
  }
  Found.Events.push_back(Event);
}

static void selectLoad(LoadInst &Load, Selection &Found) {
  // The register that stands for a thrown error is no memory.
  if (Load.getPointerOperand()->isSwiftError()) return;
  if (isOtherInstrumentation(Load.getPointerOperand())) return;
  StringRef Reason;
  if (Load.getPointerAddressSpace() != 0)
    Reason = "an address outside the default address space";
  else if (!valueType(Load.getType()))
    Reason = "no Swift type has this layout";
  if (Reason.empty())
    Found.Events.push_back({&Load, abi::SiteKind::Load});
  else
    Found.Skipped.push_back({Load.getFunction(), &Load, "load", Reason});
}

static void selectStore(StoreInst &Store, Selection &Found) {
  auto *Value = Store.getValueOperand();
  bool IsNone = Store.getPointerOperand()->isSwiftError() || isa<UndefValue>(Value) ||
                isOtherInstrumentation(Store.getPointerOperand());
  if (IsNone || isPlumbing(Store)) return;
  StringRef Reason;
  if (Store.getPointerAddressSpace() != 0)
    Reason = "an address outside the default address space";
  else if (!valueType(Value->getType()))
    Reason = "no Swift type has this layout";
  if (Reason.empty())
    Found.Events.push_back({&Store, abi::SiteKind::Store});
  else
    Found.Skipped.push_back({Store.getFunction(), &Store, "store", Reason});
}

Selection select(Function &Function, Points Points) {
  Selection Found;
  auto Operations = Points.Operators ? operations(Function) : decltype(operations(Function))();
  for (auto &Instruction : instructions(Function)) {
    if (auto Operation = Operations.find(&Instruction); Operation != Operations.end())
      Found.Events.push_back({&Instruction, abi::SiteKind::Operation, true, Operation->second});
    if (Points.Runtime && runtimeOperation(Instruction))
      Found.Events.push_back({&Instruction, abi::SiteKind::Runtime});
    if (auto *Store = dyn_cast<StoreInst>(&Instruction); Store && Points.Stores)
      selectStore(*Store, Found);
    if (auto *Call = dyn_cast<CallBase>(&Instruction)) selectCall(*Call, Found);
    if (auto *Load = dyn_cast<LoadInst>(&Instruction)) selectLoad(*Load, Found);
  }
  return Found;
}

}  // namespace rayc
