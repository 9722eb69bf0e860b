#include "FunctionTypes.h"
#include "Place.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

// A parameter without what says how it is passed.
static Node withoutConvention(Node Parameter) {
  if (Parameter->Kind == Kind::TupleElement) Parameter = Parameter->child(0);
  while (Parameter->Kind == Kind::Wrapped && (Parameter->Text == "n" || Parameter->Text == "h" ||
                                              Parameter->Text == "Yi" || Parameter->Text == "Yu"))
    Parameter = Parameter->child(0);
  return Parameter;
}

// How many registers a value of a type is passed in; nothing if that is not known.
static std::optional<unsigned> registers(Node Parameter, SwiftTypes &Types) {
  auto *Type = withoutConvention(Parameter);
  auto *Nominal = Type->Kind == Kind::BoundGeneric ? Type->child(0) : Type;
  switch (Type->Kind) {
    case Kind::GenericParameter:
    case Kind::DependentMember:
    case Kind::Existential:
      return Type->Text.empty() || Type->Text == "p" ? 1 : std::optional<unsigned>();
    case Kind::Function:
      return Type->Text == "c" || Type->Text == "XE" ? 2 : std::optional<unsigned>();
    // `inout`.
    case Kind::Wrapped: return Type->Text == "z" ? 1 : std::optional<unsigned>();
    default: break;
  }
  if (Nominal->Kind == Kind::Class) return 1;
  auto Name = MangledNames::write(Nominal).value_or("");
  static constexpr StringLiteral Ones[] = {"Si",
                                           "Su",
                                           "Sb",
                                           "Sd",
                                           "Sf",
                                           "Sa",
                                           "SD",
                                           "Sh",
                                           "SP",
                                           "Sp",
                                           "SV",
                                           "Sv",
                                           "s15ContiguousArrayV"};
  if (is_contained(Ones, Name)) return 1;
  return Name == "SS" || Name == "SR" || Name == "Sr" ? std::optional<unsigned>(2) : std::nullopt;
}

// Whether a parameter is no function and holds none that would lie in registers of its own.
static bool holdsNoFunction(Node Parameter, SwiftTypes &Types) {
  auto *Type = withoutConvention(Parameter);
  return Type->Kind != Kind::Function && registers(Type, Types).has_value();
}

// The parameters of a function, by its own name; nothing for one that is passed them in another
// way, as specialisations are.
static std::optional<SmallVector<Node>> parametersOf(Node Part) {
  auto *Inner = withoutWrapper(Part);
  bool IsFunction = Inner->Kind == Kind::Entity && Part->Kind != Kind::Accessor;
  auto *Type = IsFunction ? typeOf(Inner) : nullptr;
  if (!Type || Type->Kind != Kind::Function) return std::nullopt;
  auto *List = Type->child(1);
  if (List->Kind != Kind::Tuple) return SmallVector<Node>{List};
  return SmallVector<Node>(List->Children.begin(), List->Children.end());
}

// Whether an argument is the address of a value that the caller keeps.
static bool isInMemory(const Argument &Argument) {
  return Argument.getType()->isPointerTy() && Argument.getDereferenceableBytes() &&
         !Argument.hasStructRetAttr() && !Argument.hasSwiftErrorAttr();
}

// The parameter of Swift's that begins at an argument: parameters come in their order behind one
// result in memory at most.
static Node parameterAt(const Argument &Argument, Node Type, ArrayRef<Node> Parameters,
                        SwiftTypes &Types) {
  auto *Result = Type->child(0);
  if (Result->Kind == Kind::Tuple && !Result->Children.empty()) return nullptr;
  auto &Function = *Argument.getParent();
  unsigned At = Function.arg_size() && Function.getArg(0)->hasStructRetAttr() ? 1 : 0;
  for (auto *Parameter : Parameters) {
    if (At == Argument.getArgNo()) return Parameter;
    if (At > Argument.getArgNo()) return nullptr;
    auto Count = isInMemory(*Function.getArg(At)) ? 1 : registers(Parameter, Types);
    if (!Count) return nullptr;
    At += *Count;
  }
  return nullptr;
}

// The type of a function that a function is handed as an argument, by the latter's own name.
Node FunctionTypes::parameterType(const Argument &Argument) {
  auto &Parts = Types.Names.read(Function.getName());
  if (Parts.empty()) return nullptr;
  for (auto *Part : drop_begin(Parts))
    if (Part->Kind != Kind::Suffix || Part->Text != "Tm") return nullptr;
  auto Parameters = parametersOf(Parts[0]);
  if (!Parameters) return nullptr;
  auto *Inner = withoutWrapper(Parts[0]);

  // The one function among them, if nothing else can hold one.
  SmallVector<Node> Functions;
  bool IsClear = Inner->Text == "F" && !isInMemory(Argument);
  for (auto *Parameter : *Parameters) {
    if (withoutConvention(Parameter)->Kind == Kind::Function)
      Functions.push_back(withoutConvention(Parameter));
    else
      IsClear &= holdsNoFunction(Parameter, Types);
  }
  auto *Context = contextOf(Inner);
  bool HasSelfRegister = any_of(Function.args(), [](auto &A) { return A.hasSwiftSelfAttr(); });
  IsClear &= HasSelfRegister || Parts[0]->Kind == Kind::Static || Context->Kind == Kind::Module ||
             Context->Kind == Kind::Protocol;
  if (IsClear && Functions.size() == 1) return Functions[0];

  auto *Parameter = parameterAt(Argument, typeOf(Inner), *Parameters, Types);
  if (!Parameter) return nullptr;
  auto *Found = withoutConvention(Parameter);
  if (!isInMemory(Argument)) return Found->Kind == Kind::Function ? Found : nullptr;
  if (Found->Kind == Kind::Wrapped && Found->Text == "z") Found = Found->child(0);
  // So many bytes that are there for sure are the value's.
  auto Size = Types.size(Found);
  return Size && alignTo(*Size, 8) == alignTo(Argument.getDereferenceableBytes(), 8) ? Found
                                                                                     : nullptr;
}

static bool isFunction(const Type *Type) {
  auto *Struct = dyn_cast<StructType>(Type);
  return Struct && Struct->hasName() && Struct->getName() == "swift.function";
}

// The type of a function that is only known at run time; null: nothing says it.
Node FunctionTypes::functionType(Value *Callee) {
  if (auto *Known = Functions.lookup(Callee)) return Known;
  Node Type = nullptr;
  auto *Argument = dyn_cast<llvm::Argument>(Callee);
  if (Argument && !isInMemory(*Argument)) Type = parameterType(*Argument);
  if (auto *Load = dyn_cast<LoadInst>(Callee)) {
    auto Place = placeOf(Load->getPointerOperand(), Function.getParent()->getDataLayout());
    for (unsigned I = 0; I < Place.Path.size() && !Type; I++)
      if (isFunction(Place.Path[I].Type) && Place.Path[I].Begin == Place.Offset)
        Type = placeType(Place, I);
  }
  return Type && Type->Kind == Kind::Function ? Type : nullptr;
}

}  // namespace rayc
