#include "SwiftTypes.h"

#include "SiteSelector.h"

#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

StringRef describe(Typing Typing) {
  switch (Typing) {
    case Typing::Exact: return "";
    case Typing::None: return "it returns nothing";
    case Typing::Plumbing: return "it exists only for the compiler";
    case Typing::IndirectCall: return "the callee is only known at run time";
    case Typing::ForeignCallee: return "the callee is no Swift function";
    case Typing::UnknownName: return "the callee's name does not say what it returns";
    case Typing::Generic: return "a generic parameter is not known here";
    case Typing::AssociatedType: return "an associated type is not known here";
    case Typing::OpaqueType: return "the type is opaque ('some')";
    case Typing::UnknownLayout: return "how the type lies in registers is not known here";
    case Typing::UnknownAddress: return "nothing says what lies at the address";
    case Typing::Part: return "it is a part of a value";
    case Typing::UnboundGeneric: return "generic arguments are not known here";
    case Typing::Function: return "it is a function";
  }
  llvm_unreachable("a typing without words");
}

Node withoutWrapper(Node Node) {
  while (Node->Kind == Kind::Static || Node->Kind == Kind::Accessor) Node = Node->child(0);
  return Node;
}

Node typeOf(Node Entity) {
  for (auto *Child : drop_begin(Entity->Children))
    if (Child->isType()) return Child->Kind == Kind::GenericFunction ? Child->child(1) : Child;
  return nullptr;
}

bool mentionsParameter(Node Node) {
  return Node->Kind == Kind::GenericParameter ||
         any_of(Node->Children, [](rayc::Node Child) { return mentionsParameter(Child); });
}

Node SwiftTypes::structType(const StructType *Type) {
  if (!Type->hasName()) return nullptr;
  if (Type->getName() == "Any")
    return Names.make(Kind::Existential, "p", {Names.make(Kind::TypeList)});
  if (!Type->getName().starts_with("T")) return nullptr;
  StringRef Name = Type->getName().drop_front();
  // LLVM numbers equal names: `TSS.12`.
  auto *Found = Names.readType(Name.split('.').first);
  // What is called after a protocol is a value of that protocol's type.
  if (Found && Found->Kind == Kind::Protocol)
    return Names.make(Kind::Existential, "p", {Names.make(Kind::TypeList, "", {Found})});
  return Found;
}

Node SwiftTypes::debugType(const DIType *Type) {
  while (Type) {
    if (auto *Derived = dyn_cast<DIDerivedType>(Type)) {
      auto Tag = Derived->getTag();
      if (Tag == dwarf::DW_TAG_typedef && Derived->getName().starts_with("$s"))
        return Names.readType(Derived->getName());
      if (Tag != dwarf::DW_TAG_const_type && Tag != dwarf::DW_TAG_typedef &&
          Tag != dwarf::DW_TAG_member)
        return nullptr;
      Type = Derived->getBaseType();
      continue;
    }
    if (auto *Basic = dyn_cast<DIBasicType>(Type)) return Names.readType(Basic->getName());
    auto *Composite = dyn_cast<DICompositeType>(Type);
    if (!Composite) return nullptr;
    if (Composite->getIdentifier().starts_with("$s"))
      return Names.readType(Composite->getIdentifier());
    if (Composite->getName().starts_with("$s")) return Names.readType(Composite->getName());
    // A type of a size of its own: one member without a name that says which.
    auto Elements = Composite->getElements();
    if (Elements.size() != 1) return nullptr;
    Type = dyn_cast<DIType>(Elements[0]);
  }
  return nullptr;
}

// The standard library's generic types that have letters of their own.
static bool isGenericStandard(StringRef Letters) {
  static constexpr StringLiteral Generic[] = {"SA",  "Sa",  "SD",  "Sh",  "SI", "SN",  "Sn",
                                              "SP",  "Sp",  "SR",  "Sr",  "Sq", "ScC", "Scc",
                                              "ScG", "Scg", "ScS", "Scs", "ScT"};
  return is_contained(Generic, Letters);
}

static bool isNumber(StringRef Mangled) {
  static constexpr StringLiteral Numbers[] = {
      "s4Int8V",    "s5Int16V",   "s5Int32V",        "s5Int64V",  "s6Int128V",
      "s5UInt8V",   "s6UInt16V",  "s6UInt32V",       "s6UInt64V", "s7UInt128V",
      "s7Float16V", "s7Float80V", "s12StaticStringV"};
  return is_contained(Numbers, Mangled);
}

// A type that stands by itself has no arguments, and one with arguments shows how many.
void SwiftTypes::scan(Node Node) {
  if (Node->Kind == Kind::BoundGeneric) {
    unsigned Count = 0;
    for (auto *Level : drop_begin(Node->Children)) {
      Count += Level->Children.size();
      scan(Level);
    }
    if (auto Name = MangledNames::write(Node->child(0))) Arities[*Name] = Count;
    return;
  }
  if (Node->Kind == Kind::Struct || Node->Kind == Kind::Enum || Node->Kind == Kind::Class) {
    if (auto Name = MangledNames::write(Node)) Concrete.insert(*Name);
    return;
  }
  if (Node->isNominal() || Node->Kind == Kind::Existential) return;
  if (Node->Kind == Kind::Entity) {
    for (auto *Child : drop_begin(Node->Children))
      if (Child->isType()) scan(Child);
    if (!Node->child(0)->isNominal()) scan(Node->child(0));
    return;
  }
  if (Node->Kind == Kind::Extension || Node->Kind == Kind::Requirement ||
      Node->Kind == Kind::Suffix)
    return;
  for (auto *Child : Node->Children) scan(Child);
}

void SwiftTypes::scan() {
  if (IsScanned) return;
  IsScanned = true;
  auto Scan = [&](StringRef Name) {
    if (Name.starts_with("$s"))
      for (auto *Part : Names.read(Name)) scan(Part);
  };
  for (auto &Function : Module) Scan(Function.getName());
  for (auto &Variable : Module.globals()) {
    auto Name = Variable.getName();
    Scan(Name);
    // A type that metadata is looked up for.
    if (Name.consume_back("MD"))
      if (auto *Type = Names.readType(Name)) scan(Type);
  }
}

std::optional<uint64_t> SwiftTypes::size(Node Type) {
  if (Sizes.empty()) {
    Sizes[""] = 0;
    for (auto *Struct : Module.getIdentifiedStructTypes()) {
      auto *Named = Struct->isSized() ? structType(Struct) : nullptr;
      auto Name = Named ? MangledNames::write(Named) : std::nullopt;
      if (Named && Named->isNominal() && !isConcrete(Named) && !isWhole(Struct)) continue;
      if (Name && Named->Kind != Kind::Class)
        Sizes[*Name] = Module.getDataLayout().getTypeAllocSize(Struct);
    }
  }
  // A reference to an object.
  auto *Nominal = Type->Kind == Kind::BoundGeneric ? Type->child(0) : Type;
  if (Nominal->Kind == Kind::Class) return 8;
  auto Name = MangledNames::write(Type);
  if (!Name) return std::nullopt;
  if (*Name == "s5Error_p") return 8;
  auto Found = Sizes.find(*Name);
  if (Found == Sizes.end() && Nominal != Type)
    // A generic type that LLVM has one type for, whatever its arguments are.
    if (auto NominalName = MangledNames::write(Nominal)) Found = Sizes.find(*NominalName);
  return Found == Sizes.end() ? std::nullopt : std::optional<uint64_t>(Found->second);
}

StructType *SwiftTypes::layout(Node Type) {
  if (!Layouts) {
    Layouts.emplace();
    for (auto *Struct : Module.getIdentifiedStructTypes()) {
      auto *Named = Struct->isSized() ? structType(Struct) : nullptr;
      if (auto Name = Named ? MangledNames::write(Named) : std::nullopt)
        Layouts->try_emplace(*Name, Struct);
    }
  }
  auto Find = [&](Node Node) {
    auto Name = MangledNames::write(Node);
    return Name ? Layouts->lookup(*Name) : nullptr;
  };
  if (auto *Found = Find(Type)) return Found;
  // A generic type that LLVM has one type for, whatever its arguments are.
  return Type->Kind == Kind::BoundGeneric ? Find(Type->child(0)) : nullptr;
}

bool SwiftTypes::isConcrete(Node Nominal) {
  auto Name = MangledNames::write(Nominal);
  if (!Name) return false;
  for (auto &Type : standardTypes())
    if (Type.Letters == *Name) return !isGenericStandard(*Name);
  if (isNumber(*Name)) return true;
  scan();
  return Concrete.contains(*Name) && !Arities.contains(*Name);
}

std::optional<unsigned> SwiftTypes::arity(Node Nominal) {
  auto Name = MangledNames::write(Nominal);
  if (!Name) return std::nullopt;
  if (isConcrete(Nominal)) return 0;
  for (auto &Type : standardTypes())
    if (Type.Letters == *Name) {
      bool HasTwo = *Name == "SD" || *Name == "ScC" || *Name == "Scc" || *Name == "Scg" ||
                    *Name == "Scs" || *Name == "ScT";
      return HasTwo ? 2 : 1;
    }
  scan();
  auto Found = Arities.find(*Name);
  return Found == Arities.end() ? std::nullopt : std::optional<unsigned>(Found->second);
}

Node SwiftTypes::metadata(const Value *Value) {
  Value = Value->stripPointerCasts();
  auto OfSymbol = [&](StringRef Symbol, StringRef Suffix) -> Node {
    auto &Parts = Names.read(Symbol);
    if (Parts.size() != 1 || Parts[0]->Kind != Kind::Suffix || Parts[0]->Text != Suffix)
      return nullptr;
    auto *Type = Parts[0]->child(0);
    return Type && Type->isType() ? Type : nullptr;
  };
  if (auto *Call = dyn_cast<CallBase>(Value)) {
    auto Name = calleeName(*Call);
    if (Name == "__swift_instantiateConcreteTypeFromMangledName")
      return OfSymbol(Call->getArgOperand(0)->getName(), "MD");
    // An accessor that takes no generic arguments.
    return Call->arg_size() == 1 ? OfSymbol(Name, "Ma") : nullptr;
  }
  if (auto *Global = dyn_cast<GlobalVariable>(Value)) return OfSymbol(Global->getName(), "N");
  if (auto *Address = dyn_cast<GEPOperator>(Value))
    if (auto *Global = dyn_cast<GlobalVariable>(Address->getPointerOperand())) {
      // The address behind what stands in front of metadata.
      if (auto *Type = OfSymbol(Global->getName(), "Mf")) return Type;
      return OfSymbol(Global->getName(), "N");
    }
  return nullptr;
}

// `symbolic _____ySdG 4main1DC`: a mangled type, with references to descriptors left out and
// named behind it in their order.
static std::optional<std::string> symbolicType(StringRef Name) {
  if (!Name.consume_front("symbolic ")) return std::nullopt;
  SmallVector<StringRef> Parts;
  Name.split('.').first.split(Parts, ' ');
  std::string Mangled;
  StringRef Rest = Parts[0];
  unsigned Next = 1;
  while (true) {
    size_t Reference = Rest.find("_____");
    if (Reference == StringRef::npos) break;
    if (Next >= Parts.size()) return std::nullopt;
    Mangled += Rest.take_front(Reference);
    Mangled += Parts[Next++];
    Rest = Rest.drop_front(Reference + 5);
  }
  if (Next != Parts.size()) return std::nullopt;
  return Mangled + Rest.str();
}

// The constant behind a 32-bit relative reference.
static GlobalVariable *referenced(Constant *Field) {
  auto *Trunc = dyn_cast<ConstantExpr>(Field);
  if (!Trunc || Trunc->getOpcode() != Instruction::Trunc) return nullptr;
  auto *Sub = dyn_cast<ConstantExpr>(Trunc->getOperand(0));
  if (!Sub || Sub->getOpcode() != Instruction::Sub) return nullptr;
  auto *Address = dyn_cast<ConstantExpr>(Sub->getOperand(0));
  if (!Address || Address->getOpcode() != Instruction::PtrToInt) return nullptr;
  return dyn_cast<GlobalVariable>(Address->getOperand(0));
}

// The field descriptor `…MF` of a type: two references, kind and size, the number of fields; then
// flags, type and name of each. Null: it is in another module.
ConstantStruct *SwiftTypes::fieldDescriptor(const StructType *Type) {
  if (!Type->hasName() || !Type->getName().starts_with("T")) return nullptr;
  auto Symbol = ("$s" + Type->getName().drop_front().split('.').first + "MF").str();
  auto *Descriptor = Module.getNamedGlobal(Symbol);
  if (!Descriptor || !Descriptor->hasInitializer()) return nullptr;
  auto *Fields = dyn_cast<ConstantStruct>(Descriptor->getInitializer());
  return Fields && Fields->getNumOperands() >= 5 ? Fields : nullptr;
}

// Padding and the head of an object are no properties.
static bool isProperty(Type *Element) {
  auto *Struct = dyn_cast<StructType>(Element);
  bool IsHead = Struct && Struct->hasName() && Struct->getName() == "swift.refcounted";
  bool IsPadding = Element->isArrayTy() && Element->getArrayElementType()->isIntegerTy(8);
  return !IsPadding && !IsHead;
}

// The standard library's generic types whose layout does not depend on their arguments.
static bool hasFixedLayout(StringRef Name) {
  static constexpr StringLiteral Fixed[] = {"TSa",
                                            "TSh",
                                            "TSD",
                                            "TSP",
                                            "TSp",
                                            "TSR",
                                            "TSr",
                                            "TSA",
                                            "Ts15ContiguousArrayV",
                                            "Ts10ArraySliceV",
                                            "Ts9UnmanagedV"};
  return is_contained(Fixed, Name.split('.').first);
}

bool SwiftTypes::isWhole(const StructType *Type) {
  auto *Fields = fieldDescriptor(Type);
  if (!Fields) return hasFixedLayout(Type->getName());
  // An enum is laid out as a whole or not at all.
  auto *Kind = dyn_cast<ConstantInt>(Fields->getOperand(2));
  if (Kind && (Kind->getZExtValue() == 2 || Kind->getZExtValue() == 3)) return true;
  return Fields->getNumOperands() == 5 + 3 * count_if(Type->elements(), isProperty);
}

Node SwiftTypes::fieldType(const StructType *Type, unsigned Element) {
  auto *Fields = fieldDescriptor(Type);
  if (!Fields || !isProperty(Type->getElementType(Element))) return nullptr;
  if (Fields->getNumOperands() != 5 + 3 * count_if(Type->elements(), isProperty)) return nullptr;
  unsigned Property = count_if(Type->elements().take_front(Element), isProperty);
  auto *Name = referenced(Fields->getOperand(5 + 3 * Property + 1));
  auto Mangled = Name ? symbolicType(Name->getName()) : std::nullopt;
  return Mangled ? Names.readType(*Mangled) : nullptr;
}

}  // namespace rayc
