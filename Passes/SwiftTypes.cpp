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
    case Typing::Noncopyable: return "it cannot be copied, and generic code cannot receive it";
    case Typing::UnboundGeneric: return "generic arguments are not known here";
    case Typing::Function: return "it is a function";
    case Typing::Operator: return "an instruction does not say which number type it is for";
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

bool isMarkerProtocol(Node Protocol) {
  auto Name = MangledNames::write(Protocol);
  return Name == "s8SendableP" || Name == "s8CopyableP" || Name == "s9EscapableP" ||
         Name == "s11BitwiseCopyableP" || Name == "s16SendableMetatypeP";
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
    // Each level is that of a type around the one inside.
    auto *Nominal = Node->child(0);
    for (auto *Level : drop_begin(Node->Children)) {
      if (!Nominal || !Nominal->isNominal()) break;
      auto Name = MangledNames::write(Nominal);
      if (Name && Count) Arities[*Name] = Count;
      Count -= Level->Children.size();
      Nominal = Nominal->child(0)->Kind == Kind::Extension ? Nominal->child(0)->child(1)
                                                           : Nominal->child(0);
    }
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
    if (Name.ends_with("Mn") && Variable.hasInitializer()) readDescriptor(Name, Variable);
    // A type that metadata is looked up for.
    if (Name.consume_back("MD"))
      if (auto *Type = Names.readType(Name)) scan(Type);
  }
  for (auto *Type : Debug.all()) scan(Type);
}

// A nominal type's descriptor: flags, of which one says that it is generic; six words, of which
// the last is where in a struct's metadata the offsets of its fields are, for a class ten; then two
// for a generic one, the numbers of its parameters, requirements and arguments, and a byte for each
// parameter, whose highest bit says that it is an argument.
void SwiftTypes::readDescriptor(StringRef Name, const GlobalVariable &Descriptor) {
  auto *Fields = dyn_cast<ConstantStruct>(Descriptor.getInitializer());
  auto Number = [&](unsigned I) -> std::optional<uint64_t> {
    auto *Field = Fields && I < Fields->getNumOperands()
                      ? dyn_cast<ConstantInt>(Fields->getOperand(I))
                      : nullptr;
    return Field ? std::optional<uint64_t>(Field->getZExtValue()) : std::nullopt;
  };
  auto Flags = Number(0);
  constexpr unsigned ClassKind = 16, StructKind = 17, EnumKind = 18;
  unsigned Kind = Flags ? *Flags & 0x1f : 0;
  if (Kind != ClassKind && Kind != StructKind && Kind != EnumKind) return;
  auto Nominal = Name.drop_front(2).drop_back(2);
  if (!(*Flags & 0x80)) {
    Concrete.insert(Nominal);
    // The last field says which of Copyable and Escapable it is not.
    constexpr unsigned SaysWhatItIsNot = 0x20;
    auto Not = *Flags & SaysWhatItIsNot ? Number(Fields->getNumOperands() - 1) : std::nullopt;
    if (Not.value_or(0) & 3) Uncopyable.insert(Nominal);
    return;
  }
  unsigned Header = Kind == ClassKind ? 13 : 9;
  auto Count = Number(Header);
  if (!Count) return;
  Arities[Nominal] = *Count;
  if (auto Offsets = Kind == StructKind ? Number(6) : std::nullopt)
    OffsetVectors[Nominal] = *Offsets;
  for (unsigned I = 0; I < *Count; I++) {
    auto Parameter = Number(Header + 4 + I);
    if (!Parameter || !(*Parameter & 0x80)) Unlike.insert(Nominal);
  }
}

bool SwiftTypes::areAllArguments(Node Nominal) {
  auto Name = MangledNames::write(Nominal);
  scan();
  // A type in an extension may stand for some of the parameters only.
  for (auto *Type = Nominal; Type && Type->isNominal();) {
    auto *Context = Type->child(0);
    if (Context->Kind == Kind::Extension) {
      auto *Signature = Context->child(2);
      if (Signature && any_of(Signature->Children, [](rayc::NameNode const *Requirement) {
            return StringRef(Requirement->Text).starts_with("s");
          }))
        return false;
      Context = Context->child(1);
    }
    Type = Context;
  }
  return Name && !Unlike.contains(*Name);
}

Node SwiftTypes::bound(Node Nominal, ArrayRef<Node> Arguments) {
  SmallVector<unsigned> Counts;
  for (auto *Type = Nominal; Type && Type->isNominal();) {
    auto Count = Type == Nominal ? std::optional<unsigned>(Arguments.size()) : arity(Type);
    if (!Count || (!Counts.empty() && *Count > Counts.back())) return nullptr;
    Counts.push_back(*Count);
    Type = Type->child(0)->Kind == Kind::Extension ? Type->child(0)->child(1) : Type->child(0);
  }
  SmallVector<Node> Children{Nominal};
  for (unsigned I = 0; I < Counts.size(); I++) {
    unsigned Outer = I + 1 < Counts.size() ? Counts[I + 1] : 0;
    Children.push_back(Names.make(Kind::TypeList, "", Arguments.slice(Outer, Counts[I] - Outer)));
  }
  return Names.make(Kind::BoundGeneric, "", Children);
}

// How many words the witness tables of an existential take.
static unsigned tables(Node Existential) {
  return count_if(Existential->child(0)->Children,
                  [](Node Protocol) { return !isMarkerProtocol(Protocol); });
}

// The size of a class, of what is bound to one, of a metatype or function: of what leaves room
// for a case.
std::optional<uint64_t> SwiftTypes::sizeOfReference(Node Type) {
  auto *Nominal = Type->Kind == Kind::BoundGeneric ? Type->child(0) : Type;
  bool Is = Nominal->Kind == Kind::Class || Type->Kind == Kind::Existential ||
            Type->Kind == Kind::Metatype || Type->Kind == Kind::Function;
  return Is ? size(Type) : std::nullopt;
}

std::optional<uint64_t> SwiftTypes::size(Node Type) {
  if (Sizes.empty()) {
    Sizes[""] = 0;
    for (auto *Struct : Module.getIdentifiedStructTypes()) {
      auto *Named = Struct->isSized() ? structType(Struct) : nullptr;
      auto Name = Named ? MangledNames::write(Named) : std::nullopt;
      if (Named && !isWhole(Struct)) continue;
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
  switch (Type->Kind) {
    case Kind::Existential:
      // What it holds, or a reference; metadata; witness tables.
      if (Type->Text == "p") return 8 * (4 + tables(Type));
      return 8 * (1 + tables(Type));
    case Kind::Metatype:
      if (Type->Text == "Xp" && Type->child(0)->Kind == Kind::Existential)
        return 8 * (1 + tables(Type->child(0)));
      return Type->Text == "m" ? std::optional<uint64_t>(8) : std::nullopt;
    case Kind::Function:
      return Type->Text == "c" || Type->Text == "XE" ? std::optional<uint64_t>(16) : std::nullopt;
    default: break;
  }
  auto Found = Sizes.find(*Name);
  if (Found == Sizes.end() && Nominal != Type) {
    // What has no other case than a reference's absence has the reference's size.
    if (MangledNames::write(Nominal) == "Sq")
      if (auto Wrapped = sizeOfReference(Type->child(1)->child(0))) return Wrapped;
    // A generic type that LLVM has one type for, whatever its arguments are.
    if (auto NominalName = MangledNames::write(Nominal)) Found = Sizes.find(*NominalName);
  }
  if (Found != Sizes.end()) return Found->second;
  return Debug.size(*Name);
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

bool SwiftTypes::isUncopyable(Node Nominal) {
  scan();
  if (Uncopyable.empty()) return false;
  auto Name = MangledNames::write(Nominal);
  return Name && Uncopyable.contains(*Name);
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
static GlobalVariable *referenced(const Constant *Field) {
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

// The standard library's types whose layout does not depend on anything.
static bool hasFixedLayout(StringRef Name) {
  static constexpr StringLiteral Generic[] = {"Sa",
                                              "Sh",
                                              "SD",
                                              "SP",
                                              "Sp",
                                              "SR",
                                              "Sr",
                                              "SA",
                                              "s15ContiguousArrayV",
                                              "s10ArraySliceV",
                                              "s9UnmanagedV"};
  if (is_contained(Generic, Name) || isNumber(Name)) return true;
  return !isGenericStandard(Name) &&
         any_of(standardTypes(), [&](auto &Type) { return Type.Letters == Name; });
}

bool SwiftTypes::isWhole(const StructType *Type) {
  auto *Named = structType(Type);
  if (!Named) return true;
  auto *Nominal = Named->Kind == Kind::BoundGeneric ? Named->child(0) : Named;
  // An enum is laid out as a whole or not at all.
  if (Nominal->Kind != Kind::Struct) return true;
  auto Name = MangledNames::write(Named), Short = MangledNames::write(Nominal);
  if (!Name || !Short) return false;
  if (hasFixedLayout(*Short)) return true;
  size_t Properties = count_if(Type->elements(), isProperty);
  if (auto *Fields = fieldDescriptor(Type)) return Fields->getNumOperands() == 5 + 3 * Properties;
  auto &Layout = Module.getDataLayout();
  if (auto Size = Debug.size(*Name); Size && Type->isSized())
    return alignTo(*Size, Layout.getABITypeAlign(const_cast<StructType *>(Type))) ==
           Layout.getTypeAllocSize(const_cast<StructType *>(Type));
  auto Members = Debug.members(*Name);
  return !Members.empty() && Members.size() == Properties;
}

Node SwiftTypes::fieldType(const StructType *Type, unsigned Element) {
  if (!isProperty(Type->getElementType(Element))) return nullptr;
  auto *Fields = fieldDescriptor(Type);
  unsigned Property = count_if(Type->elements().take_front(Element), isProperty);
  unsigned Properties = count_if(Type->elements(), isProperty);
  if (!Fields) return describedField(Type, Element, Property, Properties);
  return Fields->getNumOperands() == 5 + 3 * Properties ? fieldIn(*Fields, Property) : nullptr;
}

Node SwiftTypes::fieldIn(const ConstantStruct &Fields, unsigned Property) {
  if (Fields.getNumOperands() <= 5 + 3 * Property + 1) return nullptr;
  auto *Name = referenced(Fields.getOperand(5 + 3 * Property + 1));
  auto Mangled = Name ? symbolicType(Name->getName()) : std::nullopt;
  return Mangled ? Names.readType(*Mangled) : nullptr;
}

Node SwiftTypes::fieldAtOffset(Node Nominal, uint64_t Word) {
  scan();
  auto Name = MangledNames::write(Nominal);
  auto Offsets = Name ? OffsetVectors.find(*Name) : OffsetVectors.end();
  if (Offsets == OffsetVectors.end() || Word < 2 * Offsets->second) return nullptr;
  auto *Descriptor = Module.getNamedGlobal("$s" + *Name + "MF");
  auto *Fields = Descriptor && Descriptor->hasInitializer()
                     ? dyn_cast<ConstantStruct>(Descriptor->getInitializer())
                     : nullptr;
  return Fields ? fieldIn(*Fields, Word - 2 * Offsets->second) : nullptr;
}

// From debug information: by the offset, if that is known, else by the number.
Node SwiftTypes::describedField(const StructType *Type, unsigned Element, unsigned Property,
                                unsigned Properties) {
  auto *Named = structType(Type);
  auto *Nominal = Named && Named->Kind == Kind::BoundGeneric ? Named->child(0) : Named;
  auto Name = Nominal ? MangledNames::write(Nominal) : std::nullopt;
  if (!Name || !Type->isSized()) return nullptr;
  auto Members = Debug.members(*Name);
  auto &Layout = *Module.getDataLayout().getStructLayout(const_cast<StructType *>(Type));
  uint64_t Offset = Layout.getElementOffset(Element);
  uint64_t Size = Module.getDataLayout().getTypeAllocSize(Type->getElementType(Element));
  Node Found = nullptr;
  bool HasOffsets = !Members.empty() && Members.back().Offset;
  if (!HasOffsets || Nominal->Kind == Kind::Class)
    return Members.size() == Properties ? Members[Property].Type : nullptr;
  for (auto &Member : Members) {
    if (Member.Offset != Offset || !Member.Type || size(Member.Type) == 0) continue;
    // Two in one place: one of them is empty.
    if (Found) return nullptr;
    Found = Member.Type;
  }
  auto FoundSize = Found ? size(Found) : std::nullopt;
  return !FoundSize || *FoundSize == Size ? Found : nullptr;
}

}  // namespace rayc
