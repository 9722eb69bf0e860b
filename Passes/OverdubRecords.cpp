#include "OverdubRecords.h"

#include "Abi.h"

#include "llvm/IR/Constants.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace rayc {

void OverdubRecords::add(StringRef Kind, unsigned Index, StringRef Rest) {
  Lines += (Kind + "\t" + Twine(Index) + "\t" + Rest + "\n").str();
}

void OverdubRecords::write() {
  if (Lines.empty()) return;
  auto *Text = ConstantDataArray::getString(Module.getContext(), Lines, false);
  auto *Global = new GlobalVariable(Module, Text->getType(), true, GlobalValue::PrivateLinkage,
                                    Text, "rayc.overdubs");
  Global->setSection(abi::OverdubSection);
  Global->setAlignment(Align(1));
  appendToUsed(Module, {Global});
}

}  // namespace rayc
