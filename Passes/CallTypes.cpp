#include "FunctionTypes.h"

#include "Plumbing.h"
#include "Registers.h"
#include "SiteSelector.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

Node FunctionTypes::Arguments::find(Node Parameter) const {
  if (Parameter->Depth >= Levels.size()) return nullptr;
  auto &Level = Levels[Parameter->Depth];
  return Parameter->Index < Level.size() ? Level[Parameter->Index] : nullptr;
}

void FunctionTypes::Arguments::set(Node Parameter, Node Type) {
  if (Levels.size() <= Parameter->Depth) Levels.resize(Parameter->Depth + 1);
  auto &Level = Levels[Parameter->Depth];
  if (Level.size() <= Parameter->Index) Level.resize(Parameter->Index + 1);
  Level[Parameter->Index] = Type;
}

// The type that a member is declared in, or a function's module; what its extension asks for.
Node contextOf(Node Entity, Node *Extended) {
  auto *Context = Entity->child(0);
  if (Context->Kind != Kind::Extension) return Context;
  if (Extended) *Extended = Context->child(2);
  return Context->child(1);
}

// How many parameters a nominal type has at each depth.
static std::optional<SmallVector<unsigned, 2>> depths(Node Nominal, SwiftTypes &Types) {
  SmallVector<unsigned, 2> Counts;
  unsigned Inner = 0;
  bool IsFirst = true;
  for (auto *Type = Nominal; Type && Type->isNominal(); Type = Type->child(0)) {
    auto Arity = Types.arity(Type);
    if (!Arity) return std::nullopt;
    if (!IsFirst && Inner < *Arity) return std::nullopt;
    if (!IsFirst && Inner != *Arity) Counts.insert(Counts.begin(), Inner - *Arity);
    Inner = *Arity;
    IsFirst = false;
    if (Type->child(0)->Kind == Kind::Extension) break;
  }
  if (Inner) Counts.insert(Counts.begin(), Inner);
  return Counts;
}

// Hands out a list of types to the parameters of a context, then to those of its member.
static bool assign(FunctionTypes::Arguments &Found, ArrayRef<unsigned> Depths, unsigned Added,
                   ArrayRef<Node> Types) {
  Found.Levels.clear();
  for (unsigned Count : Depths) {
    if (Types.size() < Count) return false;
    Found.Levels.emplace_back(Types.begin(), Types.begin() + Count);
    Types = Types.drop_front(Count);
  }
  if (Types.size() != Added) return false;
  if (Added) Found.Levels.emplace_back(Types.begin(), Types.end());
  return true;
}

Node signatureOf(Node Entity) {
  for (auto *Child : drop_begin(Entity->Children))
    if (Child->Kind == Kind::GenericFunction) return Child->child(0);
  return nullptr;
}

// A default argument has the type of its parameter.
static Node defaultArgument(Node Argument) {
  auto *Function = withoutWrapper(Argument->child(0));
  auto *Type = Function->Kind == Kind::Entity ? typeOf(Function) : nullptr;
  if (!Type || Type->Kind != Kind::Function) return nullptr;
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

// Whether a generic signature says that a parameter is a certain type or another parameter,
// and so has no argument of its own. One that is another's associated type has.
static bool hasSameType(Node Signature) {
  return Signature && any_of(Signature->Children, [](Node Requirement) {
           StringRef Letters = StringRef(Requirement->Text).split('|').first;
           return Letters == "s" && Requirement->child(1) &&
                  Requirement->child(1)->Kind != Kind::DependentMember;
         });
}

// How many witness tables a generic signature asks for.
static unsigned witnessTables(Node Signature) {
  if (!Signature) return 0;
  return count_if(Signature->Children, [](Node Requirement) {
    StringRef Letters = StringRef(Requirement->Text).split('|').first;
    auto *Protocol = Requirement->child(1);
    if (!Protocol || Protocol->Kind != Kind::Protocol) return false;
    auto Name = MangledNames::write(Protocol);
    // Protocols without witnesses.
    bool IsMarker = Name == "s8SendableP" || Name == "s8CopyableP" || Name == "s9EscapableP" ||
                    Name == "s11BitwiseCopyableP" || Name == "s16SendableMetatypeP";
    return !IsMarker && (Letters.empty() || Letters == "p" || Letters == "P" || Letters == "Q");
  });
}

static bool contextHasSameType(Node Node) {
  for (; Node; Node = Node->child(0)) {
    if (Node->Kind == Kind::Extension) {
      if (hasSameType(Node->child(2))) return true;
      Node = Node->child(1);
    }
    if (Node->Kind == Kind::Entity && hasSameType(signatureOf(Node))) return true;
    if (Node->Kind == Kind::Module || Node->Kind == Kind::Identifier) break;
  }
  return false;
}

// How many parameters a signature adds: `l` is one, `r0_l` is two.
static std::optional<unsigned> addedParameters(Node Signature) {
  if (!Signature) return 0;
  StringRef Counts = Signature->Text;
  if (Counts == "l") return 1;
  if (!Counts.consume_front("r") || !Counts.consume_back("l")) return std::nullopt;
  if (Counts == "_") return 1;
  unsigned Number;
  if (!Counts.consume_back("_") || Counts.getAsInteger(10, Number)) return std::nullopt;
  return Number + 2;
}

// The elements of a few collections, which the standard library's generic code speaks of.
static Node associatedType(Node Base, StringRef Name) {
  if (Base->Kind != Kind::BoundGeneric) return nullptr;
  auto *Nominal = Base->child(0);
  if (Nominal->child(0)->Kind != Kind::Module || Nominal->child(0)->Text != "Swift") return nullptr;
  StringRef Type = Nominal->child(1)->Text;
  auto *First = Base->child(1)->child(0);
  static constexpr StringLiteral Sequences[] = {"Array",
                                                "ContiguousArray",
                                                "ArraySlice",
                                                "Set",
                                                "UnsafeBufferPointer",
                                                "UnsafeMutableBufferPointer",
                                                "CollectionOfOne",
                                                "EmptyCollection"};
  if (Name == "Element" && is_contained(Sequences, Type)) return First;
  return nullptr;
}

// The protocol of the standard library that has an associated type of that name, where a mangled
// name leaves it out. A type has only one of a name, whatever the protocol.
Node FunctionTypes::standardProtocol(StringRef Member) {
  static constexpr std::pair<StringLiteral, StringLiteral> Members[] = {
      {"Element", "Sequence"},      {"Iterator", "Sequence"},         {"Index", "Collection"},
      {"Indices", "Collection"},    {"SubSequence", "Collection"},    {"Stride", "Strideable"},
      {"Bound", "RangeExpression"}, {"RawValue", "RawRepresentable"}, {"Words", "BinaryInteger"},
      {"Magnitude", "Numeric"}};
  for (auto &[Name, Protocol] : Members)
    if (Name == Member)
      return Types.Names.make(
          Kind::Protocol, "",
          {Types.Names.make(Kind::Module, "Swift"), Types.Names.make(Kind::Identifier, Protocol)});
  return nullptr;
}

Node FunctionTypes::substitute(Node Type, const FunctionTypes::Arguments &Arguments, Typing &Why) {
  if (!mentionsParameter(Type) && Type->Kind != Kind::Opaque &&
      none_of(Type->Children, [](Node Child) { return Child->Kind == Kind::Opaque; }))
    return Type;
  if (Type->Kind == Kind::GenericParameter) {
    auto *Known = Arguments.find(Type);
    if (!Known) Why = Typing::Generic;
    return Known;
  }
  if (Type->Kind == Kind::Opaque) {
    Why = Typing::OpaqueType;
    return nullptr;
  }
  SmallVector<Node> Children;
  bool IsSame = true;
  for (auto *Child : Type->Children) {
    auto *New = substitute(Child, Arguments, Why);
    if (!New) return nullptr;
    IsSame &= New == Child;
    Children.push_back(New);
  }
  if (Type->Kind == Kind::DependentMember && !IsSame) {
    if (auto *Known = associatedType(Children[0], Children[1]->Text)) return Known;
    // The runtime finds the others, if it knows where to look.
    if (!mentionsParameter(Children[0])) {
      auto *Protocol = Children.size() > 2 ? Children[2] : standardProtocol(Children[1]->Text);
      if (!Protocol) {
        Why = Typing::AssociatedType;
        return nullptr;
      }
      return Types.Names.make(Kind::DependentMember, "", {Children[0], Children[1], Protocol});
    }
  }
  if (IsSame) return Type;
  auto *Copy = Types.Names.make(Type->Kind, Type->Text, Children);
  Copy->Depth = Type->Depth;
  Copy->Index = Type->Index;
  return Copy;
}

// The arguments of a specialised function: `…SS_Sit` `Tg5`.
bool FunctionTypes::specialization(Node Entity, Node Part, FunctionTypes::Arguments &Found) {
  auto *Inner = withoutWrapper(Entity);
  if (Inner->Kind != Kind::Entity || contextHasSameType(Inner)) return false;
  auto *Context = contextOf(Inner);
  auto Added = addedParameters(signatureOf(Inner));
  if (!Added) return false;
  SmallVector<unsigned, 2> Depths;
  if (Context->Kind == Kind::Protocol) {
    Depths.push_back(1);
  } else if (Context->isNominal()) {
    if (Part->Children.size() < *Added) return false;
    auto Known = depths(Context, Types);
    // One level, if nothing else is known.
    if (Known)
      Depths = *Known;
    else if (Context->child(0)->Kind == Kind::Module)
      Depths.push_back(Part->Children.size() - *Added);
    else
      return false;
  }
  return assign(Found, Depths, *Added, Part->Children);
}

// What else than metadata could tell a parameter, which then has none of its own.
static bool isSource(Node Parameter) {
  if (Parameter->Kind == Kind::TupleElement) Parameter = Parameter->child(0);
  while (Parameter->Kind == Kind::Wrapped) Parameter = Parameter->child(0);
  return Parameter->Kind == Kind::BoundGeneric && Parameter->child(0)->Kind == Kind::Class &&
         mentionsParameter(Parameter);
}

// The class of an object, or that a metatype stands for.
Node FunctionTypes::referenceType(Value *Value) {
  if (auto *Known = References.lookup(Value)) return Known;
  if (auto *Known = metadata(Value)) return Known;
  if (auto *Call = dyn_cast<CallBase>(Value)) {
    if (calleeName(*Call) == "swift_allocObject") return metadata(Call->getArgOperand(0));
    auto &Result = result(*Call);
    return Result.Typing == Typing::Exact ? Result.Type : nullptr;
  }
  if (auto *Load = dyn_cast<LoadInst>(Value)) {
    auto Known = Loads.find(Load);
    return Known != Loads.end() ? Known->second.Type : nullptr;
  }
  return nullptr;
}

// Whether a function returns its error in memory, whose address is then its last argument.
static bool hasIndirectError(Node Type) {
  return Type && any_of(Type->Children, [](Node Part) {
           return Part->Kind == Kind::Annotation && Part->Text == "YK" && mentionsParameter(Part);
         });
}

// The types in a generic type's arguments, those of outer levels first.
static void appendArguments(Node Bound, SmallVectorImpl<Node> &Into) {
  for (auto *Level : reverse(drop_begin(Bound->Children)))
    Into.append(Level->Children.begin(), Level->Children.end());
}

// The arguments of a generic function that is called unspecialised: metadata of its parameters
// come behind its own arguments, then witness tables. A dispatch thunk has those of `Self` last.
bool FunctionTypes::polymorphic(const CallBase &Call, Node Entity,
                                FunctionTypes::Arguments &Found) {
  auto *Inner = withoutWrapper(Entity);
  if (Inner->Kind != Kind::Entity || contextHasSameType(Inner)) return false;
  if (Inner->Text == "fU" || Inner->Text == "fu" || Inner->Text == "fA") return false;
  auto *Type = typeOf(Inner);
  if (Type && Type->Kind == Kind::Function) {
    auto *Parameters = Type->child(1);
    if (Parameters->Kind == Kind::Tuple ? any_of(Parameters->Children, isSource)
                                        : isSource(Parameters))
      return false;
  }
  auto *Signature = signatureOf(Inner);
  auto Added = addedParameters(Signature);
  if (!Added) return false;
  Node Extended = nullptr;
  auto *Context = contextOf(Inner, &Extended);

  Value *Self = nullptr;
  SmallVector<Value *> Behind;
  for (unsigned I = 0; I < Call.arg_size(); I++) {
    auto *Argument = Call.getArgOperand(I);
    if (Call.paramHasAttr(I, Attribute::SwiftSelf))
      Self = isa<UndefValue>(Argument) ? nullptr : Argument;
    else if (!Call.paramHasAttr(I, Attribute::SwiftError))
      Behind.push_back(Argument);
  }
  SmallVector<Node> Given;
  // Takes so many types from the end.
  auto Take = [&](unsigned Count) {
    for (unsigned I = 0; I < Count; I++) {
      auto *Type = Behind.empty() || !Behind.back()->getType()->isPointerTy()
                       ? nullptr
                       : metadata(Behind.back());
      if (!Type) return false;
      Given.insert(Given.begin(), Type);
      Behind.pop_back();
    }
    return true;
  };
  auto Drop = [&](unsigned Count) {
    if (Behind.size() < Count) return false;
    Behind.truncate(Behind.size() - Count);
    return true;
  };
  if (hasIndirectError(Type) && !Drop(1)) return false;

  if (Context->Kind == Kind::Protocol) {
    unsigned Tables = witnessTables(Signature);
    if (calleeName(Call).ends_with("Tj")) {
      if (!Drop(1) || !Take(1) || !Drop(Tables)) return false;
      auto *OfSelf = Given.pop_back_val();
      if (!Take(*Added)) return false;
      Given.insert(Given.begin(), OfSelf);
    } else if (!Drop(1 + witnessTables(Extended) + Tables) || !Take(1 + *Added)) {
      // `Self: P`, and what an extension says of it.
      return false;
    }
    return assign(Found, {1}, *Added, Given);
  }
  if (Context->Kind == Kind::Module)
    return Drop(witnessTables(Signature)) && Take(*Added) && assign(Found, {}, *Added, Given);

  // How many there are in front, and what they say: the context's parameters, or its type.
  bool IsValue = Context->Kind == Kind::Struct || Context->Kind == Kind::Enum;
  if (!IsValue && Context->Kind != Kind::Class) return false;
  auto Arity = IsValue ? Types.arity(Context) : 0u;
  if (!Arity) return false;
  bool OfSelf = IsValue && Self && *Arity != 0;
  unsigned Total = (OfSelf ? 1 : *Arity) + *Added;
  // What the context asks for is not in the name: witness tables are what is no metadata.
  while (!Behind.empty() && Behind.back()->getType()->isPointerTy() && !metadata(Behind.back()))
    Behind.pop_back();
  if (!Take(Total)) return false;
  if (!IsValue || OfSelf) {
    // The object, or the metatype, is `self`.
    auto *Type = IsValue ? Given[0] : Self ? referenceType(Self) : nullptr;
    if (!Type || Type->Kind != Kind::BoundGeneric ||
        MangledNames::write(Type->child(0)) != MangledNames::write(Context))
      return false;
    SmallVector<Node> All;
    appendArguments(Type, All);
    All.append(Given.begin() + OfSelf, Given.end());
    Given = All;
  }
  auto Depths = depths(Context, Types);
  if (!Depths && Context->child(0)->Kind == Kind::Module && Given.size() >= *Added)
    Depths = SmallVector<unsigned, 2>{unsigned(Given.size()) - *Added};
  return Depths && assign(Found, *Depths, *Added, Given);
}

// A function whose `self` lies in memory is given the metadata of its type.
void FunctionTypes::nameSelfMetadata() {
  auto &Parts = Types.Names.read(Function.getName());
  if (Parts.empty()) return;
  for (auto *Part : drop_begin(Parts))
    if (Part->Kind == Kind::Specialization || StringRef(Part->Text).starts_with("Tf")) return;
  // One that throws has the register of `self` even if it has no `self`.
  if (Parts[0]->Kind == Kind::Static) return;
  auto *Inner = withoutWrapper(Parts[0]);
  bool IsMember = Inner->Text == "F" || Inner->Text == "v" || Inner->Text == "i";
  if (Inner->Kind != Kind::Entity || !IsMember || contextHasSameType(Inner)) return;
  auto *Context = contextOf(Inner);
  if (Context->Kind != Kind::Struct && Context->Kind != Kind::Enum) return;
  auto Depths = depths(Context, Types);
  auto *Signature = signatureOf(Inner);
  auto Added = addedParameters(Signature);
  if (!Depths || Depths->empty() || !Added) return;
  SmallVector<Argument *> Behind;
  bool HasSelf = false;
  for (auto &Argument : Function.args()) {
    HasSelf |= Argument.hasSwiftSelfAttr();
    if (!Argument.hasSwiftSelfAttr() && !Argument.hasSwiftErrorAttr()) Behind.push_back(&Argument);
  }
  unsigned After = *Added + witnessTables(Signature) + hasIndirectError(typeOf(Inner));
  if (!HasSelf || Behind.size() <= After) return;
  auto *Argument = Behind[Behind.size() - 1 - After];
  if (!Argument->getType()->isPointerTy() || Argument->hasNoAliasAttr() || Metadata.count(Argument))
    return;
  SmallVector<Node> Parameters;
  for (unsigned Depth = 0; Depth < Depths->size(); Depth++)
    for (unsigned Index = 0; Index < (*Depths)[Depth]; Index++) {
      auto *Parameter = Types.Names.make(Kind::GenericParameter);
      Parameter->Depth = Depth;
      Parameter->Index = Index;
      Parameters.push_back(Parameter);
    }
  Metadata[Argument] = Types.Names.make(
      Kind::BoundGeneric, "", {Context, Types.Names.make(Kind::TypeList, "", Parameters)});
}

// The type of a property in a generic type with these arguments.
Node FunctionTypes::substituteMember(Node Field, Node Around, Typing &Why) {
  Arguments Arguments;
  SmallVector<Node> All;
  appendArguments(Around, All);
  auto Depths = depths(Around->child(0), Types);
  if (!Depths && Around->Children.size() == 2)
    Depths = SmallVector<unsigned, 2>{unsigned(All.size())};
  if (!Depths || !assign(Arguments, *Depths, 0, All)) return nullptr;
  return substitute(Field, Arguments, Why);
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

// Whether registers, stored one behind the other, make the value as it lies in memory. Each
// stands for the bytes at its own alignment; only a small one in front of others may stand
// farther away from them than that.
static bool liesAsInMemory(Type *Type) {
  auto *Struct = dyn_cast<StructType>(Type);
  if (!Struct || Struct->getNumElements() <= 2) return true;
  return all_of(Struct->elements().drop_back(), [](llvm::Type *Element) {
    return Element->isPointerTy() || Element->getPrimitiveSizeInBits() == 64;
  });
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

// Whether a result is in one place: a tuple's elements that are always in memory, as `Any` is,
// each have an address of their own, and the rest is a tuple of fewer elements.
static bool isInOnePlace(const CallBase &Call, Node Type, SwiftTypes &Types) {
  if (Type->Kind != Kind::Tuple) return true;
  for (unsigned I = 0; I < Call.arg_size(); I++)
    if (auto *Memory = Call.getParamStructRetType(I)) return leaves(Memory) == leaves(Type);
  auto Registers = registersOf(Type, Types);
  auto *Struct = dyn_cast<StructType>(Call.getType());
  return Registers && Registers->Parts.size() == (Struct ? Struct->getNumElements() : 1);
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
      if (!specialization(Found.Entity, Part, Found.Generic)) return false;
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

ValueTyping FunctionTypes::resultOf(const CallBase &Call) {
  if (isPlumbing(Call)) return ValueTyping(Typing::Plumbing);
  if (Call.getType()->isVoidTy() && !Call.hasStructRetAttr()) return ValueTyping(Typing::None);
  // What a thunk calls returns what the thunk does.
  if (isThunk(*Call.getFunction())) return ValueTyping(Typing::Plumbing);
  Callee Callee;
  Typing Why;
  if (!findCallee(Call, Callee, Why)) return ValueTyping(Why);
  auto *Entity = Callee.Entity;
  auto &Arguments = Callee.Generic;
  auto *Type = entityResult(Entity, Why);
  if (!Type) return ValueTyping(Why);
  if (Type->Kind == Kind::Tuple && Type->Children.empty()) return ValueTyping(Typing::None);
  if (mentionsParameter(Type) && !Callee.IsSpecialized && !polymorphic(Call, Entity, Arguments))
    return ValueTyping(Typing::Generic);
  Type = substitute(Type, Arguments, Why);
  if (!Type) return ValueTyping(Why);
  if (!liesAsInMemory(Call.getType()) || !isInOnePlace(Call, Type, Types))
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
  Arguments Arguments;
  if (Parts.size() > 1 && Parts[1]->Kind == Kind::Specialization) {
    if (!specialization(Entity, Parts[1], Arguments)) return nullptr;
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

// What the compiler calls Builtin is no value of the program's, nor is what comes with it.
static bool holdsBuiltin(Node Type) {
  return Type->Kind == Kind::Builtin || any_of(Type->Children, holdsBuiltin);
}

// Whether a type is a function, or holds one in its own layout: generic code expects such a
// value in another form than the program has it in.
static bool holdsFunction(Node Type) {
  switch (Type->Kind) {
    case Kind::Function: return true;
    case Kind::Tuple:
    case Kind::TupleElement: return any_of(Type->Children, holdsFunction);
    case Kind::BoundGeneric:
      return MangledNames::write(Type->child(0)) == "Sq" && holdsFunction(Type->child(1)->child(0));
    default: return false;
  }
}

ValueTyping FunctionTypes::finish(Node Type, const Instruction *At) {
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
  Arguments Renamed;
  for (unsigned I = 0; I < Parameters.size(); I++) {
    auto *Metadata = metadataFor(Parameters[I], At);
    if (!Metadata && !Found.Metadata) return ValueTyping(Typing::Generic);
    Found.Parameters.push_back(Metadata);
    auto *New = Types.Names.make(Kind::GenericParameter);
    New->Index = I;
    Renamed.set(Parameters[I], New);
  }
  Typing Why;
  auto *Written = substitute(Type, Renamed, Why);
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
