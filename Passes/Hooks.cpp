#include "Hooks.h"

#include "TagAbi.h"

#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IRReader/IRReader.h"
#include "llvm/Linker/Linker.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;

namespace rayc {

static bool isHook(const Function &Function) {
  return Function.getName().starts_with(abi::HookPrefix) && !Function.isDeclaration();
}

Expected<Context> Context::read(StringRef Path, LLVMContext &Context) {
  SMDiagnostic Diagnostic;
  auto Source = parseIRFile(Path, Diagnostic, Context);
  if (!Source)
    return createStringError(
        "cannot read the context '%s': %s; remove rayc's cache folder and build again",
        Path.str().c_str(), Diagnostic.getMessage().str().c_str());
  auto *Flag = mdconst::extract_or_null<ConstantInt>(Source->getModuleFlag(abi::VersionFlag));
  if (!Flag)
    return createStringError("'%s' is not a context that the pass rayc-context has prepared",
                             Path.str().c_str());
  if (Flag->getZExtValue() != abi::Version)
    return createStringError(
        "the context '%s' was built by a rayc with ABI version %d, this is "
        "version %d; remove rayc's cache folder and build again",
        Path.str().c_str(), int(Flag->getZExtValue()), abi::Version);
  return rayc::Context(std::move(Source));
}

Function *Context::hook(StringRef Name, Module &Module) const {
  auto *Hook = Source->getFunction(Name);
  if (!Hook || Hook->isDeclaration()) return nullptr;
  if (auto *Known = Module.getFunction(Name)) return Known;
  auto *Declaration =
      Function::Create(Hook->getFunctionType(), GlobalValue::ExternalLinkage, Name, Module);
  Declaration->setCallingConv(Hook->getCallingConv());
  Declaration->setAttributes(Hook->getAttributes());
  return Declaration;
}

Function *Context::valueHook(StringRef Prefix, const ValueType &Type, Module &Module) const {
  // An exact hook that does nothing is left as a declaration: it is known, and absent.
  std::string Exact = (Prefix + "in_" + Type.Mangled).str();
  if (Type.Hook == "any" && Source->getFunction(Exact)) return hook(Exact, Module);
  return hook((Prefix + Type.Hook).str(), Module);
}

std::vector<Context::ReplacementEntry> Context::replacements() const {
  std::vector<ReplacementEntry> All;
  auto *List = Source->getNamedMetadata(abi::OverdubList);
  if (!List) return All;
  for (auto *Entry : List->operands())
    All.push_back({cast<MDString>(Entry->getOperand(0))->getString().str(),
                   cast<MDString>(Entry->getOperand(1))->getString().str(),
                   mdconst::extract<ConstantInt>(Entry->getOperand(2))->getZExtValue()});
  return All;
}

Function *Context::exactHook(StringRef Prefix, StringRef Mangled, Module &Module) const {
  std::string Exact = (Prefix + "in_" + Mangled).str();
  return hook(Source->getFunction(Exact) ? Exact : (Prefix + "any").str(), Module);
}

Points Context::points() const {
  Points Found;
  for (auto &Function : *Source) {
    if (!isHook(Function)) continue;
    Found.Stores |= Function.getName().starts_with(abi::Store);
    Found.Operators |= Function.getName().starts_with(abi::Operation);
    Found.Runtime |= Function.getName() == abi::Runtime;
  }
  return Found;
}

bool Context::looksAtSites() const {
  return any_of(Source->functions(), [](const Function &Function) {
    return isHook(Function) && !Function.hasFnAttribute(abi::IgnoresSiteAttribute);
  });
}

bool Context::tags() const {
  return any_of(*Source, [](const Function &Function) {
    return isHook(Function) && Function.getName().starts_with(tags::HookPrefix);
  });
}

bool Context::has(StringRef Name) const {
  auto *Hook = Source->getFunction(Name);
  return Hook && !Hook->isDeclaration();
}

bool Context::onlyComputes(StringRef Name) const {
  return has(Name) && all_of(instructions(*Source->getFunction(Name)), [](auto &Instruction) {
           return !Instruction.mayHaveSideEffects() && !Instruction.mayReadOrWriteMemory() &&
                  (!Instruction.isTerminator() || isa<ReturnInst>(Instruction));
         });
}

bool Context::asks(const abi::Request &Request) const {
  return Source->getModuleFlag(Request.Flag);
}

bool Context::isReadOnly() const { return Source->getModuleFlag(abi::ReadOnlyFlag); }

bool Context::disablesSites() const { return Source->getModuleFlag(abi::DisablesSitesFlag); }

Error Context::import(Context Context, Module &Module) {
  auto &Source = *Context.Source;
  std::vector<std::string> Imported;
  for (auto &Function : Source) {
    bool IsReplacement = Function.hasFnAttribute(abi::OverdubAttribute);
    bool IsWanted = Function.hasFnAttribute(abi::ImportAttribute) &&
                    (isHook(Function) || IsReplacement) && Module.getFunction(Function.getName());
    if (IsWanted)
      Imported.push_back(Function.getName().str());
    else if (!Function.isDeclaration())
      Function.deleteBody();
    if (!IsWanted) Function.setComdat(nullptr);
  }
  if (Imported.empty()) return Error::success();
  while (!Source.alias_empty()) {
    auto &Alias = *Source.alias_begin();
    auto *Declaration = new GlobalVariable(Source, Alias.getValueType(), false,
                                           GlobalValue::ExternalLinkage, nullptr);
    Declaration->takeName(&Alias);
    Alias.replaceAllUsesWith(Declaration);
    Alias.eraseFromParent();
  }
  for (auto &Global : make_early_inc_range(Source.globals())) {
    if (Global.hasAppendingLinkage()) {
      Global.eraseFromParent();
      continue;
    }
    Global.setInitializer(nullptr);
    Global.setLinkage(GlobalValue::ExternalLinkage);
    Global.setDSOLocal(false);
    Global.setComdat(nullptr);
    Global.setSection("");
  }
  // What no hook needs must not become a declaration of the user's module.
  for (auto &Global : make_early_inc_range(Source.globals()))
    if (Global.use_empty()) Global.eraseFromParent();
  for (auto &Function : make_early_inc_range(Source))
    if (Function.isDeclaration() && Function.use_empty()) Function.eraseFromParent();
  for (auto &Named : make_early_inc_range(Source.named_metadata())) Named.eraseFromParent();
  Source.setTargetTriple(Module.getTargetTriple());
  Source.setDataLayout(Module.getDataLayout());
  if (Linker::linkModules(Module, std::move(Context.Source)))
    return createStringError("the context's hooks do not link with this module");

  for (auto &Name : Imported) {
    auto *Hook = Module.getFunction(Name);
    Hook->setLinkage(GlobalValue::AvailableExternallyLinkage);
    Hook->setVisibility(GlobalValue::DefaultVisibility);
    Hook->setDSOLocal(false);
    // Code generation without optimisation folds a load of a thrown error, whose slot is a
    // register, into the comparison behind it: then what may throw must not be inlined.
    bool MayThrow = Hook->getAttributes().hasAttrSomewhere(Attribute::SwiftError);
    Hook->addFnAttr(MayThrow ? Attribute::InlineHint : Attribute::AlwaysInline);
  }
  return Error::success();
}

}  // namespace rayc
