#include "Operators.h"

#include "Demangler.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"

#include <vector>

using namespace llvm;

namespace rayc {

static Operator make(StringRef Type, StringRef Symbol, unsigned Bits, bool IsSigned, bool IsFloat) {
  bool IsPrefix = Symbol == "prefix -";
  if (IsPrefix) Symbol = "-";
  auto Swift = ("Swift." + Type).str();
  bool IsTest = Symbol == "==" || Symbol == "<";
  auto Full = ("static " + Swift + "." + Symbol + (IsPrefix ? " prefix(" : " infix(") + Swift +
               (IsPrefix ? "" : ", " + Swift) + ") -> " + (IsTest ? "Swift.Bool" : Swift))
                  .str();
  return {Full, Symbol, Type, Bits, IsSigned, IsFloat};
}

ArrayRef<Operator> operators() {
  static const auto All = [] {
    std::vector<Operator> All;
    static constexpr std::pair<StringLiteral, unsigned> Integers[] = {
        {"Int", 64}, {"Int64", 64}, {"Int32", 32}, {"Int16", 16}, {"Int8", 8}};
    static constexpr StringLiteral Symbols[] = {"+",  "-", "*", "/", "%",  "&+", "&-",
                                                "&*", "&", "|", "^", "==", "<"};
    static constexpr StringLiteral Unsigned[] = {"UInt", "UInt64", "UInt32", "UInt16", "UInt8"};
    for (auto [Place, Integer] : enumerate(Integers))
      for (auto Symbol : Symbols) {
        All.push_back(make(Integer.first, Symbol, Integer.second, true, false));
        All.push_back(make(Unsigned[Place], Symbol, Integer.second, false, false));
      }
    for (StringRef Symbol : {"+", "-", "*", "/", "prefix -", "==", "<"}) {
      All.push_back(make("Double", Symbol, 64, true, true));
      All.push_back(make("Float", Symbol, 32, true, true));
    }
    return All;
  }();
  return All;
}

static Type *machineType(const Operator &Operator, LLVMContext &Context) {
  if (!Operator.IsFloat) return IntegerType::get(Context, Operator.Bits);
  return Operator.Bits == 64 ? Type::getDoubleTy(Context) : Type::getFloatTy(Context);
}

static bool isPrefix(const Operator &Operator) {
  return StringRef(Operator.Full).contains(" prefix");
}

// Whether the program's own source has an instruction. What Swift inlines because it is
// transparent, as operators are, takes the place in the source of its caller.
static bool isTheProgramsOwn(const Instruction &Instruction) {
  auto *Location = Instruction.getDebugLoc().get();
  auto *Program = Location ? Location->getScope()->getSubprogram() : nullptr;
  return !Program || demangled(Program->getLinkageName()).Module != "Swift";
}

// Whether the second half of an overflow intrinsic's result is looked at.
static bool looksAtOverflow(const Instruction &Instruction) {
  return any_of(Instruction.users(), [](const User *User) {
    auto *Part = dyn_cast<ExtractValueInst>(User);
    return !Part || (Part->getIndices()[0] == 1 && !Part->use_empty());
  });
}

static std::optional<Instruction::BinaryOps> wrapping(StringRef Symbol) {
  if (Symbol.ends_with("+")) return Instruction::Add;
  if (Symbol.ends_with("-")) return Instruction::Sub;
  if (Symbol.ends_with("*")) return Instruction::Mul;
  return std::nullopt;
}

static std::optional<unsigned> opcode(const Operator &Operator) {
  auto Symbol = Operator.Symbol;
  if (Operator.IsFloat) {
    if (isPrefix(Operator)) return Instruction::FNeg;
    if (Symbol == "+") return Instruction::FAdd;
    if (Symbol == "-") return Instruction::FSub;
    if (Symbol == "*") return Instruction::FMul;
    if (Symbol == "/") return Instruction::FDiv;
    return std::nullopt;
  }
  if (Symbol == "/") return Operator.IsSigned ? Instruction::SDiv : Instruction::UDiv;
  if (Symbol == "%") return Operator.IsSigned ? Instruction::SRem : Instruction::URem;
  if (Symbol == "&") return Instruction::And;
  if (Symbol == "|") return Instruction::Or;
  if (Symbol == "^") return Instruction::Xor;
  if (Symbol.starts_with("&") && Symbol.size() == 2) return wrapping(Symbol);
  return std::nullopt;
}

static OperatorUse useOfOverflow(const Operator &Operator, Instruction &Instruction) {
  auto *Call = dyn_cast<WithOverflowInst>(&Instruction);
  auto Binary = wrapping(Operator.Symbol);
  if (!Call || !Binary || Call->getBinaryOp() != *Binary || Call->isSigned() != Operator.IsSigned)
    return {};
  bool Wraps = Operator.Symbol.starts_with("&");
  if (looksAtOverflow(Instruction) == Wraps) return {};
  // `a &* b` is `b.multipliedReportingOverflow(by: a)` in the standard library.
  bool IsSwapped = Operator.Symbol == "&*";
  return {&Instruction, {Call->getArgOperand(IsSwapped), Call->getArgOperand(!IsSwapped)}, false};
}

static OperatorUse useOfComparison(const Operator &Operator, CmpInst &Compare) {
  auto Predicate = Compare.getPredicate();
  auto *Left = Compare.getOperand(0), *Right = Compare.getOperand(1);
  if (Operator.Symbol == "==") {
    auto Equal = Operator.IsFloat ? CmpInst::FCMP_OEQ : CmpInst::ICMP_EQ;
    if (Predicate == Equal) return {&Compare, {Left, Right}, false};
    if (Predicate == CmpInst::getInversePredicate(Equal)) return {&Compare, {Left, Right}, true};
  }
  if (Operator.Symbol == "<") {
    auto Less = Operator.IsFloat    ? CmpInst::FCMP_OLT
                : Operator.IsSigned ? CmpInst::ICMP_SLT
                                    : CmpInst::ICMP_ULT;
    if (Predicate == Less) return {&Compare, {Left, Right}, false};
    if (Predicate == CmpInst::getSwappedPredicate(Less)) return {&Compare, {Right, Left}, false};
    auto AtLeast = CmpInst::getInversePredicate(Less);
    if (Predicate == AtLeast) return {&Compare, {Left, Right}, true};
    if (Predicate == CmpInst::getSwappedPredicate(AtLeast)) return {&Compare, {Right, Left}, true};
  }
  return {};
}

OperatorUse use(const Operator &Operator, Instruction &Instruction) {
  auto *Type = machineType(Operator, Instruction.getContext());
  if (!Instruction.getNumOperands() || Instruction.getOperand(0)->getType() != Type) return {};
  OperatorUse Use;
  if (isa<WithOverflowInst>(Instruction))
    Use = useOfOverflow(Operator, Instruction);
  else if (auto *Compare = dyn_cast<CmpInst>(&Instruction))
    Use = useOfComparison(Operator, *Compare);
  else if (auto Code = opcode(Operator); Code && Instruction.getOpcode() == *Code)
    Use = {&Instruction,
           {Instruction.operand_values().begin(), Instruction.operand_values().end()},
           false};
  return Use && isTheProgramsOwn(Instruction) ? Use : OperatorUse();
}

void replace(const OperatorUse &Use, Function &Replacement) {
  auto &Old = *Use.Instruction;
  IRBuilder<> Builder(&Old);
  auto *Call = Builder.CreateCall(&Replacement, Use.Operands);
  Call->setCallingConv(Replacement.getCallingConv());
  Value *New = Call;
  if (Use.IsNegated) New = Builder.CreateNot(New);
  if (auto *Pair = dyn_cast<StructType>(Old.getType())) {
    auto *None =
        ConstantStruct::get(Pair, {PoisonValue::get(Pair->getElementType(0)), Builder.getFalse()});
    New = Builder.CreateInsertValue(None, New, 0);
  }
  Old.replaceAllUsesWith(New);
  Old.eraseFromParent();
}

// What traps on overflow:
//   %p = call { i64, i1 } @llvm.smul.with.overflow.i64(i64 %a, i64 %b)
//   br i1 (extractvalue %p, 1), label %trap, label %done
static void buildChecked(IRBuilder<> &Builder, Intrinsic::ID Id, Function &Function) {
  auto &Context = Function.getContext();
  auto *Trap = BasicBlock::Create(Context, "trap", &Function);
  auto *Done = BasicBlock::Create(Context, "done", &Function);
  auto *Pair = Builder.CreateBinaryIntrinsic(Id, Function.getArg(0), Function.getArg(1));
  Builder.CreateCondBr(Builder.CreateExtractValue(Pair, 1), Trap, Done);
  IRBuilder<> Trapping(Trap);
  Trapping.CreateIntrinsic(Intrinsic::trap, {});
  Trapping.CreateUnreachable();
  Builder.SetInsertPoint(Done);
  Builder.CreateRet(Builder.CreateExtractValue(Pair, 0));
}

static Intrinsic::ID checked(const Operator &Operator) {
  switch (Operator.Symbol.front()) {
    case '+':
      return Operator.IsSigned ? Intrinsic::sadd_with_overflow : Intrinsic::uadd_with_overflow;
    case '-':
      return Operator.IsSigned ? Intrinsic::ssub_with_overflow : Intrinsic::usub_with_overflow;
    default:
      return Operator.IsSigned ? Intrinsic::smul_with_overflow : Intrinsic::umul_with_overflow;
  }
}

Function *operatorFunction(const Operator &Operator, Module &Module) {
  auto Name = ("rayc.operator." + Operator.TypeName + "." + (isPrefix(Operator) ? "prefix" : "") +
               Operator.Symbol)
                  .str();
  if (auto *Known = Module.getFunction(Name)) return Known;
  auto &Context = Module.getContext();
  auto *Type = machineType(Operator, Context);
  bool IsTest = Operator.Symbol == "==" || Operator.Symbol == "<";
  SmallVector<llvm::Type *, 2> Types(isPrefix(Operator) ? 1 : 2, Type);
  auto *Result = IsTest ? Type::getInt1Ty(Context) : Type;
  auto *Function = Function::Create(FunctionType::get(Result, Types, false),
                                    GlobalValue::InternalLinkage, Name, Module);
  Function->setCallingConv(CallingConv::Swift);
  Function->addFnAttr(Attribute::AlwaysInline);
  IRBuilder<> Builder(BasicBlock::Create(Context, "", Function));
  auto *Left = Function->getArg(0), *Right = Function->getArg(Types.size() - 1);
  if (Operator.Symbol == "==")
    Builder.CreateRet(Operator.IsFloat ? Builder.CreateFCmpOEQ(Left, Right)
                                       : Builder.CreateICmpEQ(Left, Right));
  else if (Operator.Symbol == "<")
    Builder.CreateRet(Operator.IsFloat    ? Builder.CreateFCmpOLT(Left, Right)
                      : Operator.IsSigned ? Builder.CreateICmpSLT(Left, Right)
                                          : Builder.CreateICmpULT(Left, Right));
  else if (isPrefix(Operator))
    Builder.CreateRet(Builder.CreateFNeg(Left));
  else if (auto Code = opcode(Operator))
    Builder.CreateRet(Builder.CreateBinOp(Instruction::BinaryOps(*Code), Left, Right));
  else
    buildChecked(Builder, checked(Operator), *Function);
  return Function;
}

}  // namespace rayc
