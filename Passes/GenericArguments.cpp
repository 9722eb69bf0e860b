#include "GenericArguments.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

Node GenericArguments::find(Node Parameter) const {
  if (Parameter->Depth >= Levels.size()) return nullptr;
  auto &Level = Levels[Parameter->Depth];
  return Parameter->Index < Level.size() ? Level[Parameter->Index] : nullptr;
}

void GenericArguments::set(Node Parameter, Node Type) {
  if (Levels.size() <= Parameter->Depth) Levels.resize(Parameter->Depth + 1);
  auto &Level = Levels[Parameter->Depth];
  if (Level.size() <= Parameter->Index) Level.resize(Parameter->Index + 1);
  Level[Parameter->Index] = Type;
}

bool GenericArguments::assign(ArrayRef<unsigned> Depths, unsigned Added, ArrayRef<Node> Types) {
  Levels.clear();
  for (unsigned Count : Depths) {
    if (Types.size() < Count) return false;
    Levels.emplace_back(Types.begin(), Types.begin() + Count);
    Types = Types.drop_front(Count);
  }
  if (Types.size() != Added) return false;
  if (Added) Levels.emplace_back(Types.begin(), Types.end());
  return true;
}

Node contextOf(Node Entity, Node *Extended) {
  auto *Context = Entity->child(0);
  if (Context->Kind != Kind::Extension) return Context;
  if (Extended) *Extended = Context->child(2);
  return Context->child(1);
}

std::optional<SmallVector<unsigned, 2>> depths(Node Nominal, SwiftTypes &Types) {
  SmallVector<unsigned, 2> Counts;
  unsigned Inner = 0;
  bool IsFirst = true;
  for (auto *Type = Nominal; Type && Type->isNominal(); Type = contextOf(Type)) {
    auto Arity = Types.arity(Type);
    if (!Arity) return std::nullopt;
    if (!IsFirst && Inner < *Arity) return std::nullopt;
    if (!IsFirst && Inner != *Arity) Counts.insert(Counts.begin(), Inner - *Arity);
    Inner = *Arity;
    IsFirst = false;
  }
  if (Inner) Counts.insert(Counts.begin(), Inner);
  return Counts;
}

Node signatureOf(Node Entity) {
  for (auto *Child : drop_begin(Entity->Children))
    if (Child->Kind == Kind::GenericFunction) return Child->child(0);
  return nullptr;
}

// One that is another's associated type has an argument.
static bool hasSameType(Node Signature) {
  return Signature && any_of(Signature->Children, [](Node Requirement) {
           StringRef Letters = StringRef(Requirement->Text).split('|').first;
           return Letters == "s" && Requirement->child(1) &&
                  Requirement->child(1)->Kind != Kind::DependentMember;
         });
}

unsigned witnessTables(Node Signature) {
  if (!Signature) return 0;
  return count_if(Signature->Children, [](Node Requirement) {
    StringRef Letters = StringRef(Requirement->Text).split('|').first;
    auto *Protocol = Requirement->child(1);
    if (!Protocol || Protocol->Kind != Kind::Protocol) return false;
    bool IsTable = Letters.empty() || Letters == "p" || Letters == "P" || Letters == "Q";
    return IsTable && !isMarkerProtocol(Protocol);
  });
}

bool contextHasSameType(Node Node) {
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

std::optional<unsigned> addedParameters(Node Signature) {
  if (!Signature) return 0;
  StringRef Counts = Signature->Text;
  if (Counts == "l") return 1;
  if (!Counts.consume_front("r") || !Counts.consume_back("l")) return std::nullopt;
  if (Counts == "_") return 1;
  unsigned Number;
  if (!Counts.consume_back("_") || Counts.getAsInteger(10, Number)) return std::nullopt;
  return Number + 2;
}

void appendArguments(Node Bound, SmallVectorImpl<Node> &Into) {
  for (auto *Level : reverse(drop_begin(Bound->Children)))
    Into.append(Level->Children.begin(), Level->Children.end());
}

std::optional<GenericArguments> argumentsOf(Node Bound, SwiftTypes &Types) {
  GenericArguments Arguments;
  SmallVector<Node> All;
  appendArguments(Bound, All);
  auto Depths = depths(Bound->child(0), Types);
  if (!Depths && Bound->Children.size() == 2)
    Depths = SmallVector<unsigned, 2>{unsigned(All.size())};
  if (!Depths || !Arguments.assign(*Depths, 0, All)) return std::nullopt;
  return Arguments;
}

Node selfTypeOf(Node Nominal, SwiftTypes &Types) {
  auto Depths = depths(Nominal, Types);
  if (!Depths) return nullptr;
  if (Depths->empty()) return Nominal;
  SmallVector<Node> Parameters;
  for (unsigned Depth = 0; Depth < Depths->size(); Depth++)
    for (unsigned Index = 0; Index < (*Depths)[Depth]; Index++) {
      auto *Parameter = Types.Names.make(Kind::GenericParameter);
      Parameter->Depth = Depth;
      Parameter->Index = Index;
      Parameters.push_back(Parameter);
    }
  return Types.bound(Nominal, Parameters);
}

bool specialization(Node Entity, Node Part, SwiftTypes &Types, GenericArguments &Found) {
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
  return Found.assign(Depths, *Added, Part->Children);
}

}  // namespace rayc
