#include "DebugTypes.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/IR/DebugInfo.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

static StringRef mangledName(const DIType *Type) {
  auto *Composite = dyn_cast<DICompositeType>(Type);
  if (Composite && Composite->getIdentifier().starts_with("$s")) return Composite->getIdentifier();
  return Type->getName().starts_with("$s") ? Type->getName() : "";
}

// Aliases stand in names for what they are short for.
Node DebugTypes::withoutAliases(Node Type, unsigned Depth) {
  if (Depth > 32) return nullptr;
  bool IsBound = Type->Kind == Kind::BoundGeneric;
  if (Type->Kind == Kind::TypeAlias || (IsBound && Type->child(0)->Kind == Kind::TypeAlias)) {
    auto Name = MangledNames::write(Type);
    auto *Alias = Name ? Aliases.lookup(*Name) : nullptr;
    auto *Target = Alias ? type(cast<DIDerivedType>(Alias)->getBaseType()) : nullptr;
    return Target;
  }
  // What a type is declared in is no type of a value.
  if (Type->isNominal() || Type->Kind == Kind::Protocol) return Type;
  SmallVector<Node> Children;
  bool IsSame = true;
  for (auto *Child : Type->Children) {
    auto *New = withoutAliases(Child, Depth + 1);
    if (!New) return nullptr;
    IsSame &= New == Child;
    Children.push_back(New);
  }
  if (IsSame) return Type;
  auto *Copy = Names.make(Type->Kind, Type->Text, Children);
  Copy->Depth = Type->Depth;
  Copy->Index = Type->Index;
  return Copy;
}

Node DebugTypes::type(const DIType *Type) {
  if (!Type) return nullptr;
  scan();
  if (auto At = Known.find(Type); At != Known.end()) return At->second;
  // A type within itself is not described that way.
  Known[Type] = nullptr;
  Node Result = nullptr;
  if (auto Name = mangledName(Type); !Name.empty()) {
    if (auto *Read = Names.readType(Name)) Result = withoutAliases(Read);
    auto *Derived = dyn_cast<DIDerivedType>(Type);
    if (!Result && Derived && Derived->getTag() == dwarf::DW_TAG_typedef)
      Result = type(Derived->getBaseType());
  } else if (auto *Derived = dyn_cast<DIDerivedType>(Type)) {
    auto Tag = Derived->getTag();
    if (Tag == dwarf::DW_TAG_const_type || Tag == dwarf::DW_TAG_typedef ||
        Tag == dwarf::DW_TAG_member)
      Result = type(Derived->getBaseType());
  } else if (auto *Basic = dyn_cast<DIBasicType>(Type)) {
    Result = Names.readType(Basic->getName());
  } else if (auto *Composite = dyn_cast<DICompositeType>(Type)) {
    // A type of a size of its own: one member without a name that says which.
    auto Elements = Composite->getElements();
    if (Elements.size() == 1) Result = type(dyn_cast<DIType>(Elements[0]));
  }
  return Known[Type] = Result;
}

void DebugTypes::add(const DICompositeType *Type) {
  auto *Read = Names.readType(mangledName(Type));
  if (!Read) return;
  Found.push_back(Read);
  auto Name = MangledNames::write(Read);
  if (!Name) return;
  // A type that is only declared has no size.
  if (Type->getSizeInBits() && !Type->isForwardDecl()) Sizes[*Name] = Type->getSizeInBits() / 8;
  if (Type->getElements().empty()) return;
  // A generic type is described in terms of its own parameters.
  auto *Nominal = Read;
  if (Read->Kind == Kind::BoundGeneric) {
    Nominal = Read->child(0);
    for (auto *Level : drop_begin(Read->Children))
      if (any_of(Level->Children,
                 [](Node Argument) { return Argument->Kind != Kind::GenericParameter; }))
        return;
  }
  if (Nominal->Kind != Kind::Struct && Nominal->Kind != Kind::Class) return;
  if (auto Key = MangledNames::write(Nominal)) Described.try_emplace(*Key, Type);
}

void DebugTypes::scan() {
  if (IsScanned) return;
  IsScanned = true;
  DebugInfoFinder Finder;
  Finder.processModule(Module);
  SmallVector<const Metadata *> Waiting(Finder.types().begin(), Finder.types().end());
  SmallPtrSet<const Metadata *, 32> Seen;
  while (!Waiting.empty()) {
    auto *Type = dyn_cast_or_null<DIType>(Waiting.pop_back_val());
    if (!Type || !Seen.insert(Type).second) continue;
    Waiting.push_back(Type->getScope());
    auto Name = mangledName(Type);
    if (auto *Derived = dyn_cast<DIDerivedType>(Type)) {
      Waiting.push_back(Derived->getBaseType());
      auto *Read = Name.empty() ? nullptr : Names.readType(Name);
      auto Key = Read ? MangledNames::write(Read) : std::nullopt;
      if (Key) Aliases.try_emplace(*Key, Type);
    } else if (auto *Composite = dyn_cast<DICompositeType>(Type)) {
      // A generic type is described once, and its uses refer to that.
      Waiting.push_back(Composite->getSpecification());
      Waiting.push_back(Composite->getBaseType());
      for (auto *Element : Composite->getElements()) Waiting.push_back(Element);
      if (!Name.empty()) add(Composite);
    }
  }
}

ArrayRef<DebugTypes::Member> DebugTypes::members(StringRef Nominal) {
  scan();
  auto [At, IsNew] = Members.try_emplace(Nominal);
  auto *Type = IsNew ? Described.lookup(Nominal) : nullptr;
  if (!Type) return At->second;
  for (auto *Element : Type->getElements()) {
    auto *Member = dyn_cast<DIDerivedType>(Element);
    if (!Member || Member->getTag() != dwarf::DW_TAG_member) continue;
    auto *Of = type(Member->getBaseType());
    std::optional<uint64_t> Offset;
    if (Type->getSizeInBits()) Offset = Member->getOffsetInBits() / 8;
    Members[Nominal].push_back({Of, Offset});
  }
  return Members[Nominal];
}

std::optional<uint64_t> DebugTypes::size(StringRef Mangled) {
  scan();
  auto Found = Sizes.find(Mangled);
  return Found == Sizes.end() ? std::nullopt : std::optional<uint64_t>(Found->second);
}

ArrayRef<Node> DebugTypes::all() {
  scan();
  return Found;
}

}  // namespace rayc
