#include "FunctionTypes.h"

#include "Plumbing.h"
#include "Registers.h"
#include "SiteSelector.h"
#include "Substitution.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

// A default argument has the type of its parameter.
static Node defaultArgument(Node Argument) {
  auto *Function = withoutWrapper(Argument->child(0));
  auto *Type = Function->Kind == Kind::Entity ? typeOf(Function) : nullptr;
  if (!Type || Type->Kind != Kind::Function) return nullptr;
  // A case of an enum is a function of the enum's type that gives the function.
  if (Type->child(1)->Kind == Kind::Metatype && Type->child(0)->Kind == Kind::Function)
    Type = Type->child(0);
  auto *Parameters = Type->child(1);
  auto *Parameter = Parameters;
  if (Parameters->Kind == Kind::Tuple) {
    if (Argument->Index >= Parameters->Children.size()) return nullptr;
    auto *Element = Parameters->child(Argument->Index);
    if (!Element->Text.empty()) return nullptr;
    Parameter = Element->child(0);
  } else if (Argument->Index != 0) {
    return nullptr;
  }
  while (Parameter->Kind == Kind::Wrapped && (Parameter->Text == "n" || Parameter->Text == "h" ||
                                              Parameter->Text == "Yi" || Parameter->Text == "Yu"))
    Parameter = Parameter->child(0);
  return Parameter->Kind == Kind::Wrapped ? nullptr : Parameter;
}

// What a call of an entity gives; null with a reason.
static Node entityResult(Node Entity, Typing &Why) {
  Why = Typing::UnknownName;
  auto *Inner = Entity;
  while (Inner->Kind == Kind::Static) Inner = Inner->child(0);
  if (Inner->Kind == Kind::Accessor) {
    auto *Type = typeOf(Inner->child(0));
    if (!Type) return nullptr;
    if (Inner->Text == "s" || Inner->Text == "w" || Inner->Text == "W" || Inner->Text == "i") {
      Why = Typing::None;
      return nullptr;
    }
    // Coroutines return their frame, addressors an address.
    if (Inner->Text != "g" && Inner->Text != "G") {
      Why = Typing::Plumbing;
      return nullptr;
    }
    bool IsSubscript = Inner->child(0)->Text == "i";
    return IsSubscript && Type->Kind == Kind::Function ? Type->child(0) : Type;
  }
  if (Inner->Kind != Kind::Entity) return nullptr;
  StringRef Operator = Inner->Text;
  if (Operator == "fi") {
    // The initial value of a property.
    auto *Variable = withoutWrapper(Inner->child(0));
    return Variable->Kind == Kind::Entity ? typeOf(Variable) : nullptr;
  }
  if (Operator == "fD" || Operator == "fd" || Operator == "fE" || Operator == "fe" ||
      Operator == "fZ") {
    Why = Typing::Plumbing;
    return nullptr;
  }
  if (Operator == "fA") return defaultArgument(Inner);
  auto *Type = typeOf(Inner);
  if (!Type || Type->Kind != Kind::Function) return nullptr;
  return Type->child(0);
}

// Whether a part behind an entity leaves its result as it is.
static bool keepsResult(Node Part) {
  return Part->Kind == Kind::Suffix &&
         (Part->Text == "Tm" || StringRef(Part->Text).starts_with("Tf"));
}

const ValueTyping &FunctionTypes::result(const CallBase &Call) {
  auto Known = Results.find(&Call);
  if (Known == Results.end()) Known = Results.insert({&Call, resultOf(Call)}).first;
  return Known->second;
}

// The type of a value in registers that a call returned or a load took, one part of it or all.
Node FunctionTypes::typeOfValue(Value *Value) {
  if (auto *Extract = dyn_cast<ExtractValueInst>(Value)) Value = Extract->getAggregateOperand();
  if (auto *Call = dyn_cast<CallBase>(Value)) {
    auto &Result = result(*Call);
    return Result.Typing == Typing::Exact ? Result.Type : nullptr;
  }
  if (auto *Load = dyn_cast<LoadInst>(Value)) {
    auto Known = Accesses.find(Load);
    return Known != Accesses.end() ? Known->second.Type : nullptr;
  }
  return nullptr;
}

// The class of an object, or that a metatype stands for.
Node FunctionTypes::referenceType(Value *Value) {
  if (auto *Known = References.lookup(Value)) return Known;
  if (auto *Known = metadata(Value)) return Known;
  auto *Call = dyn_cast<CallBase>(Value);
  if (Call && calleeName(*Call) == "swift_allocObject") return metadata(Call->getArgOperand(0));
  return typeOfValue(Value);
}

// Whether registers, stored one behind the other at their own alignments, make the value as it
// lies in memory. What begins with a small one may be aligned more strictly than that: of two
// small ones, the second may stand farther away if a wider one follows. A register of a width
// that no type has is a part of an enum, and what follows stands right behind it.
static bool liesAsInMemory(Type *Type) {
  auto *Struct = dyn_cast<StructType>(Type);
  if (!Struct) return true;
  auto Width = [](llvm::Type *Element) -> uint64_t {
    return Element->isPointerTy() ? 64 : uint64_t(Element->getPrimitiveSizeInBits());
  };
  auto Elements = Struct->elements();
  for (unsigned I = 0; I < Elements.size(); I++) {
    uint64_t Bits = Width(Elements[I]);
    bool IsLast = I + 1 == Elements.size();
    if (!IsLast && Bits > 1 && !isPowerOf2_64(Bits)) return false;
    if (Elements.size() <= 2 || I == 0 || Bits >= 64 || Width(Elements[I - 1]) >= 64) continue;
    if (any_of(Elements.drop_front(I), [&](llvm::Type *Later) { return Width(Later) > Bits; }))
      return false;
  }
  return true;
}

// How many values a type has that is taken apart: of a tuple, as Swift and as LLVM know it.
static unsigned leaves(Node Type) {
  if (Type->Kind == Kind::TupleElement) return leaves(Type->child(0));
  if (Type->Kind != Kind::Tuple) return 1;
  unsigned Count = 0;
  for (auto *Element : Type->Children) Count += leaves(Element);
  return Count;
}
static unsigned leaves(Type *Type) {
  auto *Struct = dyn_cast<StructType>(Type);
  if (!Struct || !Struct->isLiteral()) return Type->isArrayTy() ? 0 : 1;
  unsigned Count = 0;
  for (auto *Element : Struct->elements()) Count += leaves(Element);
  return Count;
}

// What the compiler calls Builtin is no value of the program's, nor is what comes with it.
static bool holdsBuiltin(Node Type) {
  return Type->Kind == Kind::Builtin || any_of(Type->Children, holdsBuiltin);
}

// Whether a type's values are one word, whatever its arguments are.
static bool isOneWord(Node Type) {
  auto *Nominal = Type->Kind == Kind::BoundGeneric ? Type->child(0) : Type;
  if (Nominal->Kind == Kind::Class) return true;
  static constexpr StringLiteral Words[] = {"Sa", "SD", "Sh", "SP", "Sp",
                                            "Si", "Su", "SV", "Sv", "s15ContiguousArrayV"};
  return is_contained(Words, MangledNames::write(Nominal).value_or(""));
}

// Whether a result is in one place: a tuple's elements that are always in memory, as `Any` is or
// what is generic in the callee, each have an address of their own, and the rest is a tuple of
// fewer elements.
static bool isInOnePlace(const CallBase &Call, Node Type, SwiftTypes &Types) {
  if (Type->Kind != Kind::Tuple) return true;
  for (unsigned I = 0; I < Call.arg_size(); I++)
    if (auto *Memory = Call.getParamStructRetType(I)) return leaves(Memory) == leaves(Type);
  auto *Struct = dyn_cast<StructType>(Call.getType());
  if (Struct && all_of(Type->Children, [](Node Element) { return isOneWord(Element->child(0)); }))
    return Struct->getNumElements() == Type->Children.size();
  auto Registers = registersOf(Type, Types);
  SmallVector<llvm::Type *> Returned{Call.getType()};
  if (Struct) Returned.assign(Struct->element_begin(), Struct->element_end());
  auto &Layout = Call.getDataLayout();
  return Registers && equal(Registers->Parts, Returned, [&](auto &Part, llvm::Type *Register) {
           return Layout.getTypeStoreSize(Part.Type) == Layout.getTypeStoreSize(Register);
         });
}

bool FunctionTypes::findCallee(const CallBase &Call, Callee &Found, Typing &Why) {
  auto Name = calleeName(Call);
  Why = Name.empty() ? Typing::IndirectCall : Typing::ForeignCallee;
  if (!Name.starts_with("$s") && !Name.starts_with("$S")) return false;
  Why = Typing::UnknownName;
  auto &Parts = Types.Names.read(Name);
  if (Parts.empty()) return false;
  Found.Entity = Parts[0];
  if (Found.Entity->Kind == Kind::Suffix && Found.Entity->Text == "Tj")
    Found.Entity = Found.Entity->child(0);
  for (auto *Part : drop_begin(Parts)) {
    if (Part->Kind == Kind::Specialization && !Found.IsSpecialized) {
      Found.IsSpecialized = true;
      Why = Typing::Generic;
      if (!specialization(Found.Entity, Part, Types, Found.Generic)) return false;
      Why = Typing::UnknownName;
    } else if (!keepsResult(Part)) {
      return false;
    } else if (Part->Text == "Tm") {
      Found.IsMerged = true;
    } else {
      Found.Passing = StringRef(Part->Text).drop_front(2).str();
      Found.HasBorrowedResult |= StringRef(Found.Passing).ends_with("_g");
    }
  }
  return true;
}

// What a function that is a value returns.
ValueTyping FunctionTypes::resultOfFunction(const CallBase &Call) {
  auto *Type = functionType(Call.getCalledOperand());
  if (!Type) return ValueTyping(Typing::IndirectCall);
  auto *Result = Type->child(0);
  if (Result->Kind == Kind::Tuple && Result->Children.empty()) return ValueTyping(Typing::None);
  if (!liesAsInMemory(Call.getType()) || !isInOnePlace(Call, Result, Types))
    return ValueTyping(Typing::UnknownLayout);
  return finish(Result, &Call);
}

ValueTyping FunctionTypes::resultOf(const CallBase &Call) {
  if (isPlumbing(Call)) return ValueTyping(Typing::Plumbing);
  if (Call.getType()->isVoidTy() && !Call.hasStructRetAttr()) return ValueTyping(Typing::None);
  // What a thunk calls returns what the thunk does.
  if (isThunk(*Call.getFunction())) return ValueTyping(Typing::Plumbing);
  Callee Callee;
  Typing Why;
  if (!findCallee(Call, Callee, Why))
    return Why == Typing::IndirectCall ? resultOfFunction(Call) : ValueTyping(Why);
  auto *Entity = Callee.Entity;
  auto &Arguments = Callee.Generic;
  auto *Type = entityResult(Entity, Why);
  if (!Type) return ValueTyping(Why);
  if (Type->Kind == Kind::Tuple && Type->Children.empty()) return ValueTyping(Typing::None);
  if (mentionsParameter(Type) && !Callee.IsSpecialized && !polymorphic(Call, Entity, Arguments))
    return ValueTyping(Typing::Generic);
  // What is generic in the callee is in one place, whatever it turns out to be.
  bool IsGeneric = Type->Kind == Kind::GenericParameter && !Callee.IsSpecialized;
  Type = substitute(Type, Arguments, Types.Names, Why);
  if (!Type) return ValueTyping(Why);
  if (holdsBuiltin(Type)) return ValueTyping(Typing::Plumbing);
  if (!liesAsInMemory(Call.getType()) || (!IsGeneric && !isInOnePlace(Call, Type, Types)))
    return ValueTyping(Typing::UnknownLayout);
  auto Found = finish(Type, &Call);
  Found.IsBorrowed = Callee.HasBorrowedResult;
  return Found;
}

// The type that `self` has in memory, of a call that is given its address.
Node FunctionTypes::selfType(const CallBase &Call) {
  auto &Parts = Types.Names.read(calleeName(Call));
  if (Parts.empty()) return nullptr;
  auto *Entity = Parts[0];
  if (Entity->Kind == Kind::Suffix && Entity->Text == "Tj") Entity = Entity->child(0);
  auto *Inner = withoutWrapper(Entity);
  if (Inner->Kind != Kind::Entity) return nullptr;
  GenericArguments Arguments;
  if (Parts.size() > 1 && Parts[1]->Kind == Kind::Specialization) {
    if (!specialization(Entity, Parts[1], Types, Arguments)) return nullptr;
  } else if (!polymorphic(Call, Entity, Arguments)) {
    return nullptr;
  }
  auto *Context = contextOf(Inner);
  if (Context->Kind == Kind::Protocol)
    return !Arguments.Levels.empty() ? Arguments.Levels[0][0] : nullptr;
  if (Context->Kind != Kind::Struct && Context->Kind != Kind::Enum) return nullptr;
  if (Context->child(0)->Kind != Kind::Module || Arguments.Levels.empty() ||
      Types.arity(Context) != Arguments.Levels[0].size())
    return nullptr;
  return Types.Names.make(Kind::BoundGeneric, "",
                          {Context, Types.Names.make(Kind::TypeList, "", Arguments.Levels[0])});
}

static void collectParameters(Node Type, SmallVectorImpl<Node> &Found) {
  if (Type->Kind == Kind::GenericParameter && none_of(Found, [&](Node Known) {
        return Known->Depth == Type->Depth && Known->Index == Type->Index;
      }))
    Found.push_back(Type);
  for (auto *Child : Type->Children) collectParameters(Child, Found);
}

bool isOptional(Node Type) {
  return Type->Kind == Kind::BoundGeneric && MangledNames::write(Type->child(0)) == "Sq";
}

// Whether a type is a function, or holds one in its own layout: generic code expects such a
// value in another form than the program has it in.
static bool holdsFunction(Node Type) {
  switch (Type->Kind) {
    case Kind::Function: return true;
    case Kind::Tuple:
    case Kind::TupleElement: return any_of(Type->Children, holdsFunction);
    case Kind::BoundGeneric: return isOptional(Type) && holdsFunction(Type->child(1)->child(0));
    default: return false;
  }
}

// `Self` of a class as the class: the runtime finds no type for the other.
static Node withoutDynamicSelf(Node Type, MangledNames &Names) {
  if (Type->Kind == Kind::Wrapped && Type->Text == "XD") return Type->child(0);
  SmallVector<Node> Children;
  for (auto *Child : Type->Children) Children.push_back(withoutDynamicSelf(Child, Names));
  if (equal(Children, Type->Children)) return Type;
  auto *Copy = Names.make(Type->Kind, Type->Text, Children);
  Copy->Depth = Type->Depth;
  Copy->Index = Type->Index;
  return Copy;
}

// Whether a type, or that of an optional's values, cannot be copied or may not leave its scope.
static bool isUncopyable(Node Type, SwiftTypes &Types) {
  if (Type->isNominal()) return Types.isUncopyable(Type);
  return isOptional(Type) && isUncopyable(Type->child(1)->child(0), Types);
}

ValueTyping FunctionTypes::finish(Node Type, const Instruction *At) {
  Type = withoutDynamicSelf(Type, Types.Names);
  if (isUncopyable(Type, Types)) return ValueTyping(Typing::Noncopyable);
  if (holdsBuiltin(Type)) return ValueTyping(Typing::Plumbing);
  if (holdsFunction(Type)) return ValueTyping(Typing::Function);
  if (!mentionsParameter(Type)) {
    auto Mangled = MangledNames::write(Type);
    if (!Mangled) return ValueTyping(Typing::UnknownName);
    ValueTyping Found(Typing::Exact, *Mangled);
    Found.Type = Found.Written = Type;
    return Found;
  }
  ValueTyping Found(Typing::Exact);
  Found.Type = Type;
  Found.Metadata = metadataFor(Type, At);
  SmallVector<Node> Parameters;
  collectParameters(Type, Parameters);
  GenericArguments Renamed;
  for (unsigned I = 0; I < Parameters.size(); I++) {
    auto *Metadata = metadataFor(Parameters[I], At);
    if (!Metadata && !Found.Metadata) return ValueTyping(Typing::Generic);
    Found.Parameters.push_back(Metadata);
    auto *New = Types.Names.make(Kind::GenericParameter);
    New->Index = I;
    Renamed.set(Parameters[I], New);
  }
  Typing Why;
  auto *Written = substitute(Type, Renamed, Types.Names, Why);
  auto Mangled = Written ? MangledNames::write(Written) : std::nullopt;
  if (!Mangled) return ValueTyping(Typing::UnknownName);
  Found.Mangled = *Mangled;
  Found.Written = Written;
  if (Found.Parameters.size() > abi::MaximalParameters && !Found.Metadata)
    return ValueTyping(Typing::Generic);
  if (Found.Metadata) Found.Parameters.clear();
  return Found;
}

}  // namespace rayc
