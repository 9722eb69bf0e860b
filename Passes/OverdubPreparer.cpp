#include "OverdubPreparer.h"

#include "Abi.h"
#include "Demangler.h"
#include "OverdubRecords.h"
#include "Replacement.h"

#include "llvm/IR/Constants.h"

#include <map>

using namespace llvm;

namespace rayc {

// `RaycContext0_Outer_C.Outer.C.Replacements`: the module's name says which of a file's types
// is the context.
static bool isInsideTheContext(StringRef Type) {
  auto [Module, Path] = Type.split('.');
  if (!Module.starts_with("RaycContext")) return false;
  auto Flat = Path.str();
  std::replace(Flat.begin(), Flat.end(), '.', '_');
  return StringRef(Flat).starts_with((Module.split('_').second + "_").str());
}

// The types that hold replacements, by their conformances to Ray.Overdubs.
static SmallVector<std::string> holders(const Module &Module) {
  SmallVector<std::string> Types;
  for (auto &Global : Module.globals()) {
    if (!Global.getName().starts_with("$s") || !Global.getName().ends_with("Mc")) continue;
    StringRef Name = demangled(Global.getName()).Full;
    if (!Name.consume_front("protocol conformance descriptor for ")) continue;
    auto [Type, Protocol] = Name.split(" : ");
    if (Protocol.starts_with("Ray.Overdubs ") && isInsideTheContext(Type))
      Types.push_back(Type.str());
  }
  return Types;
}

static bool isIn(ArrayRef<std::string> Types, StringRef Full) {
  return Full.consume_front("static ") && any_of(Types, [&](StringRef Type) {
           StringRef Rest = Full;
           return Rest.consume_front(Type) && Rest.starts_with(".");
         });
}

static void prepare(Function &Code, unsigned ImportLimit) {
  Code.setName("rayc.context." + Code.getName());
  Code.setLinkage(GlobalValue::ExternalLinkage);
  Code.setVisibility(GlobalValue::DefaultVisibility);
  Code.setComdat(nullptr);
  Code.setDSOLocal(false);
  Code.addFnAttr(abi::OverdubAttribute);
  if (Code.getInstructionCount() <= ImportLimit) Code.addFnAttr(abi::ImportAttribute);
}

// `static RaycContext1_C.C.Replacements.…`: the second of a stack.
static unsigned contextNumber(StringRef Full) {
  unsigned Number = 0;
  Full.consume_front("static RaycContext");
  Full.consumeInteger(10, Number);
  return Number;
}

void prepareReplacements(Module &Module, ArrayRef<uint64_t> Offsets, unsigned ImportLimit) {
  auto Types = holders(Module);
  if (Types.empty()) return;
  auto &Context = Module.getContext();
  auto *List = Module.getOrInsertNamedMetadata(abi::OverdubList);
  OverdubRecords Records(Module);
  std::map<std::pair<unsigned, unsigned>, std::pair<Function *, StringRef>> Found;
  unsigned Place = 0;
  for (auto &Function : Module) {
    if (Function.isDeclaration() || Function.hasLocalLinkage()) continue;
    std::string Symbol = Function.getName().str();
    if (wholeSymbol(Symbol) != Symbol) continue;
    auto &Full = demangled(Symbol).Full;
    if (isIn(Types, Full) && Replacement::parse(Full))
      Found[{contextNumber(Full), Place++}] = {&Function, Full};
  }
  for (auto &[Key, Entry] : Found) {
    auto [Function, Full] = Entry;
    unsigned Number = Key.first;
    prepare(*Function, ImportLimit);
    auto Text = [&](StringRef Text) { return MDString::get(Context, Text); };
    Records.add("replacement", List->getNumOperands(), Replacement::parse(Full)->text());
    auto *Offset =
        ConstantInt::get(Type::getInt64Ty(Context), Number < Offsets.size() ? Offsets[Number] : 0);
    List->addOperand(MDNode::get(
        Context, {Text(Function->getName()), Text(Full), ConstantAsMetadata::get(Offset)}));
  }
  Records.write();
}

}  // namespace rayc
