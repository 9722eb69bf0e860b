#include "FunctionTypes.h"
#include "Plumbing.h"
#include "Registers.h"
#include "SiteTable.h"
#include "Substitution.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

/// Hands out the machine's arguments of a call to the parameters that the callee's name has.
///
/// The order is that of Swift's convention: addresses of indirect results, the parameters with
/// tuples taken apart, `self` where it has no register of its own, what generic code needs.
/// Which arguments are addresses, the call's attributes say.
class FunctionTypes::ArgumentReader {
 public:
  ArgumentReader(FunctionTypes &Function, CallBase &Call) : Function(Function), Call(Call) {}

  /// Nothing, with a reason, where the callee's signature is not understood.
  std::optional<ArgumentTypings> read(Typing &Why);

 private:
  bool findOperands();
  bool skipResults(Node Result);
  bool takeParameters(Node Parameters, Node Labels);
  bool takeParameter(Node Parameter, StringRef Label);
  bool takeValue(Node Formal, uint64_t &Begin, ArgumentTyping &Into);
  bool takeReceiver(Node Entity);
  void finish(Node Formal, ArgumentTyping Argument);
  bool isLeftOver();
  bool nextPassing(bool &IsDead);
  Node actual(Node Formal, Typing &Why);
  Node anyObject() { return Function.Types.Names.readType("yXl"); }
  bool hasAddress(unsigned Operand) const { return Call.paramHasAttr(Operand, Attribute::NoAlias); }

  FunctionTypes &Function;
  CallBase &Call;
  Callee Callee;
  std::optional<bool> KnowsGeneric;
  SmallVector<unsigned, 8> Operands;
  unsigned Next = 0;
  std::optional<unsigned> Self;
  /// What is left of Callee.Passing.
  StringRef Passing;
  bool IsChanged = false;
  ArgumentTypings Found;
};

bool FunctionTypes::ArgumentReader::findOperands() {
  bool IsBehindError = false;
  for (unsigned I = 0; I < Call.arg_size(); I++) {
    if (Call.paramHasAttr(I, Attribute::SwiftAsync)) return false;
    if (Call.paramHasAttr(I, Attribute::SwiftSelf)) {
      if (!isa<UndefValue>(Call.getArgOperand(I))) Self = I;
    } else if (Call.paramHasAttr(I, Attribute::SwiftError)) {
      IsBehindError = true;
    } else if (!Call.paramHasAttr(I, Attribute::StructRet) && !IsBehindError) {
      // Behind the error: where it goes, if it has a type of its own; what witnesses need.
      Operands.push_back(I);
    }
  }
  return true;
}

// Several indirect results are not marked as such: only where there are none is it known what
// the first argument is.
bool FunctionTypes::ArgumentReader::skipResults(Node Result) {
  bool HasResult = Call.hasStructRetAttr();
  if (Result->Kind == Kind::Tuple && !HasResult)
    for (auto *Element : Result->Children)
      if (mentionsParameter(Element) || !registersOf(Element->child(0), Function.Types))
        return false;
  bool IsDead;
  return !HasResult || nextPassing(IsDead);
}

// How the optimiser passes the next of the function's own arguments: `n` as it is, `g` and `o`
// with another owner, `d` not at all.
bool FunctionTypes::ArgumentReader::nextPassing(bool &IsDead) {
  IsDead = false;
  if (!IsChanged) return true;
  if (Passing.empty()) return false;
  char Code = Passing.front();
  Passing = Passing.drop_front();
  IsDead = Code == 'd';
  return Code == 'n' || Code == 'g' || Code == 'o' || Code == 'd';
}

// A type in the terms of the calling function.
Node FunctionTypes::ArgumentReader::actual(Node Formal, Typing &Why) {
  if (!mentionsParameter(Formal))
    return substitute(Formal, Callee.Generic, Function.Types.Names, Why);
  if (!KnowsGeneric)
    KnowsGeneric =
        Callee.IsSpecialized || Function.polymorphic(Call, Callee.Entity, Callee.Generic);
  Why = Typing::Generic;
  return *KnowsGeneric ? substitute(Formal, Callee.Generic, Function.Types.Names, Why) : nullptr;
}

// The registers of a value, behind what has been taken, or its address.
bool FunctionTypes::ArgumentReader::takeValue(Node Formal, uint64_t &Begin, ArgumentTyping &Into) {
  if (Formal->Kind == Kind::Tuple) {
    for (auto *Element : Formal->Children) {
      if (Element->Text == "d" || !takeValue(Element->child(0), Begin, Into)) return false;
    }
    return true;
  }
  bool IsDead;
  if (!nextPassing(IsDead)) return false;
  Typing Why;
  // A specialised function passes what the type turned out to be.
  auto *Type = Callee.IsSpecialized ? actual(Formal, Why) : Formal;
  if (!Type) return false;
  if (IsDead) {
    Into.Value = ValueTyping(Typing::Part);
    return true;
  }
  auto *Metatype = Type->Kind == Kind::Metatype && Type->Text == "m" ? Type->child(0) : nullptr;
  if (Metatype && Metatype->Kind == Kind::BoundGeneric) Metatype = Metatype->child(0);
  bool IsThin = Metatype && (Metatype->Kind == Kind::Struct || Metatype->Kind == Kind::Enum);
  if (IsThin || (Type->Kind == Kind::Metatype && Type->Text == "XMt")) {
    // Known without being passed.
    Into.Value = ValueTyping(Typing::Plumbing);
    return true;
  }
  if (Next < Operands.size() && hasAddress(Operands[Next])) {
    // A tuple is in one piece or in none.
    if (Begin != 0 || Into.Address) return false;
    Into.Address = Operands[Next++];
    return true;
  }
  std::optional<Registers> Registers;
  if (Type->Kind == Kind::GenericParameter ||
      (Type->Kind == Kind::Metatype && Type->child(0)->Kind == Kind::GenericParameter)) {
    // Not by its address: an object, or metadata.
    Registers.emplace();
    Registers->Parts.push_back({PointerType::get(Call.getContext(), 0), 0});
    Registers->Size = Registers->Alignment = 8;
  } else {
    Registers = registersOf(Type, Function.Types);
  }
  if (!Registers || Registers->Parts.size() > 4 || Into.Address) return false;
  if (Begin != 0 && !Registers->Alignment) return false;
  if (Registers->Alignment) Begin = alignTo(Begin, Registers->Alignment);
  for (auto &Part : Registers->Parts) {
    if (Next == Operands.size() || Call.getArgOperand(Operands[Next])->getType() != Part.Type)
      return false;
    Into.Parts.push_back({Operands[Next++], Begin + Part.Offset});
  }
  Begin += Registers->Size;
  return true;
}

void FunctionTypes::ArgumentReader::finish(Node Formal, ArgumentTyping Argument) {
  // What is passed in no register is not there to be shown.
  bool IsThere = Argument.Value.Typing == Typing::UnknownAddress;
  if (IsThere) {
    Typing Why = Typing::UnknownName;
    auto *Type = actual(Formal, Why);
    // Which arguments a generic class has, the object itself knows.
    auto *Nominal = Formal->Kind == Kind::BoundGeneric ? Formal->child(0) : nullptr;
    if (!Type && Nominal && Nominal->Kind == Kind::Class) Type = anyObject();
    Argument.Value = Type ? Function.finish(Type, &Call) : ValueTyping(Why);
  }
  Found.push_back(std::move(Argument));
}

static Node withoutOwnership(Node Parameter, bool &IsInOut) {
  while (Parameter->Kind == Kind::Wrapped) {
    StringRef How = Parameter->Text;
    IsInOut |= How == "z";
    if (How != "z" && How != "n" && How != "h" && How != "Yi" && How != "Yu") return nullptr;
    Parameter = Parameter->child(0);
  }
  return Parameter;
}

bool FunctionTypes::ArgumentReader::takeParameter(Node Parameter, StringRef Label) {
  bool IsVariadic = Parameter->Kind == Kind::TupleElement && Parameter->Text == "d";
  if (Parameter->Kind == Kind::TupleElement) Parameter = Parameter->child(0);
  ArgumentTyping Argument;
  Argument.Label = Label.str();
  Parameter = withoutOwnership(Parameter, Argument.IsInOut);
  if (!Parameter) return false;
  if (IsVariadic) {
    auto &Names = Function.Types.Names;
    auto *Array = Names.readType("Sa");
    Parameter =
        Names.make(Kind::BoundGeneric, "", {Array, Names.make(Kind::TypeList, "", {Parameter})});
  }
  uint64_t Begin = 0;
  if (Argument.IsInOut) {
    bool IsDead;
    if (!nextPassing(IsDead) || IsDead || Next == Operands.size()) return false;
    if (!Call.getArgOperand(Operands[Next])->getType()->isPointerTy()) return false;
    Argument.Address = Operands[Next++];
  } else if (!takeValue(Parameter, Begin, Argument)) {
    return false;
  }
  finish(Parameter, std::move(Argument));
  return true;
}

bool FunctionTypes::ArgumentReader::takeParameters(Node Parameters, Node Labels) {
  auto LabelOf = [&](unsigned I) -> StringRef {
    auto *Label = Labels ? Labels->child(I) : nullptr;
    return Label && Label->Kind == Kind::Identifier ? StringRef(Label->Text) : "";
  };
  if (Parameters->Kind != Kind::Tuple) return takeParameter(Parameters, LabelOf(0));
  for (unsigned I = 0; I < Parameters->Children.size(); I++)
    if (!takeParameter(Parameters->child(I), LabelOf(I))) return false;
  return true;
}

// `self` of a method: in a register of its own if it is an object or has an address, else as
// the last of the parameters.
bool FunctionTypes::ArgumentReader::takeReceiver(Node Entity) {
  auto *Context = contextOf(Entity);
  bool IsStatic = Callee.Entity->Kind == Kind::Static;
  bool IsValue = Context->Kind == Kind::Struct || Context->Kind == Kind::Enum;
  // Neither a type that is made nor one that methods of its own are called on is a value.
  bool IsInitializer = StringRef(Entity->Text) == "fC" || StringRef(Entity->Text) == "fc";
  bool HasOwn = IsValue || Context->Kind == Kind::Class || Context->Kind == Kind::Protocol;
  if (!HasOwn) return true;
  bool IsDead;
  if (IsStatic || IsInitializer) {
    Self.reset();
    return nextPassing(IsDead);
  }
  ArgumentTyping Receiver;
  Receiver.IsReceiver = true;
  if (Context->Kind == Kind::Class) {
    if (!nextPassing(IsDead)) return false;
    if (IsDead) return true;
    if (!Self) return false;
    Receiver.Parts.push_back({*Self, 0});
    Receiver.Value =
        Function.finish(Function.Types.isConcrete(Context) ? Context : anyObject(), &Call);
    Found.push_back(std::move(Receiver));
    return true;
  }
  if (Context->Kind == Kind::Protocol) {
    if (!nextPassing(IsDead)) return false;
    if (IsDead) return true;
    if (!Self) return false;
    // An address, or an object: `mutating` methods of the one and methods of the other are passed
    // alike.
    bool HasAddress = hasAddress(*Self);
    if (HasAddress)
      Receiver.Address = *Self;
    else
      Receiver.Parts.push_back({*Self, 0});
    auto *Type = Function.selfType(Call);
    Receiver.Value =
        HasAddress && Type ? Function.finish(Type, &Call) : ValueTyping(Typing::Generic);
    Found.push_back(std::move(Receiver));
    return true;
  }
  Node Type = Function.Types.isConcrete(Context) ? Context : Function.selfType(Call);
  uint64_t Begin = 0;
  if (Self) {
    if (!nextPassing(IsDead)) return false;
    if (IsDead) return true;
    Receiver.Address = *Self;
  } else if (!takeValue(Type ? Type : Context, Begin, Receiver)) {
    return false;
  }
  // A method of a generic type is given the type.
  bool IsConstrained = Entity->child(0)->Kind == Kind::Extension && Entity->child(0)->child(2);
  bool IsAlone = Next == Operands.size() && !Callee.IsSpecialized && !Callee.IsMerged;
  if (!Type && IsAlone && !IsConstrained && Function.Types.arity(Context).value_or(0) == 0)
    Type = Context;
  if (Receiver.Value.Typing == Typing::UnknownAddress)
    Receiver.Value = Type ? Function.finish(Type, &Call) : ValueTyping(Typing::UnboundGeneric);
  Found.push_back(std::move(Receiver));
  return true;
}

// Whether what is left belongs to no parameter: metadata and tables for generic code, what a
// local function has captured.
bool FunctionTypes::ArgumentReader::isLeftOver() {
  if (IsChanged && (!Passing.consume_front("_") || Passing != "n")) return false;
  auto *Entity = withoutWrapper(Callee.Entity);
  auto *Context = contextOf(Entity);
  bool IsLocal = Entity->Text == "fU" || Entity->Text == "fu" || Context->Kind == Kind::Entity ||
                 Context->Kind == Kind::Accessor || Context->Kind == Kind::Static;
  if (IsLocal || Callee.IsMerged || Next == Operands.size()) return true;
  bool IsGeneric = signatureOf(Entity) || Context->Kind == Kind::Protocol ||
                   (Context->isNominal() && !Function.Types.isConcrete(Context)) ||
                   Entity->child(0)->Kind == Kind::Extension;
  return IsGeneric && !Callee.IsSpecialized && all_of(drop_begin(Operands, Next), [&](unsigned I) {
           return Call.getArgOperand(I)->getType()->isPointerTy();
         });
}

// What takes an array whose elements are not there yet, or no more.
static bool takesUninitialized(const CallBase &Call) {
  return calleeName(Call).starts_with("$ss29_deallocateUninitializedArray");
}

std::optional<ArgumentTypings> FunctionTypes::ArgumentReader::read(Typing &Why) {
  Why = Typing::Plumbing;
  if (isPlumbing(Call) || isThunk(*Call.getFunction()) || takesUninitialized(Call))
    return std::nullopt;
  if (!Function.findCallee(Call, Callee, Why)) return std::nullopt;
  Why = Typing::UnknownName;
  IsChanged = !Callee.Passing.empty();
  Passing = Callee.Passing;
  // The number of the pass that changed it.
  if (IsChanged) Passing = Passing.drop_front();
  auto *Entity = Callee.Entity;
  while (Entity->Kind == Kind::Static) Entity = Entity->child(0);
  StringRef Accessor = Entity->Kind == Kind::Accessor ? StringRef(Entity->Text) : "";
  auto *Member = withoutWrapper(Entity);
  if (Member->Kind != Kind::Entity) return std::nullopt;
  StringRef Operator = Member->Text;
  bool IsFunction = Operator == "F" || Operator == "fC" || Operator == "fc" || Operator == "fU" ||
                    Operator == "fu";
  bool IsAccessor = Accessor == "g" || Accessor == "s" || Accessor == "r" || Accessor == "M";
  if (!IsFunction && !IsAccessor && Operator != "fA" && Operator != "fi") return std::nullopt;
  auto *Type = Operator == "fA" || Operator == "fi" ? nullptr : typeOf(Member);
  Why = Typing::UnknownLayout;
  if (!findOperands()) return std::nullopt;
  if (!Type) {
    if (!Operands.empty()) return std::nullopt;
    return Found;
  }
  auto *Signature =
      Type->Kind == Kind::Function && (IsFunction || Operator == "i") ? Type : nullptr;
  if (IsFunction && !Signature) return std::nullopt;
  auto *Result = Signature ? Signature->child(0) : Type;
  if (Accessor == "r" || Accessor == "M") {
    // The coroutine's frame.
    if (IsChanged || Operands.empty()) return std::nullopt;
    Next++;
  } else if (Accessor != "s" && !skipResults(Result)) {
    return std::nullopt;
  }
  if (Accessor == "s" && !takeParameter(Result, "")) return std::nullopt;
  Node Labels = nullptr;
  for (auto *Part : drop_begin(Member->Children))
    if (Part->Kind == Kind::TypeList) Labels = Part;
  if (Signature && !takeParameters(Signature->child(1), Labels)) return std::nullopt;
  bool IsLocal = Operator == "fU" || Operator == "fu";
  if (!IsLocal && !takeReceiver(Member)) return std::nullopt;
  if (!isLeftOver()) return std::nullopt;
  return std::move(Found);
}

ArgumentTypings FunctionTypes::arguments(CallBase &Call) {
  Typing Why;
  if (auto Found = ArgumentReader(*this, Call).read(Why)) {
    for (auto &Argument : *Found) {
      if (Argument.Value.Typing == Typing::Exact) continue;
      // Of what lies in memory and is not known, the address is shown.
      if (Argument.Address) Argument.Parts.assign(1, {*Argument.Address, 0});
      Argument.Address.reset();
      if (!machineType(Argument, Call)) Argument.Parts.clear();
    }
    return std::move(*Found);
  }
  ArgumentTypings Machine;
  bool IsBehindError = false;
  for (unsigned I = 0; I < Call.arg_size(); I++) {
    IsBehindError |= Call.paramHasAttr(I, Attribute::SwiftError);
    bool IsPlumbing = IsBehindError || Call.paramHasAttr(I, Attribute::SwiftAsync) ||
                      Call.paramHasAttr(I, Attribute::StructRet);
    // A function that may throw takes a `swiftself` that nothing is passed in.
    IsPlumbing |= isa<UndefValue>(Call.getArgOperand(I));
    if (IsPlumbing || !valueType(Call.getArgOperand(I)->getType())) continue;
    ArgumentTyping Argument;
    Argument.Value = ValueTyping(Why);
    Argument.Parts.push_back({I, 0});
    Machine.push_back(std::move(Argument));
  }
  return Machine;
}

}  // namespace rayc
