#include "TagOperations.h"

#include "CallbackEmitter.h"
#include "Operations.h"

#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace rayc {

// Which operation it is ------------------------------------------------------------------

static unsigned numberOf(Instruction::BinaryOps Opcode) {
  switch (Opcode) {
    case Instruction::Add: return tags::OpAdd;
    case Instruction::Sub: return tags::OpSub;
    case Instruction::Mul: return tags::OpMul;
    case Instruction::SDiv: return tags::OpSdiv;
    case Instruction::UDiv: return tags::OpUdiv;
    case Instruction::SRem: return tags::OpSrem;
    case Instruction::URem: return tags::OpUrem;
    case Instruction::Shl: return tags::OpShl;
    case Instruction::LShr: return tags::OpLshr;
    case Instruction::AShr: return tags::OpAshr;
    case Instruction::And: return tags::OpAnd;
    case Instruction::Or: return tags::OpOr;
    case Instruction::Xor: return tags::OpXor;
    case Instruction::FAdd: return tags::OpFadd;
    case Instruction::FSub: return tags::OpFsub;
    case Instruction::FMul: return tags::OpFmul;
    case Instruction::FDiv: return tags::OpFdiv;
    case Instruction::FRem: return tags::OpFrem;
    default: return tags::OpUnknown;
  }
}

static unsigned numberOf(Instruction::CastOps Opcode) {
  switch (Opcode) {
    case Instruction::Trunc: return tags::OpTrunc;
    case Instruction::ZExt: return tags::OpZext;
    case Instruction::SExt: return tags::OpSext;
    case Instruction::FPTrunc: return tags::OpFptrunc;
    case Instruction::FPExt: return tags::OpFpext;
    case Instruction::FPToSI: return tags::OpFptosi;
    case Instruction::FPToUI: return tags::OpFptoui;
    case Instruction::SIToFP: return tags::OpSitofp;
    case Instruction::UIToFP: return tags::OpUitofp;
    default: return tags::OpUnknown;
  }
}

static unsigned numberOf(Intrinsic::ID Id) {
  switch (Id) {
    case Intrinsic::sadd_sat: return tags::OpSaddSaturating;
    case Intrinsic::uadd_sat: return tags::OpUaddSaturating;
    case Intrinsic::ssub_sat: return tags::OpSsubSaturating;
    case Intrinsic::usub_sat: return tags::OpUsubSaturating;
    case Intrinsic::smax: return tags::OpSmax;
    case Intrinsic::smin: return tags::OpSmin;
    case Intrinsic::umax: return tags::OpUmax;
    case Intrinsic::umin: return tags::OpUmin;
    case Intrinsic::abs: return tags::OpAbs;
    case Intrinsic::ctpop: return tags::OpCtpop;
    case Intrinsic::ctlz: return tags::OpCtlz;
    case Intrinsic::cttz: return tags::OpCttz;
    case Intrinsic::bswap: return tags::OpBswap;
    case Intrinsic::bitreverse: return tags::OpBitreverse;
    case Intrinsic::fshl: return tags::OpFshl;
    case Intrinsic::fshr: return tags::OpFshr;
    case Intrinsic::sqrt: return tags::OpSqrt;
    case Intrinsic::sin: return tags::OpSin;
    case Intrinsic::cos: return tags::OpCos;
    case Intrinsic::tan: return tags::OpTan;
    case Intrinsic::asin: return tags::OpAsin;
    case Intrinsic::acos: return tags::OpAcos;
    case Intrinsic::atan: return tags::OpAtan;
    case Intrinsic::atan2: return tags::OpAtan2;
    case Intrinsic::sinh: return tags::OpSinh;
    case Intrinsic::cosh: return tags::OpCosh;
    case Intrinsic::tanh: return tags::OpTanh;
    case Intrinsic::exp: return tags::OpExp;
    case Intrinsic::exp2: return tags::OpExp2;
    case Intrinsic::exp10: return tags::OpExp10;
    case Intrinsic::log: return tags::OpLog;
    case Intrinsic::log2: return tags::OpLog2;
    case Intrinsic::log10: return tags::OpLog10;
    case Intrinsic::pow: return tags::OpPow;
    case Intrinsic::powi: return tags::OpPowi;
    case Intrinsic::fma:
    case Intrinsic::fmuladd: return tags::OpFma;
    case Intrinsic::fabs: return tags::OpFabs;
    case Intrinsic::copysign: return tags::OpCopysign;
    case Intrinsic::floor: return tags::OpFloor;
    case Intrinsic::ceil: return tags::OpCeil;
    case Intrinsic::trunc: return tags::OpTruncate;
    case Intrinsic::rint:
    case Intrinsic::nearbyint: return tags::OpRint;
    case Intrinsic::round: return tags::OpRound;
    case Intrinsic::roundeven: return tags::OpRoundeven;
    case Intrinsic::minnum: return tags::OpMinnum;
    case Intrinsic::maxnum: return tags::OpMaxnum;
    case Intrinsic::minimum: return tags::OpMinimum;
    case Intrinsic::maximum: return tags::OpMaximum;
    case Intrinsic::ldexp: return tags::OpLdexp;
    default: return tags::OpUnknown;
  }
}

// Functions of the C library; those of `float` end in `f`.
static unsigned numberOf(StringRef Name, bool IsFloat) {
  static constexpr std::pair<StringLiteral, unsigned> Known[] = {
      {"sin", tags::OpSin},           {"cos", tags::OpCos},     {"tan", tags::OpTan},
      {"asin", tags::OpAsin},         {"acos", tags::OpAcos},   {"atan", tags::OpAtan},
      {"atan2", tags::OpAtan2},       {"sinh", tags::OpSinh},   {"cosh", tags::OpCosh},
      {"tanh", tags::OpTanh},         {"exp", tags::OpExp},     {"exp2", tags::OpExp2},
      {"exp10", tags::OpExp10},       {"expm1", tags::OpExpm1}, {"log", tags::OpLog},
      {"log2", tags::OpLog2},         {"log10", tags::OpLog10}, {"log1p", tags::OpLog1p},
      {"pow", tags::OpPow},           {"fma", tags::OpFma},     {"fabs", tags::OpFabs},
      {"copysign", tags::OpCopysign}, {"floor", tags::OpFloor}, {"ceil", tags::OpCeil},
      {"trunc", tags::OpTruncate},    {"rint", tags::OpRint},   {"nearbyint", tags::OpRint},
      {"round", tags::OpRound},       {"sqrt", tags::OpSqrt},   {"fmin", tags::OpMinnum},
      {"fmax", tags::OpMaxnum},       {"hypot", tags::OpHypot}, {"cbrt", tags::OpCbrt},
      {"fmod", tags::OpFrem},         {"ldexp", tags::OpLdexp}, {"scalbn", tags::OpLdexp},
  };
  if (IsFloat && !Name.consume_back("f")) return tags::OpUnknown;
  for (auto &[Text, Number] : Known)
    if (Name == Text) return Number;
  return tags::OpUnknown;
}

static unsigned numberOfCall(const CallBase &Call) {
  if (auto *Intrinsic = dyn_cast<IntrinsicInst>(&Call))
    return numberOf(Intrinsic->getIntrinsicID());
  auto *Callee = Call.getCalledFunction();
  auto *Type = Call.getType();
  bool IsNumber = Type->isDoubleTy() || Type->isFloatTy();
  if (!Callee || !Callee->isDeclaration() || !IsNumber || Call.arg_empty()) return tags::OpUnknown;
  unsigned Number = numberOf(Callee->getName(), Type->isFloatTy());
  bool Fits = all_of(Call.args(), [&](const Use &Argument) {
    bool IsExponent = Number == tags::OpLdexp && Argument->getType()->isIntegerTy();
    return Argument->getType() == Type || IsExponent;
  });
  return Fits ? Number : unsigned(tags::OpUnknown);
}

// Whether a Swift type's letters or name are an unsigned number's.
static bool isUnsigned(StringRef Mangled) {
  return Mangled.starts_with("Su") || Mangled.starts_with("s4UInt") ||
         Mangled.starts_with("s5UInt") || Mangled.starts_with("s6UInt");
}

// What a conversion does, by the types of the machine and whether Swift's are unsigned ones.
static unsigned conversion(Type *From, Type *To, bool IsFromUnsigned, bool IsToUnsigned) {
  bool IsFromInteger = From->isIntegerTy(), IsToInteger = To->isIntegerTy();
  auto FromWidth = From->getScalarSizeInBits(), ToWidth = To->getScalarSizeInBits();
  if (IsFromInteger && IsToInteger) {
    if (FromWidth == ToWidth) return tags::OpBitcast;
    if (FromWidth > ToWidth) return tags::OpTrunc;
    return IsFromUnsigned ? tags::OpZext : tags::OpSext;
  }
  if (IsFromInteger) return IsFromUnsigned ? tags::OpUitofp : tags::OpSitofp;
  if (IsToInteger) return IsToUnsigned ? tags::OpFptoui : tags::OpFptosi;
  if (FromWidth == ToWidth) return tags::OpUnknown;
  return FromWidth > ToWidth ? tags::OpFptrunc : tags::OpFpext;
}

// A function of the standard library's numbers that is called where the program is not optimised,
// of scalars alone: `Float.init(Double)`, `$sSfySfSdcfC`. Most are no operation of the machine, and
// have no number.
static std::optional<unsigned> numberOfLibrary(const CallBase &Call) {
  auto *Callee = Call.getCalledFunction();
  if (!Callee || !Callee->isDeclaration()) return std::nullopt;
  auto IsScalar = [](Type *Type) { return Type->isIntegerTy() || Type->isFloatingPointTy(); };
  bool HasScalars = IsScalar(Call.getType()) && !Call.arg_empty() && Call.arg_size() <= 3 &&
                    all_of(Call.args(), [&](auto &Each) { return IsScalar(Each->getType()); });
  StringRef Name = Callee->getName();
  if (!HasScalars || !isOfSwift(Name) || !Name.consume_front("$s")) return std::nullopt;
  static constexpr StringLiteral Numbers[] = {"Sd",        "Sf",         "Si",        "Su",
                                              "Sb",        "s4Int8V",    "s5Int16V",  "s5Int32V",
                                              "s5Int64V",  "s5UInt8V",   "s6UInt16V", "s6UInt32V",
                                              "s6UInt64V", "s7Float16V", "s7Float80V"};
  auto Of = find_if(Numbers, [&](StringRef Type) { return Name.starts_with(Type); });
  if (Of == std::end(Numbers)) return std::nullopt;
  // `ySdSicfC`: without labels, the result, the one parameter.
  StringRef Rest = Name.drop_front(Of->size());
  bool IsConversion = Call.arg_size() == 1 && (Rest.ends_with("cfC") || Rest.ends_with("cfc")) &&
                      Rest.consume_front("y") && Rest.consume_front(*Of);
  if (!IsConversion) return tags::OpUnknown;
  return conversion(Call.getArgOperand(0)->getType(), Call.getType(), isUnsigned(Rest),
                    isUnsigned(*Of));
}

// The machine's type of a number of the standard library's, by its mangled name.
static Type *numberType(StringRef Mangled, LLVMContext &Context) {
  if (Mangled == "Sd") return Type::getDoubleTy(Context);
  if (Mangled == "Sf") return Type::getFloatTy(Context);
  unsigned Width = 0;
  if (Mangled == "Si" || Mangled == "Su" || Mangled == "s5Int64V" || Mangled == "s6UInt64V")
    Width = 64;
  else if (Mangled == "s5Int32V" || Mangled == "s6UInt32V")
    Width = 32;
  else if (Mangled == "s5Int16V" || Mangled == "s6UInt16V")
    Width = 16;
  else if (Mangled == "s4Int8V" || Mangled == "s5UInt8V")
    Width = 8;
  return Width ? Type::getIntNTy(Context, Width) : nullptr;
}

// `call double @"$sSdySdxcSzRzlufC"(ptr %value, ptr @"$ss5Int32VN", …)`
std::optional<GenericConversion> genericConversion(const CallBase &Call) {
  auto *Callee = Call.getCalledFunction();
  if (!Callee || !Callee->isDeclaration() || Call.arg_size() < 2) return std::nullopt;
  StringRef Name = Callee->getName();
  auto *Metadata = dyn_cast<GlobalValue>(Call.getArgOperand(1)->stripPointerCasts());
  bool HasTypes = Metadata && Call.getArgOperand(0)->getType()->isPointerTy() &&
                  (Call.getType()->isIntegerTy() || Call.getType()->isFloatingPointTy());
  if (!HasTypes || !Name.ends_with("lufC") || !isOfSwift(Name)) return std::nullopt;
  StringRef From = Metadata->getName();
  if (!From.consume_front("$s") || !From.consume_back("N")) return std::nullopt;
  auto *Source = numberType(From, Callee->getContext());
  if (!Source) return std::nullopt;
  // `Double.init<A>(A)`, or with the label `truncatingIfNeeded`.
  bool IsPlain =
      Name.contains("xcSz") || Name.contains("xcSB") || Name.contains("truncatingIfNeeded");
  unsigned Number =
      IsPlain ? conversion(Source, Call.getType(), isUnsigned(From), isUnsigned(Name.drop_front(2)))
              : unsigned(tags::OpUnknown);
  return GenericConversion{Number, Source};
}

static unsigned operandCount(unsigned Number) {
  switch (Number) {
    case tags::OpFma:
    case tags::OpFshl:
    case tags::OpFshr: return 3;
    case tags::OpAbs:
    case tags::OpCtlz:
    case tags::OpCttz: return 1;  // what else they have says what is undefined
    default: return 2;
  }
}

std::optional<MachineOperation> machineOperation(Instruction &Instruction) {
  MachineOperation Found{tags::OpUnknown, {}, Instruction.getOpcodeName()};
  if (auto *Binary = dyn_cast<BinaryOperator>(&Instruction)) {
    Found.Number = numberOf(Binary->getOpcode());
  } else if (isa<UnaryOperator>(Instruction)) {
    Found.Number = tags::OpFneg;
  } else if (auto *Compare = dyn_cast<ICmpInst>(&Instruction)) {
    Found.Number = tags::OpEq + unsigned(Compare->getPredicate() - CmpInst::ICMP_EQ);
  } else if (auto *Compare = dyn_cast<FCmpInst>(&Instruction)) {
    Found.Number = tags::OpFcmp + unsigned(Compare->getPredicate());
  } else if (auto *Cast = dyn_cast<CastInst>(&Instruction)) {
    Found.Number = numberOf(Cast->getOpcode());
  } else if (auto *Step = dyn_cast<GetElementPtrInst>(&Instruction)) {
    auto *Index = find_if(Step->indices(), [](const Use &Index) { return !isa<Constant>(Index); });
    if (Index == Step->idx_end() || Step->getType()->isVectorTy()) return std::nullopt;
    return MachineOperation{tags::OpAddress, {Step->getPointerOperand(), *Index}, Found.Name};
  } else if (auto *Checked = dyn_cast<WithOverflowInst>(&Instruction)) {
    Found.Number = numberOf(Checked->getBinaryOp());
    Found.Name = Intrinsic::getBaseName(Checked->getIntrinsicID()).drop_front(strlen("llvm."));
    Found.Operands = {Checked->getLHS(), Checked->getRHS()};
    return Found;
  } else if (auto *Call = dyn_cast<CallBase>(&Instruction)) {
    Found.Number = numberOfCall(*Call);
    auto *Callee = Call->getCalledFunction();
    if (Callee) Found.Name = Callee->getName();
    if (auto *Known = dyn_cast<IntrinsicInst>(Call))
      Found.Name = Intrinsic::getBaseName(Known->getIntrinsicID()).drop_front(strlen("llvm."));
    for (auto &Argument : Call->args())
      if (Found.Operands.size() < operandCount(Found.Number)) Found.Operands.push_back(Argument);
    if (Found.Number != tags::OpUnknown) return Found;
    auto Number = numberOfLibrary(*Call);
    if (!Number) return std::nullopt;
    Found.Number = *Number;
    Found.Operands.assign(Call->arg_begin(), Call->arg_end());
    return Found;
  }
  if (Found.Number == tags::OpUnknown) return std::nullopt;
  append_range(Found.Operands, Instruction.operand_values());
  return Found;
}

std::optional<unsigned> overflowOperation(const WithOverflowInst &Checked) {
  // A branch that only guards a trap has no business with tags.
  auto IsValue = [](const User *Part) {
    auto IsGuard = [](const User *User) { return isa<BranchInst>(User); };
    return any_of(Part->users(), [&](const User *User) {
      auto *Hint = dyn_cast<IntrinsicInst>(User);
      bool IsHint = Hint && Hint->getIntrinsicID() == Intrinsic::expect;
      return IsHint ? !all_of(Hint->users(), IsGuard) : !IsGuard(User);
    });
  };
  bool IsLookedAt = any_of(Checked.users(), [&](const User *User) {
    auto *Part = dyn_cast<ExtractValueInst>(User);
    return !Part || (Part->getIndices()[0] == 1 && IsValue(Part));
  });
  if (!IsLookedAt) return std::nullopt;
  bool IsSigned = Checked.isSigned();
  switch (Checked.getBinaryOp()) {
    case Instruction::Add: return IsSigned ? tags::OpSaddOverflows : tags::OpUaddOverflows;
    case Instruction::Sub: return IsSigned ? tags::OpSsubOverflows : tags::OpUsubOverflows;
    default: return IsSigned ? tags::OpSmulOverflows : tags::OpUmulOverflows;
  }
}

// What comes out -------------------------------------------------------------------------

TagOperations::TagOperations(Function &Function, TagShadow &Shadow, TagCallbacks &Callbacks)
    : Layout(Function.getDataLayout()), Shadow(Shadow), Callbacks(Callbacks) {
  for (auto &[Instruction, Operation] : operations(Function)) {
    OfSource.insert(Instruction);
    if (Operation.Source) OfSource.insert(Operation.Source);
  }
}

bool TagOperations::isOfRepresentation(const Instruction &Instruction) const {
  return isa<ZExtInst, TruncInst>(Instruction) && !OfSource.contains(&Instruction);
}

Value *TagOperations::tagOf(unsigned Number, Value *Result,
                            ArrayRef<std::pair<Value *, Value *>> Operands, Constant *&Site,
                            Instruction &At, StringRef Name, IRBuilder<> &Builder) {
  SmallVector<Value *, 3> Tags;
  for (auto &[Operand, Tag] : Operands) Tags.push_back(Tag);
  auto *Any = Shadow.anyOf(Tags, Builder);
  if (!Callbacks.Operation || (TagShadow::isNone(Any) && !Callbacks.wantsAll()))
    return Shadow.none();
  if (!Site) Site = Callbacks.site(Callbacks.Operation, At, abi::SiteKind::Operation, Name);
  auto *Last = Operands.back().first;
  unsigned Code = tags::operation(Number, Operands.size(), machineType(Result->getType()),
                                  machineType(Last->getType()));
  SmallVector<Value *> Arguments{Builder.getInt32(Code), bitsOf(Result, Builder)};
  for (unsigned I = 0; I < 3; I++) {
    bool IsThere = I < Operands.size();
    Arguments.push_back(IsThere ? bitsOf(Operands[I].first, Builder) : Builder.getInt64(0));
    Arguments.push_back(IsThere ? Operands[I].second : Shadow.none());
  }
  return Callbacks.operation(Arguments, Any, Site, Builder);
}

void TagOperations::emit(Instruction &Instruction, const MachineOperation &Operation,
                         IRBuilder<> &Builder) {
  SmallVector<SmallVector<Value *, 2>, 3> Given;
  for (auto *Operand : Operation.Operands) Given.push_back(Shadow.of(Operand));
  auto Results = leaves(Instruction.getType(), Layout);
  if (isOfRepresentation(Instruction)) return Shadow.set(&Instruction, Given[0]);
  auto *Checked = dyn_cast<WithOverflowInst>(&Instruction);
  bool HasTag = any_of(Given, [](auto &Tags) { return !all_of(Tags, TagShadow::isNone); });
  if (!Callbacks.Operation || (!HasTag && !Callbacks.wantsAll())) return;
  Constant *Site = nullptr;
  auto TagOf = [&](unsigned Number, unsigned Result, unsigned Element) {
    SmallVector<std::pair<Value *, Value *>, 3> Operands;
    for (auto [Operand, Tags] : zip(Operation.Operands, Given)) {
      auto Parts = leaves(Operand->getType(), Layout);
      // A scalar beside vectors (powi's exponent) goes with each element.
      unsigned Part = Parts.size() > 1 ? Element : 0;
      if (Part >= Parts.size()) return static_cast<Value *>(Shadow.none());
      Operands.push_back({leafValue(Operand, Parts[Part], Builder), Tags[Part]});
    }
    return tagOf(Number, leafValue(&Instruction, Results[Result], Builder), Operands, Site,
                 Instruction, Operation.Name, Builder);
  };
  SmallVector<Value *, 2> New;
  unsigned Count = Checked ? Results.size() / 2 : Results.size();
  for (unsigned I = 0; I < Count; I++) New.push_back(TagOf(Operation.Number, I, I));
  if (Checked) {
    auto Overflow = overflowOperation(*Checked);
    for (unsigned I = 0; I < Count; I++)
      New.push_back(Overflow ? TagOf(*Overflow, Count + I, I) : Shadow.none());
  }
  Shadow.set(&Instruction, New);
}

void TagOperations::branch(Instruction &At, Value *Condition, IRBuilder<> &Builder) {
  auto Tags = Shadow.of(Condition);
  if (!Callbacks.Branch || Tags.size() != 1 || TagShadow::isNone(Tags[0])) return;
  auto *Site = Callbacks.site(Callbacks.Branch, At, abi::SiteKind::Operation,
                              isa<SwitchInst>(At) ? "switch" : "branch");
  auto *Bits = bitsOf(Condition, Builder);
  emitIf(
      Builder.CreateIsNotNull(Tags[0]), nullptr, Builder,
      [&] {
        Builder.GetInsertBlock();
        return Callbacks.call(Callbacks.Branch,
                              {Bits, Tags[0], Builder.getInt32(machineType(Condition->getType()))},
                              Site, nullptr, Builder);
      },
      MDBuilder(Builder.getContext()).createUnlikelyBranchWeights());
}

}  // namespace rayc
