#include "Twins.h"

#include "Gates.h"
#include "TwinCalls.h"

#include "llvm/IR/Constants.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace rayc {

// The ending that says which part of an async function this is, as in `…TY0_` and `…TQ1_`.
static StringRef partOf(StringRef Name) {
  auto Rest = Name;
  if (!Rest.consume_back("_")) return "";
  Rest = Rest.rtrim("0123456789");
  bool IsPart = Rest.ends_with("TY") || Rest.ends_with("TQ");
  return IsPart ? Name.drop_front(Rest.size() - 2) : "";
}

std::string derivedName(StringRef Name, StringRef Suffix) {
  return (Name + Suffix + partOf(Name)).str();
}

StringRef plainName(StringRef Name) {
  auto Rest = Name.drop_back(partOf(Name).size());
  if (Rest.consume_back(GateSuffix) || Rest.consume_back(TwinSuffix)) return Rest;
  return Name;
}

bool isAsync(const Function &Function) {
  return Function.getAttributes().hasAttrSomewhere(Attribute::SwiftAsync);
}

Function *Twins::add(llvm::Function &Original) {
  // Another module's twin of a function that the linker merges is as good as this one.
  bool IsMerged = Original.hasLinkOnceLinkage() || Original.hasWeakLinkage();
  auto *Twin = Function::Create(
      Original.getFunctionType(),
      IsMerged ? GlobalValue::LinkOnceODRLinkage : GlobalValue::InternalLinkage,
      Original.getAddressSpace(), derivedName(Original.getName(), TwinSuffix), &Module);
  ValueToValueMapTy Map;
  for (unsigned I = 0; I < Original.arg_size(); I++) {
    Twin->getArg(I)->setName(Original.getArg(I)->getName());
    Map[Original.getArg(I)] = Twin->getArg(I);
  }
  SmallVector<ReturnInst *> Returns;
  CloneFunctionInto(Twin, &Original, Map, CloneFunctionChangeType::LocalChangesOnly, Returns);
  Twin->setLinkage(IsMerged ? GlobalValue::LinkOnceODRLinkage : GlobalValue::InternalLinkage);
  Twin->setVisibility(IsMerged ? GlobalValue::HiddenVisibility : GlobalValue::DefaultVisibility);
  Twin->setComdat(IsMerged ? Module.getOrInsertComdat(Twin->getName()) : nullptr);
  Twin->setDSOLocal(true);
  // Two objects may be compiled in two sections; where the clone lies is the linker's business.
  Twin->setSection("");
  Known[&Original] = Twin;
  Plain.push_back(&Original);
  return Twin;
}

void Twins::markWithTwin(Function &Function, llvm::Function &Twin) {
  auto &Context = Module.getContext();
  auto *Int64 = Type::getInt64Ty(Context);
  auto *Int32 = Type::getInt32Ty(Context);
  auto *Distance =
      ConstantExpr::getTrunc(ConstantExpr::getSub(ConstantExpr::getPtrToInt(&Twin, Int64),
                                                  ConstantExpr::getPtrToInt(&Function, Int64)),
                             Int32);
  Function.setPrefixData(ConstantStruct::getAnon(
      {ConstantInt::get(Int64, abi::TwinMagic), Distance, ConstantInt::get(Int32, 0)}, true));
}

void Twins::connect() {
  Gates Gates(Module, *this);
  TwinCalls Calls(Module, *this, Gates);
  for (auto *Function : Plain) Calls.redirect(*twin(Function));
  for (auto *Function : Plain) {
    auto &Twin = *twin(Function);
    Gates.guardEntry(*Function, Twin);
    // A local function that is only ever called by its name has no need of the mark.
    if (!Function->hasLocalLinkage() || Function->hasAddressTaken()) markWithTwin(*Function, Twin);
  }
  for (auto [Gate, Twin] : Gates.made()) markWithTwin(*Gate, *Twin);
}

}  // namespace rayc
