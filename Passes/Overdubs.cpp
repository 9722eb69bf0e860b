#include "Overdubs.h"

#include "Convention.h"
#include "Demangler.h"
#include "Options.h"
#include "Twins.h"

#include "llvm/IR/InstIterator.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Transforms/Utils/ValueMapper.h"

using namespace llvm;

namespace rayc {

// Whether a function's body is out of rayc's reach: C's, or a module's that came with the
// toolchain. The others are compiled with rayc too and replaced in their own module.
static bool isPrimitive(const Function &Callee) {
  StringRef Module = demangled(Callee.getName()).Module;
  if (!Callee.getName().starts_with("$s") || Module == "Swift") return true;
  static StringMap<bool> Known;
  auto [Entry, IsNew] = Known.try_emplace(Module);
  if (IsNew) {
    SmallString<256> Path(sys::path::parent_path(DemanglerPath));
    sys::path::append(Path, "swift", "linux", Module + ".swiftmodule");
    Entry->second = sys::fs::exists(Path);
  }
  return Entry->second;
}

// Code that another module owns and this one may inline; a call of it has to reach the owner's.
//   define available_externally swiftcc i64 @f(i64 %n) { … }   →   declare swiftcc i64 @f(i64)
static void leaveToItsModule(Function &Callee) {
  if (!Callee.hasAvailableExternallyLinkage()) return;
  Callee.deleteBody();
  Callee.setLinkage(GlobalValue::ExternalLinkage);
}

static bool hasOwnBody(const Function &Function) {
  return !Function.isDeclaration() && !Function.hasAvailableExternallyLinkage();
}

// Names further away are no slips of the pen.
static unsigned farthest(StringRef Pattern) {
  auto Last = Pattern.contains('.') ? Pattern.rsplit('.').second : Pattern;
  return std::max<unsigned>(2, Last.size() / 3);
}

void Overdubs::note(Known &Known, StringRef Path, StringRef Shown) {
  auto Pattern = Known.Meant.pattern().split('(').first;
  auto Rest = Path.split('.').second;
  // Whoever leaves out a method's type is told of it.
  auto Last = Pattern.contains('.') ? "" : Rest.rsplit('.').second;
  for (auto [Compared, Name] : {std::pair(Path, Path), {Rest, Rest}, {Last, Rest}}) {
    if (Compared.empty() || !Known.Distance) continue;
    unsigned Limit = std::min(farthest(Pattern), Known.Distance - 1);
    unsigned Distance = Pattern.edit_distance(Compared, true, Limit);
    if (Distance > Limit) continue;
    Known.Distance = Distance;
    Known.Nearest = (Name + Shown).str();
  }
}

void Overdubs::find(Known &Known, unsigned Index, const CalleeName &Name, StringRef Module,
                    function_ref<std::string()> CodeMisfit, function_ref<void()> Bind) {
  if (!Known.Meant.matches(Name, Module)) return note(Known, Name.Path, Name.labels());
  auto Reason = Known.Meant.reasonNotToFit(Name);
  if (Reason.empty()) Reason = CodeMisfit();
  if (Reason.empty()) return Bind();
  Known.IsMisfit = true;
  if (!Known.Meant.hasWildcard())
    Records.add("misfit", Index, Name.Path + Name.type() + "\t" + Reason);
}

void Overdubs::bind(Function &Callee, StringRef Full, const CalleeName *Name) {
  for (auto [Index, Known] : enumerate(All)) {
    auto Misfit = [&, Number = Index, &Meant = Known.Meant] {
      return Convention::reasonNotToFit(Callee, code(Number), Meant);
    };
    auto Bind = [&, Number = Index, &Each = Known] {
      if (!hasOwnBody(Callee) && !isPrimitive(Callee)) return leaveToItsModule(Callee);
      Callees[&Callee].push_back(Number);
      if (!Each.IsBound) Records.add("bound", Number, Full);
      Each.IsBound = true;
    };
    if (Name) {
      find(Known, Index, *Name, demangled(Callee.getName()).Module, Misfit, Bind);
    } else if (!Known.Meant.matches(Full)) {
      note(Known, Full, "");
    } else if (auto Reason = Misfit(); Reason.empty()) {
      Bind();
    } else {
      Known.IsMisfit = true;
      Records.add("misfit", Index, (Full + "\t" + Reason).str());
    }
  }
}

void Overdubs::bind(const Operator &Operator) {
  auto Name = CalleeName::parse(Operator.Full);
  for (auto [Index, Known] : enumerate(All))
    find(
        Known, Index, *Name, "Swift", [] { return std::string(); },
        [&, Number = Index] { Used[&Operator].push_back(Number); });
}

// An initialiser that fills what was allocated already, `init` with a small c: the one that
// allocates is the one that is called by the source's `Parser(…)`.
static bool isInitialiserOnly(StringRef Symbol) { return Symbol.ends_with("fc"); }

Overdubs::Overdubs(llvm::Module &Module, const Context &Context)
    : Module(Module), Source(Context), Records(Module) {
  for (auto &Entry : Context.replacements())
    if (auto Meant = Replacement::parse(Entry.Full)) {
      Meant->ContextOffset = Entry.Offset;
      All.emplace_back(Entry.Symbol, std::move(*Meant));
    }
  if (All.empty()) return;
  SmallVector<Function *> Functions;
  for (auto &Function : Module) Functions.push_back(&Function);
  for (auto *Function : Functions) {
    auto Symbol = Function->getName();
    bool IsUsed = !Function->isDeclaration() || !Function->use_empty();
    if (Function->isIntrinsic() || abi::isOwnName(Symbol) || !IsUsed) continue;
    if (!Symbol.starts_with("$s")) {
      if (Function->isDeclaration()) bind(*Function, Symbol, nullptr);
      continue;
    }
    if (isInitialiserOnly(Symbol) || wholeSymbol(Symbol) != Symbol) continue;
    auto &Full = demangled(Symbol).Full;
    if (auto Name = CalleeName::parse(Full)) bind(*Function, Full, &*Name);
  }
  for (auto &Operator : operators()) bind(Operator);
  for (auto [Index, Known] : enumerate(All))
    if (!Known.IsBound && !Known.IsMisfit && !Known.Nearest.empty())
      Records.add("near", Index, (Twine(Known.Distance) + "\t" + Known.Nearest).str());
}

Function &Overdubs::code(unsigned Index) { return *Source.replacement(All[Index].Symbol, Module); }

// A call is one of the replacement now, which may do anything.
static void forgetWhatTheCalleeDid(CallBase &Call) {
  Call.removeFnAttr(Attribute::Memory);
  Call.removeFnAttr(Attribute::AllocSize);
  Call.removeFnAttr(Attribute::AllocKind);
}

Function *Overdubs::makeEntry(Function &Callee, unsigned Index) {
  auto *Entry = Function::Create(Callee.getFunctionType(), GlobalValue::InternalLinkage,
                                 "rayc.overdub." + Twine(Index) + "." + Callee.getName(), Module);
  Entry->setCallingConv(Callee.getCallingConv());
  auto All = Callee.getAttributes();
  for (unsigned I = 0; I < Callee.arg_size(); I++)
    for (auto Kept : {Attribute::SwiftSelf, Attribute::SwiftError, Attribute::StructRet,
                      Attribute::ZExt, Attribute::SExt, Attribute::Dereferenceable})
      if (auto Attribute = All.getParamAttr(I, Kept); Attribute.isValid())
        Entry->addParamAttr(I, Attribute);
  Entry->addFnAttr(Attribute::AlwaysInline);
  return Entry;
}

void Overdubs::chain(Function &Entry, Function &Original, ArrayRef<unsigned> Indices) {
  auto *Inner = &Original;
  for (unsigned Index : reverse(Indices.drop_front())) {
    auto *Next = makeEntry(Original, Index);
    Convention::build(*Next, *Inner, code(Index), All[Index].Meant);
    Inner = Next;
  }
  Convention::build(Entry, *Inner, code(Indices.front()), All[Indices.front()].Meant);
}

// In twins, the address of a primitive is the replacement's; constants are made anew.
static void replaceIn(Function &Twin, ValueToValueMapTy &Map) {
  for (auto &Instruction : instructions(Twin))
    for (auto &Operand : Instruction.operands())
      if (auto *Constant = dyn_cast<llvm::Constant>(Operand);
          Constant && !isa<ConstantData>(Constant))
        Operand.set(MapValue(Constant, Map, RF_None));
}

bool Overdubs::replaceUsesOfPrimitives(ArrayRef<Function *> Functions) {
  ValueToValueMapTy Map;
  SmallVector<std::pair<Function *, Function *>> Entries;
  for (auto &[Callee, Indices] : Callees) {
    if (hasOwnBody(*Callee)) continue;
    auto *Entry = makeEntry(*Callee, Indices.front());
    Entries.push_back({Callee, Entry});
    Map[Callee] = Entry;
    if (Extent == Scope::Program) Callee->replaceAllUsesWith(Entry);
  }
  if (Entries.empty()) return false;
  if (Extent == Scope::Dynamic)
    for (auto *Twin : Functions) replaceIn(*Twin, Map);
  for (auto [Callee, Entry] : Entries) {
    for (auto *User : Entry->users())
      if (auto *Call = dyn_cast<CallBase>(User)) forgetWhatTheCalleeDid(*Call);
    chain(*Entry, *Callee, Callees[Callee]);
  }
  return true;
}

bool Overdubs::replaceOperators(ArrayRef<Function *> Functions) {
  bool Changed = false;
  for (auto &[Operator, Indices] : Used) {
    SmallVector<OperatorUse> Uses;
    for (auto *Function : Functions)
      for (auto &Instruction : instructions(*Function))
        if (auto Found = use(*Operator, Instruction)) Uses.push_back(Found);
    if (Uses.empty()) continue;
    auto &Original = *operatorFunction(*Operator, Module);
    auto *Entry = makeEntry(Original, Indices.front());
    chain(*Entry, Original, Indices);
    for (auto &Use : Uses) replace(Use, *Entry);
    for (unsigned Index : Indices) Records.add("bound", Index, Operator->Full);
    Changed = true;
  }
  return Changed;
}

bool Overdubs::replaceUses(ArrayRef<Function *> Functions) {
  if (All.empty()) return false;
  SmallVector<Function *> Places(Functions);
  if (Extent == Scope::Program) {
    Places.clear();
    for (auto &Function : Module)
      if (hasOwnBody(Function) && !abi::isOwnName(Function.getName())) Places.push_back(&Function);
  }
  bool Operators = replaceOperators(Places);
  return replaceUsesOfPrimitives(Places) || Operators;
}

static Function &moveBody(Function &Function) {
  auto *Original = Function::Create(Function.getFunctionType(), GlobalValue::InternalLinkage,
                                    "rayc.original." + Function.getName(), Function.getParent());
  Original->copyAttributesFrom(&Function);
  Original->setLinkage(GlobalValue::InternalLinkage);
  Original->setVisibility(GlobalValue::DefaultVisibility);
  Original->setPrefixData(nullptr);
  Original->splice(Original->begin(), &Function);
  for (unsigned I = 0; I < Function.arg_size(); I++) {
    Original->getArg(I)->takeName(Function.getArg(I));
    Function.getArg(I)->replaceAllUsesWith(Original->getArg(I));
  }
  Original->setSubprogram(Function.getSubprogram());
  Function.setSubprogram(nullptr);
  return *Original;
}

bool Overdubs::replaceBodies(const Twins &Twins) {
  bool Changed = false;
  for (auto &[Callee, Indices] : Callees) {
    if (!hasOwnBody(*Callee)) continue;
    auto *Function = Extent == Scope::Dynamic ? Twins.twin(Callee) : Callee;
    if (!Function) continue;
    auto &Original = moveBody(*Function);
    Function->removeFnAttr(Attribute::Memory);
    chain(*Function, Original, Indices);
    Changed = true;
  }
  return Changed;
}

}  // namespace rayc
