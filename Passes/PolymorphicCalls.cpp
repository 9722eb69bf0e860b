#include "FunctionTypes.h"
#include "GenericArguments.h"
#include "SiteSelector.h"

#include "llvm/IR/Operator.h"

using namespace llvm;

namespace rayc {

using Kind = enum NameNode::Kind;
using Node = const NameNode *;

// What else than metadata could tell a parameter, which then has none of its own.
static bool isSource(Node Parameter) {
  if (Parameter->Kind == Kind::TupleElement) Parameter = Parameter->child(0);
  while (Parameter->Kind == Kind::Wrapped) Parameter = Parameter->child(0);
  return Parameter->Kind == Kind::BoundGeneric && Parameter->child(0)->Kind == Kind::Class &&
         mentionsParameter(Parameter);
}

// Whether a function returns its error in memory, whose address is then its last argument.
static bool hasIndirectError(Node Type) {
  return Type && any_of(Type->Children, [](Node Part) {
           return Part->Kind == Kind::Annotation && Part->Text == "YK" && mentionsParameter(Part);
         });
}

// Whether a value is metadata of a type, known or not.
static bool isMetadata(const Value *Value) {
  if (auto *Extract = dyn_cast<ExtractValueInst>(Value)) Value = Extract->getAggregateOperand();
  if (auto *Call = dyn_cast<CallBase>(Value)) {
    auto Name = calleeName(*Call);
    return Name.ends_with("Ma") || Name.contains("Metadata") || Name.contains("FromMangledName") ||
           Name == "swift_getAssociatedTypeWitness" || Name == "swift_getDynamicType" ||
           Name == "swift_getObjectType";
  }
  // In front of metadata is the table of the type's value witnesses.
  return any_of(Value->users(), [](const User *User) {
    auto *Step = dyn_cast<GEPOperator>(User);
    auto *Index = Step && Step->getNumIndices() == 1 && Step->getSourceElementType()->isPointerTy()
                      ? dyn_cast<ConstantInt>(*Step->idx_begin())
                      : nullptr;
    return Index && Index->isMinusOne();
  });
}

namespace {

/// The arguments of one call, taken from their end.
class CallArguments {
 public:
  CallArguments(const CallBase &Call, function_ref<Node(Value *)> Metadata) : Metadata(Metadata) {
    for (unsigned I = 0; I < Call.arg_size(); I++) {
      auto *Argument = Call.getArgOperand(I);
      if (Call.paramHasAttr(I, Attribute::SwiftSelf))
        Self = isa<UndefValue>(Argument) ? nullptr : Argument;
      else if (!Call.paramHasAttr(I, Attribute::SwiftError))
        Behind.push_back(Argument);
    }
  }

  /// Takes the metadata of so many types; one that is not known is null.
  bool take(unsigned Count) {
    for (unsigned I = 0; I < Count; I++) {
      if (Behind.empty() || !Behind.back()->getType()->isPointerTy()) return false;
      Types.insert(Types.begin(), Metadata(Behind.pop_back_val()));
    }
    return true;
  }
  bool drop(unsigned Count) {
    if (Behind.size() < Count) return false;
    Behind.truncate(Behind.size() - Count);
    return true;
  }
  /// Passes over witness tables, up to metadata; false if that is of an unknown type.
  bool dropTables() {
    while (!Behind.empty() && Behind.back()->getType()->isPointerTy() && !Metadata(Behind.back())) {
      if (isMetadata(Behind.back())) return false;
      Behind.pop_back();
    }
    return true;
  }
  bool areKnown() const { return !is_contained(Types, nullptr); }

  Value *Self = nullptr;
  SmallVector<Node> Types;

 private:
  SmallVector<Value *> Behind;
  function_ref<Node(Value *)> Metadata;
};

}  // namespace

// The arguments of a generic function that is called unspecialised: metadata of its parameters
// come behind its own arguments, then witness tables. A dispatch thunk has those of `Self` last.
bool FunctionTypes::polymorphic(const CallBase &Call, Node Entity, GenericArguments &Found) {
  auto *Inner = withoutWrapper(Entity);
  // The initial value of a property is a function of the type's, without `self`.
  if (Inner->Kind == Kind::Entity && Inner->Text == "fi") Inner = withoutWrapper(Inner->child(0));
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
  unsigned Tables = witnessTables(Signature);

  auto Metadata = [this](Value *Value) { return metadata(Value); };
  CallArguments Given(Call, Metadata);
  if (hasIndirectError(Type) && !Given.drop(1)) return false;

  if (Context->Kind == Kind::Protocol) {
    if (calleeName(Call).ends_with("Tj")) {
      if (!Given.drop(1) || !Given.take(1) || !Given.drop(Tables)) return false;
      auto *OfSelf = Given.Types.pop_back_val();
      if (!Given.take(*Added)) return false;
      Given.Types.insert(Given.Types.begin(), OfSelf);
    } else if (!Given.drop(1 + witnessTables(Extended) + Tables) || !Given.take(1 + *Added)) {
      // `Self: P`, and what an extension says of it.
      return false;
    }
    return Found.assign({1}, *Added, Given.Types);
  }
  if (Context->Kind == Kind::Module)
    return Given.drop(Tables) && Given.take(*Added) && Found.assign({}, *Added, Given.Types);

  // How many there are in front, and what they say: the context's parameters, or its type.
  bool IsValue = Context->Kind == Kind::Struct || Context->Kind == Kind::Enum;
  if (!IsValue && Context->Kind != Kind::Class) return false;
  auto Arity = IsValue ? Types.arity(Context) : 0u;
  if (!Arity) return false;
  bool OfSelf = IsValue && Given.Self && *Arity != 0;
  unsigned Total = (OfSelf ? 1 : *Arity) + *Added;
  // What the context asks for is not in the name: witness tables are what is no metadata.
  if (!Given.dropTables() || !Given.take(Total) || !Given.areKnown()) return false;
  SmallVector<Node> All(Given.Types);
  if (!IsValue || OfSelf) {
    // The object, or the metatype, is `self`.
    auto *Type = IsValue ? All[0] : Given.Self ? referenceType(Given.Self) : nullptr;
    if (!Type || Type->Kind != Kind::BoundGeneric ||
        MangledNames::write(Type->child(0)) != MangledNames::write(Context))
      return false;
    All.clear();
    appendArguments(Type, All);
    All.append(Given.Types.begin() + OfSelf, Given.Types.end());
  }
  auto Depths = depths(Context, Types);
  if (!Depths && Context->child(0)->Kind == Kind::Module && All.size() >= *Added)
    Depths = SmallVector<unsigned, 2>{unsigned(All.size()) - *Added};
  return Depths && Found.assign(*Depths, *Added, All);
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
  Node Extended = nullptr;
  auto *Context = contextOf(Inner, &Extended);
  if (Context->Kind != Kind::Struct && Context->Kind != Kind::Enum) return;
  auto Depths = depths(Context, Types);
  auto *Signature = signatureOf(Inner);
  auto Added = addedParameters(Signature);
  if (!Depths || Depths->empty() || !Added) return;
  SmallVector<Argument *> Behind;
  bool HasSelf = false;
  for (auto &Argument : Function.args()) {
    // One that throws has the register even if its \c self is in others: it is unused then.
    HasSelf |= Argument.hasSwiftSelfAttr() && !Argument.use_empty();
    if (!Argument.hasSwiftSelfAttr() && !Argument.hasSwiftErrorAttr()) Behind.push_back(&Argument);
  }
  unsigned After =
      *Added + witnessTables(Signature) + witnessTables(Extended) + hasIndirectError(typeOf(Inner));
  if (!HasSelf || Behind.size() <= After) return;
  auto *Argument = Behind[Behind.size() - 1 - After];
  if (!Argument->getType()->isPointerTy() || Argument->hasNoAliasAttr() || Metadata.count(Argument))
    return;
  if (auto *Type = selfTypeOf(Context, Types)) Metadata[Argument] = Type;
}

}  // namespace rayc
