#include "Operations.h"

#include "Plumbing.h"
#include "ValueType.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace rayc {

// The symbol of what is done by one instruction -----------------------------------------

static StringRef comparison(CmpInst::Predicate Predicate) {
  switch (Predicate) {
    case CmpInst::ICMP_EQ:
    case CmpInst::FCMP_OEQ:
    case CmpInst::FCMP_UEQ: return "==";
    case CmpInst::ICMP_NE:
    case CmpInst::FCMP_ONE:
    case CmpInst::FCMP_UNE: return "!=";
    case CmpInst::ICMP_SLT:
    case CmpInst::ICMP_ULT:
    case CmpInst::FCMP_OLT:
    case CmpInst::FCMP_ULT: return "<";
    case CmpInst::ICMP_SLE:
    case CmpInst::ICMP_ULE:
    case CmpInst::FCMP_OLE:
    case CmpInst::FCMP_ULE: return "<=";
    case CmpInst::ICMP_SGT:
    case CmpInst::ICMP_UGT:
    case CmpInst::FCMP_OGT:
    case CmpInst::FCMP_UGT: return ">";
    case CmpInst::ICMP_SGE:
    case CmpInst::ICMP_UGE:
    case CmpInst::FCMP_OGE:
    case CmpInst::FCMP_UGE: return ">=";
    case CmpInst::FCMP_UNO: return "isNaN";
    default: return "";
  }
}

static StringRef binary(const BinaryOperator &Binary) {
  bool IsBool = Binary.getType()->isIntegerTy(1);
  switch (Binary.getOpcode()) {
    case Instruction::Add: return "&+";
    case Instruction::Sub: return "&-";
    case Instruction::Mul: return "&*";
    case Instruction::FAdd: return "+";
    case Instruction::FSub: return "-";
    case Instruction::FMul: return "*";
    case Instruction::FDiv:
    case Instruction::SDiv:
    case Instruction::UDiv: return "/";
    case Instruction::FRem:
    case Instruction::SRem:
    case Instruction::URem: return "%";
    case Instruction::Shl: return "<<";
    case Instruction::AShr:
    case Instruction::LShr: return ">>";
    case Instruction::And: return IsBool ? "&&" : "&";
    case Instruction::Or: return IsBool ? "||" : "|";
    case Instruction::Xor: {
      auto *Right = dyn_cast<ConstantInt>(Binary.getOperand(1));
      if (IsBool) return Right ? "!" : "!=";
      return Right && Right->isMinusOne() ? "~" : "^";
    }
    default: return "";
  }
}

// Whether the second half of an overflow intrinsic's result is looked at.
static bool looksAtOverflow(const WithOverflowInst &Call) {
  return any_of(Call.users(), [](const User *User) {
    auto *Part = dyn_cast<ExtractValueInst>(User);
    return !Part || (Part->getIndices()[0] == 1 && !Part->use_empty());
  });
}

static StringRef overflow(const WithOverflowInst &Call) {
  bool IsChecked = looksAtOverflow(Call);
  switch (Call.getBinaryOp()) {
    case Instruction::Add: return IsChecked ? "+" : "&+";
    case Instruction::Sub: return IsChecked ? "-" : "&-";
    default: return IsChecked ? "*" : "&*";
  }
}

// Intrinsics of mathematics and of bits: their own name.
static StringRef mathematics(const IntrinsicInst &Call) {
  switch (Call.getIntrinsicID()) {
    case Intrinsic::sqrt:
    case Intrinsic::fma:
    case Intrinsic::fmuladd:
    case Intrinsic::floor:
    case Intrinsic::ceil:
    case Intrinsic::trunc:
    case Intrinsic::rint:
    case Intrinsic::nearbyint:
    case Intrinsic::round:
    case Intrinsic::roundeven:
    case Intrinsic::fabs:
    case Intrinsic::copysign:
    case Intrinsic::minnum:
    case Intrinsic::maxnum:
    case Intrinsic::minimum:
    case Intrinsic::maximum:
    case Intrinsic::sin:
    case Intrinsic::cos:
    case Intrinsic::exp:
    case Intrinsic::exp2:
    case Intrinsic::log:
    case Intrinsic::log2:
    case Intrinsic::log10:
    case Intrinsic::pow:
    case Intrinsic::powi:
    case Intrinsic::ctlz:
    case Intrinsic::cttz:
    case Intrinsic::ctpop:
    case Intrinsic::bswap:
    case Intrinsic::bitreverse:
      return Intrinsic::getBaseName(Call.getIntrinsicID()).drop_front(strlen("llvm."));
    default: return "";
  }
}

static StringRef symbol(const Instruction &Instruction) {
  if (auto *Call = dyn_cast<WithOverflowInst>(&Instruction)) return overflow(*Call);
  if (auto *Call = dyn_cast<IntrinsicInst>(&Instruction)) return mathematics(*Call);
  if (auto *Compare = dyn_cast<CmpInst>(&Instruction)) {
    // Whether there is an object: an optional, a class whose metadata is not made yet.
    bool IsNilCheck = isa<ConstantPointerNull>(Compare->getOperand(1)) ||
                      isa<ConstantPointerNull>(Compare->getOperand(0));
    return IsNilCheck ? "" : comparison(Compare->getPredicate());
  }
  if (auto *Binary = dyn_cast<BinaryOperator>(&Instruction)) return binary(*Binary);
  if (isa<UnaryOperator>(Instruction)) return "-";
  if (auto *Cast = dyn_cast<CastInst>(&Instruction)) {
    bool IsNumber = !isa<PtrToIntInst, IntToPtrInst, BitCastInst, AddrSpaceCastInst>(Cast);
    // A Bool on its way to memory or back.
    bool IsBool = Cast->getSrcTy()->isIntegerTy(1) || Cast->getDestTy()->isIntegerTy(1);
    return IsNumber && !IsBool ? "init" : "";
  }
  // `&&` is `phi [ false, %left ], [ %right, %other ]`, `||` has `true`.
  auto *Phi = dyn_cast<PHINode>(&Instruction);
  if (!Phi || !Phi->getType()->isIntegerTy(1) || Phi->getNumIncomingValues() != 2) return "";
  auto *First = dyn_cast<ConstantInt>(Phi->getIncomingValue(0));
  auto *Second = dyn_cast<ConstantInt>(Phi->getIncomingValue(1));
  if (!First == !Second) return "";
  return (First ? First : Second)->isZero() ? "&&" : "||";
}

bool isOfOneType(const Instruction &Instruction) {
  return isa<BinaryOperator, UnaryOperator, IntrinsicInst, PHINode, SelectInst>(Instruction);
}

std::optional<bool> isSigned(const Instruction &Instruction) {
  if (auto *Call = dyn_cast<WithOverflowInst>(&Instruction)) return Call->isSigned();
  if (auto *Compare = dyn_cast<ICmpInst>(&Instruction)) {
    if (Compare->isEquality()) return std::nullopt;
    return Compare->isSigned();
  }
  switch (Instruction.getOpcode()) {
    case Instruction::SDiv:
    case Instruction::SRem:
    case Instruction::AShr:
    case Instruction::SExt:
    case Instruction::SIToFP: return true;
    case Instruction::UDiv:
    case Instruction::URem:
    case Instruction::LShr:
    case Instruction::ZExt:
    case Instruction::UIToFP: return false;
    default: return std::nullopt;
  }
}

// What stands at one place of the source -------------------------------------------------

namespace {

/// A place of the source, and whose code stands there.
struct Spot {
  const DISubprogram *Program = nullptr;
  const DILocation *InlinedAt = nullptr;
  unsigned Line = 0, Column = 0;
  /// The mangled name of the standard library's function that was inlined there, if one was.
  StringRef Inlined;

  bool operator==(const Spot &Other) const {
    return Program == Other.Program && InlinedAt == Other.InlinedAt && Line == Other.Line &&
           Column == Other.Column;
  }
};

}  // namespace

// Takes an identifier off the front of a mangled name: `4main`.
static StringRef takeIdentifier(StringRef &Rest) {
  auto Digits = Rest.take_while(isDigit);
  unsigned Length;
  if (Digits.empty() || Digits.getAsInteger(10, Length)) return "";
  auto Text = Rest.substr(Digits.size(), Length);
  Rest = Rest.substr(Digits.size() + Length);
  return Text;
}

bool isOfSwift(StringRef Name) {
  StringRef Rest = Name;
  if (!Rest.consume_front("$ss") && !Rest.consume_front("$sS")) return false;
  bool IsShort = Name[3 - 1] == 'S';
  if (IsShort) {
    if (Rest.empty() || !isAlpha(Rest.front())) return false;
    Rest = Rest.drop_front();
  } else if (!takeIdentifier(Rest).empty() && !Rest.empty() &&
             StringRef("VCOP").contains(Rest[0])) {
    Rest = Rest.drop_front();
  }
  return takeIdentifier(Rest).empty() || !Rest.starts_with("E");
}

// `==` of an enum or struct that declares none.
static bool isDerivedEquality(StringRef Name) {
  return Name.contains("__derived_enum_equals") || Name.contains("__derived_struct_equals");
}

// Whether it is an operator (`…1moi…`) or an initialiser (`…cfC`).
static bool isOperatorOrInitialiser(StringRef Name) {
  if (Name.ends_with("fC") || isDerivedEquality(Name)) return true;
  for (size_t At = 0; (At = Name.find('o', At)) != StringRef::npos; At++)
    if (At > 0 && At + 1 < Name.size() && StringRef("ipP").contains(Name[At + 1]) &&
        StringRef("pmsdrlgenaoxt").contains(Name[At - 1]) &&
        Name.take_front(At).find_if(isDigit) != StringRef::npos) {
      // The identifier in front of the marker ends just there.
      for (size_t Begin = At; Begin-- > 3;) {
        StringRef Rest = Name.substr(Begin);
        if (isDigit(Rest[0]) && !isDigit(Name[Begin - 1])) {
          auto Text = takeIdentifier(Rest);
          if (!Text.empty() && Rest.data() == Name.data() + At && Text.find_if_not([](char C) {
                return StringRef("pmsdrlgenaoxt").contains(C);
              }) == StringRef::npos)
            return true;
        }
      }
    }
  return false;
}

static Spot spot(const Instruction &Instruction) {
  Spot Spot;
  const DILocation *At = Instruction.getDebugLoc();
  while (At) {
    auto *Program = At->getScope()->getSubprogram();
    auto Name = Program ? Program->getLinkageName() : StringRef();
    bool IsInlined = At->getInlinedAt() && (isOfSwift(Name) || isDerivedEquality(Name));
    if (!IsInlined) break;
    Spot.Inlined = Name;
    At = At->getInlinedAt();
  }
  if (!At) return Spot;
  Spot.Program = At->getScope()->getSubprogram();
  Spot.InlinedAt = At->getInlinedAt();
  Spot.Line = At->getLine();
  Spot.Column = At->getColumn();
  return Spot;
}

// Whether the program's own source stands there: no code of the standard library that is more than
// an operator, nothing that the compiler added.
static bool isTheProgramsOwn(const Spot &Spot) {
  return Spot.Line && (Spot.Inlined.empty() || isOperatorOrInitialiser(Spot.Inlined));
}

// Sizes, addresses and tables: what comes out of metadata, or is an address.
static bool isOfCompiler(const Value *Value, unsigned Depth = 4) {
  if (isa<PtrToIntOperator>(Value) || isa<IntToPtrInst>(Value)) return true;
  if (auto *Load = dyn_cast<LoadInst>(Value)) return isPlumbing(*Load);
  if (auto *Call = dyn_cast<CallBase>(Value); Call && !isa<IntrinsicInst>(Call))
    return isPlumbing(*Call);
  auto *Step = dyn_cast<Instruction>(Value);
  bool Follows = Step && Depth && isa<BinaryOperator, CastInst, ExtractValueInst>(Step);
  return Follows &&
         any_of(Step->operand_values(), [&](auto *Each) { return isOfCompiler(Each, Depth - 1); });
}

// What uses a value, behind the parts of an overflow intrinsic's result and hints.
static void collectUsers(const Instruction &Value, SmallVectorImpl<const Instruction *> &Users) {
  for (auto *User : Value.users()) {
    auto *Instruction = cast<llvm::Instruction>(User);
    auto *Part = dyn_cast<ExtractValueInst>(Instruction);
    auto *Hint = dyn_cast<IntrinsicInst>(Instruction);
    // Whether it overflows is not what comes out.
    if (Part && isa<WithOverflowInst>(Value) && Part->getIndices()[0] == 1) continue;
    if (Part || (Hint && Hint->getIntrinsicID() == Intrinsic::expect))
      collectUsers(*Instruction, Users);
    else
      Users.push_back(Instruction);
  }
}

static bool isResult(const Instruction &Instruction, const Spot &Here) {
  SmallVector<const llvm::Instruction *> Users;
  collectUsers(Instruction, Users);
  return any_of(Users, [&](auto *User) { return isa<ReturnInst>(User) || !(spot(*User) == Here); });
}

// Whether a value merges what the instructions of one operator compute: `<<` by any amount.
static Instruction *mergedBy(Instruction &Instruction, const Spot &Here) {
  if (!isa<PHINode, SelectInst>(Instruction)) return nullptr;
  // That of the operands themselves; another way has them changed: `a << -1` is `a >> 1`.
  auto IsOperand = [&](Value *Value) {
    auto *Operand = dyn_cast<llvm::Instruction>(Value);
    // An amount is cut to the number's width.
    bool IsMask = Operand && Operand->getOpcode() == llvm::Instruction::And &&
                  isa<Constant>(Operand->getOperand(1)) && spot(*Operand) == Here;
    if (IsMask) {
      Value = Operand->getOperand(0);
      Operand = dyn_cast<llvm::Instruction>(Value);
    }
    return !isa<Constant>(Value) && !(Operand && spot(*Operand) == Here);
  };
  for (auto *Value : Instruction.operand_values()) {
    auto *Source = dyn_cast<BinaryOperator>(Value);
    if (Source && spot(*Source) == Here && all_of(Source->operand_values(), IsOperand))
      return Source;
  }
  return nullptr;
}

// Whether a value only decides whether the program goes on.
static bool isCheck(const Instruction &Value) {
  SmallVector<const Instruction *> Users;
  collectUsers(Value, Users);
  return all_of(Users, [](auto *User) {
    return isa<BranchInst>(User) && any_of(successors(User->getParent()), [](auto *Block) {
             return isa<UnreachableInst>(Block->getTerminator());
           });
  });
}

DenseMap<const Instruction *, Operation> operations(Function &Function) {
  DenseMap<const Instruction *, Operation> Found;
  std::optional<DominatorTree> Dominators;
  if (isPlumbing(Function) || isThunk(Function)) return Found;
  for (auto &Instruction : instructions(Function)) {
    auto Symbol = symbol(Instruction);
    auto *Source = isa<PHINode>(Instruction) ? nullptr : &Instruction;
    if (Symbol.empty() && !isa<PHINode, SelectInst>(Instruction)) continue;
    auto Here = spot(Instruction);
    if (!isTheProgramsOwn(Here)) continue;
    if (Symbol.empty()) {
      Source = mergedBy(Instruction, Here);
      if (!Source) continue;
      Symbol = symbol(*Source);
    }
    auto *Type = Instruction.getType();
    bool HasType = isa<WithOverflowInst>(Instruction) || valueType(Type);
    if (!HasType || Type->isPointerTy() || !isResult(Instruction, Here)) continue;
    if (isa<PHINode>(Instruction) && isCheck(Instruction)) continue;
    if (Source && any_of(Source->operand_values(), [](auto *Value) { return isOfCompiler(Value); }))
      continue;
    // Where the source is one of several ways, its operands need not be there on the others.
    if (Source && Source != &Instruction) {
      if (!Dominators) Dominators.emplace(Function);
      bool IsThere = all_of(Source->operands(), [&](Use &Operand) {
        return Dominators->dominates(Operand.get(),
                                     &*Instruction.getParent()->getFirstInsertionPt());
      });
      if (!IsThere) Source = nullptr;
    }
    Found[&Instruction] = {Source, Symbol};
  }
  return Found;
}

}  // namespace rayc
