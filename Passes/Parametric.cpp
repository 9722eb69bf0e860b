#include "Parametric.h"

#include "Abi.h"
#include "ContextPreparer.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/Cloning.h"

using namespace llvm;

namespace rayc {

namespace {

/// What a value of the probed code is, as far as the generic type is concerned.
enum class Role {
  Memory,     // an address of values of the type
  Metadata,   // the type's metadata
  Slot,       // the address of its witness table's address
  Witnesses,  // its value witness table
  Field,      // the address of a witness
  Witness,    // one that copies, takes or destroys
  SizeField,
  Size
};

// Offsets in a value witness table (swift/ABI/ValueWitness.def), in bytes.
constexpr uint64_t FirstEnumWitness = 48, SizeWitness = 64;

/// Follows what a probe is given through all that is done with it.
class Follower {
 public:
  bool callsOnlyWitnesses() const {
    return all_of(Called, [&](Value *Callee) {
      auto Known = Roles.find(Callee);
      return Known != Roles.end() && Known->second == Role::Witness;
    });
  }

  bool follow(Value *Value, Role Role) {
    auto [Known, IsNew] = Roles.try_emplace(Value, Role);
    if (!IsNew) return Known->second == Role;
    return all_of(Value->uses(), [&](Use &Use) { return allows(Use, Role); });
  }

 private:
  DenseMap<Value *, Role> Roles;
  // What is called with what is followed; that they are witnesses is known in the end.
  SmallVector<Value *> Called;

  bool allows(Use &Use, Role Role) {
    auto *User = cast<Instruction>(Use.getUser());
    if (auto *Call = dyn_cast<CallBase>(User)) return allowsCall(*Call, Use, Role);
    switch (Role) {
      case Role::Metadata: return offset(User) == -8 && follow(User, Role::Slot);
      case Role::Slot: return isa<LoadInst>(User) && follow(User, Role::Witnesses);
      case Role::Witnesses: return allowsWitness(User);
      case Role::Field: return isa<LoadInst>(User) && follow(User, Role::Witness);
      case Role::SizeField: return isa<LoadInst>(User) && follow(User, Role::Size);
      case Role::Size: return isa<AllocaInst>(User) && follow(User, Role::Memory);
      case Role::Memory:
      case Role::Witness: return false;
    }
    llvm_unreachable("a role that is not in the list");
  }

  bool allowsWitness(Instruction *User) {
    if (isa<LoadInst>(User)) return follow(User, Role::Witness);
    auto Offset = offset(User);
    if (Offset == SizeWitness) return follow(User, Role::SizeField);
    return Offset && uint64_t(*Offset) < FirstEnumWitness && follow(User, Role::Field);
  }

  // The distance of an address from the one it is made of.
  static std::optional<int64_t> offset(Instruction *User) {
    auto *Address = dyn_cast<GetElementPtrInst>(User);
    if (!Address) return std::nullopt;
    APInt Offset(64, 0);
    if (!Address->accumulateConstantOffset(User->getDataLayout(), Offset)) return std::nullopt;
    return Offset.getSExtValue();
  }

  bool allowsCall(CallBase &Call, Use &Use, Role Role) {
    if (isa<LifetimeIntrinsic>(Call)) return true;
    if (Role == Role::Witness) return Call.isCallee(&Use) && handsBack(Call);
    if (Role != Role::Memory && Role != Role::Metadata) return false;
    auto *Callee = Call.getCalledFunction();
    if (!Callee) {
      Called.push_back(Call.getCalledOperand());
      return Call.isArgOperand(&Use);
    }
    if (Callee->isDeclaration() || !Call.isArgOperand(&Use)) return false;
    return follow(Callee->getArg(Call.getArgOperandNo(&Use)), Role);
  }

  // A witness returns the address that it wrote to, or nothing.
  bool handsBack(CallBase &Call) {
    return Call.getType()->isVoidTy() || follow(&Call, Role::Memory);
  }
};

}  // namespace

bool isParametric(Function &Probe) {
  Follower Follower;
  return Follower.follow(Probe.getArg(1), Role::Memory) &&
         Follower.follow(Probe.getArg(2), Role::Memory) &&
         Follower.follow(Probe.getArg(3), Role::Metadata) && Follower.callsOnlyWitnesses();
}

static void handOn(Function &Hook, Function &OfNothing) {
  Hook.deleteBody();
  Hook.setLinkage(OfNothing.getLinkage());
  IRBuilder<> Builder(BasicBlock::Create(Hook.getContext(), "", &Hook));
  SmallVector<Value *, 4> Arguments;
  for (auto &Argument : OfNothing.args()) Arguments.push_back(PoisonValue::get(Argument.getType()));
  Arguments.front() = Hook.getArg(0);
  Arguments.back() = Hook.getArg(Hook.arg_size() - 1);
  // An operator's operands.
  auto *Operands = Hook.getArg(Hook.arg_size() - 2);
  if (Hook.getName().contains("hook_operation_")) Arguments[2] = Operands;
  auto *Call = Builder.CreateCall(&OfNothing, Arguments);
  Hook.getReturnType()->isVoidTy() ? Builder.CreateRetVoid() : Builder.CreateRet(Hook.getArg(1));
  InlineFunctionInfo Info;
  if (isLeaf(OfNothing)) InlineFunction(*Call, Info);
}

void handValuesOn(ContextPart &Part, StringRef Kind) {
  Function *OfNothing = nullptr;
  for (auto &[Name, Hook] : Part.Hooks)
    if (Name == (Kind + "in_yt").str()) OfNothing = Hook;
  if (!OfNothing || OfNothing->isDeclaration()) return;
  for (auto &[Name, Hook] : Part.Hooks)
    if (StringRef(Name).starts_with(Kind) && Hook != OfNothing) handOn(*Hook, *OfNothing);
}

}  // namespace rayc
