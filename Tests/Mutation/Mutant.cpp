#include "Mutant.h"

#include "llvm/FuzzMutate/IRMutator.h"
#include "llvm/FuzzMutate/RandomIRBuilder.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace rayc {

static Instruction *pickInstruction(Function &Function, Random &Random) {
  size_t Count = Function.getInstructionCount();
  if (!Count) return nullptr;
  return &*std::next(inst_begin(Function), Random.below(Count));
}

// Where an instruction may be put in: not among phis, not in front of a landing pad.
static Instruction *pickPlace(Function &Function, Random &Random) {
  auto *Instruction = pickInstruction(Function, Random);
  if (!Instruction) return nullptr;
  auto First = Instruction->getParent()->getFirstInsertionPt();
  if (First == Instruction->getParent()->end()) return nullptr;
  return isa<PHINode>(Instruction) || Instruction->isEHPad() ? &*First : Instruction;
}

static Type *pickType(LLVMContext &Context, Random &Random) {
  auto Int = [&](unsigned Bits) { return IntegerType::get(Context, Bits); };
  auto *Pointer = PointerType::get(Context, 0);
  auto *Float = Type::getFloatTy(Context), *Double = Type::getDoubleTy(Context);
  Type *Types[] = {Int(1),
                   Int(7),
                   Int(8),
                   Int(16),
                   Int(24),
                   Int(32),
                   Int(64),
                   Int(128),
                   Int(256),
                   Type::getHalfTy(Context),
                   Float,
                   Double,
                   Type::getX86_FP80Ty(Context),
                   Pointer,
                   PointerType::get(Context, 257),
                   FixedVectorType::get(Float, 4),
                   FixedVectorType::get(Int(32), 3),
                   FixedVectorType::get(Int(1), 8),
                   StructType::get(Int(64), Int(1)),
                   StructType::get(Int(64), Pointer),
                   StructType::get(Int(8), StructType::get(Int(8), Int(8))),
                   StructType::get(Context, {Int(8), Int(64)}, true),
                   StructType::get(Context),
                   ArrayType::get(Int(64), 2),
                   ArrayType::get(Int(8), 40),
                   ArrayType::get(Int(8), 4096),
                   ArrayType::get(Pointer, 0)};
  return Random.pick(Types);
}

static void remove(Function &Function, Random &Random) {
  auto *Instruction = pickInstruction(Function, Random);
  if (!Instruction || Instruction->isTerminator() || Instruction->getType()->isTokenTy()) return;
  if (!Instruction->getType()->isVoidTy())
    Instruction->replaceAllUsesWith(PoisonValue::get(Instruction->getType()));
  Instruction->eraseFromParent();
}

static void duplicate(Function &Function, Random &Random) {
  auto *Instruction = pickInstruction(Function, Random);
  if (!Instruction || Instruction->isTerminator()) return;
  auto *Copy = Instruction->clone();
  Copy->insertAfter(Instruction->getIterator());
  if (!Copy->getType()->isVoidTy() && Random.chance(0.5))
    Instruction->replaceUsesWithIf(Copy, [&](Use &Use) { return Random.chance(0.5); });
}

static void swap(Function &Function, Random &Random) {
  auto *Instruction = pickInstruction(Function, Random);
  if (!Instruction || Instruction->isTerminator() || !Instruction->getPrevNode()) return;
  Instruction->moveBefore(Instruction->getPrevNode()->getIterator());
}

static void endHere(Function &Function, Random &Random) {
  auto *Place = pickPlace(Function, Random);
  if (!Place) return;
  auto &Block = *Place->getParent();
  for (auto *Next : successors(&Block)) Next->removePredecessor(&Block, true);
  while (&Block.back() != Place) {
    auto &Last = Block.back();
    if (!Last.getType()->isVoidTy()) Last.replaceAllUsesWith(PoisonValue::get(Last.getType()));
    Last.eraseFromParent();
  }
  if (!Place->getType()->isVoidTy()) Place->replaceAllUsesWith(PoisonValue::get(Place->getType()));
  Place->eraseFromParent();
  new UnreachableInst(Function.getContext(), &Block);
}

static void goStraight(Function &Function, Random &Random) {
  SmallVector<BranchInst *> Branches;
  for (auto &Block : Function)
    if (auto *Branch = dyn_cast<BranchInst>(Block.getTerminator());
        Branch && Branch->isConditional())
      Branches.push_back(Branch);
  if (Branches.empty()) return;
  Random.pick(Branches)->setCondition(Random.chance(0.5)
                                          ? ConstantInt::getTrue(Function.getContext())
                                          : ConstantInt::getFalse(Function.getContext()));
}

static void changeOperand(Function &Function, Random &Random) {
  auto *Instruction = pickInstruction(Function, Random);
  if (!Instruction || !Instruction->getNumOperands()) return;
  auto &Operand = Instruction->getOperandUse(Random.below(Instruction->getNumOperands()));
  auto *Type = Operand->getType();
  if (Type->isLabelTy() || Type->isMetadataTy() || Type->isTokenTy()) return;
  SmallVector<Value *> Others = {PoisonValue::get(Type), UndefValue::get(Type),
                                 Constant::getNullValue(Type)};
  if (Type->isIntegerTy())
    Others.push_back(ConstantInt::get(
        Type, APInt(64, Random.below(1 << 16)).zextOrTrunc(Type->getIntegerBitWidth())));
  if (Type->isPointerTy())
    for (auto &Global : Function.getParent()->functions())
      if (Random.chance(0.1)) Others.push_back(&Global);
  for (auto &Argument : Function.args())
    if (Argument.getType() == Type) Others.push_back(&Argument);
  for (auto &Other : instructions(Function)) {
    if (&Other == Instruction) break;
    if (Other.getType() == Type) Others.push_back(&Other);
  }
  Operand.set(Random.pick(Others));
}

static void insertLoad(Function &Function, Random &Random) {
  auto *Place = pickPlace(Function, Random);
  if (!Place) return;
  IRBuilder<> Builder(Place);
  auto *Memory = Function.getParent()->getOrInsertGlobal("mutant_memory",
                                                         ArrayType::get(Builder.getInt8Ty(), 64));
  auto *Type = pickType(Function.getContext(), Random);
  if (Random.chance(0.5)) {
    auto *Load = Builder.CreateLoad(Type, Memory, Random.chance(0.3));
    if (Random.chance(0.5)) Builder.CreateStore(Load, Memory);
  } else {
    Builder.CreateStore(Constant::getNullValue(Type), Memory, Random.chance(0.3));
  }
}

static void insertCall(Function &Function, Random &Random) {
  auto *Place = pickPlace(Function, Random);
  if (!Place) return;
  auto &Module = *Function.getParent();
  SmallVector<Type *> Types;
  SmallVector<Value *> Arguments;
  for (size_t Left = Random.below(5); Left; Left--) {
    Types.push_back(pickType(Function.getContext(), Random));
    Arguments.push_back(PoisonValue::get(Types.back()));
  }
  auto *Result = Random.chance(0.3) ? Type::getVoidTy(Function.getContext())
                                    : pickType(Function.getContext(), Random);
  auto *Type = FunctionType::get(Result, Types, Random.chance(0.1));
  IRBuilder<> Builder(Place);
  if (Random.chance(0.05)) {
    Builder.CreateCall(InlineAsm::get(FunctionType::get(Builder.getVoidTy(), false), "", "", true));
    return;
  }
  // One in two is of the runtime, with a signature of its own.
  Value *Callee = Random.chance(0.5)
                      ? Module.getOrInsertFunction(mutateName("", Random), Type).getCallee()
                      : &*std::next(Module.begin(), Random.below(Module.size()));
  auto *Call = Builder.CreateCall(Type, Callee, Arguments);
  if (auto *Called = dyn_cast<llvm::Function>(Callee))
    Call->setCallingConv(Called->getCallingConv());
  Call->setDebugLoc(Place->getDebugLoc());
}

static void changeFunction(Function &Function, Random &Random) {
  switch (Random.below(8)) {
    case 0:
      Function.addFnAttr(Attribute::Naked);
      Function.addFnAttr(Attribute::NoInline);
      break;
    case 1:
      Function.setLinkage(GlobalValue::AvailableExternallyLinkage);
      Function.setComdat(nullptr);
      break;
    case 2: Function.setMemoryEffects(MemoryEffects::none()); break;
    case 3:
      Function.addFnAttr(Attribute::NoInline);
      Function.addFnAttr(Attribute::OptimizeNone);
      break;
    case 4:
      Function.deleteBody();
      Function.setLinkage(GlobalValue::ExternalLinkage);
      Function.setComdat(nullptr);
      break;
    case 5: Function.setSubprogram(nullptr); break;
    case 6:
      Function.setLinkage(GlobalValue::InternalLinkage);
      Function.setComdat(nullptr);
      break;
    default: Function.addFnAttr(Attribute::AlwaysInline);
  }
}

// LLVM's own fuzzer: operations, blocks and functions out of nothing.
static void mutateGenerally(Module &Module, Random &Random) {
  std::vector<TypeGetter> Types = {
      Type::getInt1Ty,
      Type::getInt8Ty,
      Type::getInt32Ty,
      Type::getInt64Ty,
      Type::getDoubleTy,
      Type::getFloatTy,
      [](LLVMContext &Context) -> llvm::Type * { return PointerType::get(Context, 0); }};
  std::vector<std::unique_ptr<IRMutationStrategy>> Strategies;
  Strategies.push_back(std::make_unique<InjectorIRStrategy>());
  Strategies.push_back(std::make_unique<InstDeleterIRStrategy>());
  Strategies.push_back(std::make_unique<InstModificationIRStrategy>());
  Strategies.push_back(std::make_unique<InsertFunctionStrategy>());
  Strategies.push_back(std::make_unique<InsertCFGStrategy>());
  Strategies.push_back(std::make_unique<InsertPHIStrategy>());
  Strategies.push_back(std::make_unique<SinkInstructionStrategy>());
  Strategies.push_back(std::make_unique<ShuffleBlockStrategy>());
  IRMutator Mutator(std::move(Types), std::move(Strategies));
  Mutator.mutateModule(Module, Random.below(INT_MAX), IRMutator::getModuleSize(Module) + 200);
}

// Most bodies go, so that a mutant of a large module costs little and is easily reduced.
static void thin(Module &Module, Random &Random) {
  static constexpr double Shares[] = {0.05, 0.1, 0.2, 0.3, 0.5, 1};
  double Share = Random.pick(Shares);
  for (auto &Function : Module) {
    if (Function.isDeclaration() || Random.chance(Share)) continue;
    Function.deleteBody();
    Function.setLinkage(GlobalValue::ExternalLinkage);
    Function.setComdat(nullptr);
  }
}

void mutate(Module &Module, Random &Random) {
  if (Module.size() > 60) thin(Module, Random);
  using Mutation = void (*)(Function &, rayc::Random &);
  static constexpr Mutation Mutations[] = {
      remove,        remove,     duplicate,  swap,       endHere,    goStraight,    changeOperand,
      changeOperand, insertLoad, insertLoad, insertCall, insertCall, changeFunction};
  bool Generally = Random.chance(0.15);
  for (size_t Left = 1 + Random.below(8); Left; Left--) {
    if (Generally) {
      mutateGenerally(Module, Random);
    } else if (Random.chance(0.4)) {
      mutateSwift(Module, Random);
    } else {
      SmallVector<Function *> Bodies;
      for (auto &Function : Module)
        if (!Function.isDeclaration()) Bodies.push_back(&Function);
      if (Bodies.empty()) return;
      Random.pick(Mutations)(*Random.pick(Bodies), Random);
    }
  }
}

}  // namespace rayc
