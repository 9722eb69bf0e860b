#include "RuntimeOperations.h"

#include "Plumbing.h"
#include "SiteSelector.h"

#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace rayc {

namespace {
/// A family of functions: which of their arguments say what, counted from 0.
struct Family {
  StringLiteral Name;
  bool IsPrefix;
  enum RuntimeOperation::Kind Kind;
  int Address = 0, Size = -1;
};
}  // namespace

// The first that fits counts. Sizes are given where they are a number of bytes.
static constexpr Family Families[] = {
    {"swift_allocObject", false, RuntimeOperation::Allocation, -1, 1},
    {"swift_slowAlloc", false, RuntimeOperation::Allocation, -1, 0},
    {"swift_slowAllocTyped", false, RuntimeOperation::Allocation, -1, 0},
    {"swift_task_alloc", false, RuntimeOperation::Allocation, -1, 0},
    {"swift_coro_alloc", false, RuntimeOperation::Allocation, -1, 1},
    {"swift_allocError", false, RuntimeOperation::Allocation, -1},
    {"swift_allocBox", true, RuntimeOperation::Allocation, -1},
    {"swift_allocEmptyBox", false, RuntimeOperation::Allocation, -1},
    {"swift_bufferAllocate", false, RuntimeOperation::Allocation, -1, 1},
    {"swift_deallocClassInstance", false, RuntimeOperation::Deallocation, 0, 1},
    {"swift_deallocPartialClassInstance", false, RuntimeOperation::Deallocation, 0, 2},
    {"swift_deallocObject", false, RuntimeOperation::Deallocation, 0, 1},
    {"swift_slowDealloc", false, RuntimeOperation::Deallocation, 0, 1},
    {"swift_dealloc", true, RuntimeOperation::Deallocation},
    {"swift_task_dealloc", true, RuntimeOperation::Deallocation},
    {"swift_coro_dealloc", false, RuntimeOperation::Deallocation, 1},
    {"swift_retain", true, RuntimeOperation::Retain},
    {"swift_release", true, RuntimeOperation::Release},
    {"swift_bridgeObjectRetain", true, RuntimeOperation::Retain},
    {"swift_bridgeObjectRelease", true, RuntimeOperation::Release},
    {"swift_errorRetain", false, RuntimeOperation::Retain},
    {"swift_errorRelease", false, RuntimeOperation::Release},
    {"swift_unownedRetain", true, RuntimeOperation::Retain},
    {"swift_unownedRelease", true, RuntimeOperation::Release},
    {"swift_unknownObjectRetain", true, RuntimeOperation::Retain},
    {"swift_unknownObjectRelease", true, RuntimeOperation::Release},
    {"swift_nonatomic_retain", true, RuntimeOperation::Retain},
    {"swift_nonatomic_release", true, RuntimeOperation::Release},
    {"swift_nonatomic_bridgeObjectRetain", true, RuntimeOperation::Retain},
    {"swift_nonatomic_bridgeObjectRelease", true, RuntimeOperation::Release},
    // The object comes out: it may be gone.
    {"swift_weakLoadStrong", false, RuntimeOperation::Retain, -1},
    {"swift_weakTakeStrong", false, RuntimeOperation::Retain, -1},
    {"swift_dynamicCast", true, RuntimeOperation::Cast, -1},
    {"swift_unknownObjectIsa", true, RuntimeOperation::Cast, -1},
    {"swift_beginAccess", false, RuntimeOperation::BeginAccess},
    {"swift_endAccess", false, RuntimeOperation::EndAccess, -1},
    {"swift_arrayInit", true, RuntimeOperation::Copy},
    {"swift_arrayAssign", true, RuntimeOperation::Copy},
    {"swift_arrayDestroy", false, RuntimeOperation::Destruction},
};

StringRef RuntimeOperation::name() const {
  static constexpr StringLiteral Names[] = {"retain", "release",     "allocation", "deallocation",
                                            "cast",   "beginAccess", "endAccess",  "copy",
                                            "fill",   "destruction"};
  return Names[Kind];
}

// Without optimisation the compiler clears the copies of variables that debuggers read.
static bool isForDebugger(const AnyMemIntrinsic &Memory) {
  auto *Slot = dyn_cast<AllocaInst>(Memory.getDest());
  return Slot && isa<AnyMemSetInst>(Memory) && isOnlyForDebugger(*Slot);
}

// Null: the call has none that a hook's parameter could hold, whose addresses are of space 0.
static Value *argument(const CallBase &Call, int Number, bool IsAddress) {
  if (Number < 0 || unsigned(Number) >= Call.arg_size()) return nullptr;
  auto *Argument = Call.getArgOperand(Number);
  auto &Type = *Argument->getType();
  bool Fits = IsAddress ? &Type == PointerType::get(Type.getContext(), 0) : Type.isIntegerTy(64);
  return Fits ? Argument : nullptr;
}

std::optional<RuntimeOperation> runtimeOperation(const Instruction &Instruction) {
  auto *Call = dyn_cast<CallBase>(&Instruction);
  if (!Call) return std::nullopt;
  if (auto *Memory = dyn_cast<AnyMemIntrinsic>(Call)) {
    if (isForDebugger(*Memory)) return std::nullopt;
    return RuntimeOperation{
        isa<AnyMemTransferInst>(Memory) ? RuntimeOperation::Copy : RuntimeOperation::Fill,
        argument(*Call, 0, true), argument(*Call, 2, false)};
  }
  auto Name = calleeName(*Call);
  if (!Name.starts_with("swift_")) return std::nullopt;
  for (auto &Family : Families)
    if (Family.IsPrefix ? Name.starts_with(Family.Name) : Name == Family.Name)
      return RuntimeOperation{Family.Kind, argument(*Call, Family.Address, true),
                              argument(*Call, Family.Size, false)};
  return std::nullopt;
}

}  // namespace rayc
