#include "TableEntries.h"

#include "Options.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Operator.h"

using namespace llvm;

namespace rayc {

// By Swift's mangling: witness thunks, deinitialisers of objects and boxes, the getters, setters,
// hashes and comparisons of key paths, value witnesses (`wxx`, `wcp`, …), and C's entry into a
// Swift function (`To`), as in the records by which Swift Testing finds its tests.
static bool isTableEntry(StringRef Name) {
  if (Name.starts_with("objectdestroy")) return true;
  if (!Name.starts_with("$s")) return false;
  for (StringRef Suffix : {"TW", "fD", "fZ", "TK", "Tk", "TH", "Th", "To"})
    if (Name.ends_with(Suffix)) return true;
  auto Last = Name.take_back(3);
  return Last.size() == 3 && Last[0] == 'w' && isAlpha(Last[1]) && isAlpha(Last[2]);
}

// What C code may call by its name.
static bool isCFunction(const Function &Function) {
  return !Function.hasLocalLinkage() && Function.getCallingConv() == CallingConv::C &&
         !Function.getName().starts_with("$s") && !Function.getName().starts_with("__swift") &&
         Function.getName() != MainSymbol;
}

// The function that a code pointer leads to: that of an async one is a record.
static Function *codeOf(Constant *Pointer) {
  auto *Target = Pointer->stripPointerCasts();
  auto *Record = dyn_cast<GlobalVariable>(Target);
  if (Record && Record->hasInitializer() && Record->getName().ends_with("Tu"))
    return Record->getParent()->getFunction(Record->getName().drop_back(2));
  return dyn_cast<Function>(Target);
}

// What a relative reference leads to: `i32 trunc (i64 sub (i64 ptrtoint (ptr @x …), …))`. The
// lowest bit of one that goes through a `@got.x` is set.
static Constant *referenced(Constant *Relative) {
  for (auto *Value = Relative; auto *Expression = dyn_cast<ConstantExpr>(Value);) {
    if (Expression->getOpcode() == Instruction::PtrToInt)
      return Expression->getOperand(0)->stripPointerCasts();
    Value = Expression->getOperand(0);
  }
  return nullptr;
}

// Whether a method descriptor belongs to a class that another module declares.
static bool isForeign(Constant *Descriptor) {
  auto *Variable = dyn_cast_or_null<GlobalVariable>(Descriptor);
  if (Variable && Variable->getName().starts_with("got.") && Variable->hasInitializer())
    Variable = dyn_cast<GlobalVariable>(Variable->getInitializer());
  return Variable && Variable->isDeclaration();
}

// Data that leads to functions, as in an array of test functions that the compiler has laid out,
// and in the description of a class:
//   @array = internal global { …, %swift.function { ptr @f, ptr null }, … }
//   @"$s…CMn" = constant <{ …, %swift.method_override_descriptor { i32 <class>, i32 <base>,
//                                                                  i32 <method> }, … }>
void TableEntries::add(Constant &Initializer) {
  SmallVector<Constant *> Worklist{&Initializer};
  while (!Worklist.empty()) {
    auto *Value = Worklist.pop_back_val();
    if (isa<ConstantData>(Value) || !Seen.insert(Value).second) continue;
    auto *Type = dyn_cast<StructType>(Value->getType());
    auto Name = Type && Type->hasName() ? Type->getName() : "";
    auto Operand = [&](unsigned I) { return cast<Constant>(Value->getOperand(I)); };
    Function *Code = nullptr;
    if (Name.starts_with("swift.function")) {
      Code = codeOf(Operand(0));
    } else if (Name.starts_with("swift.method_override_descriptor")) {
      auto *Method = isForeign(referenced(Operand(1))) ? referenced(Operand(2)) : nullptr;
      Code = Method ? codeOf(Method) : nullptr;
    } else if (isa<ConstantAggregate>(Value)) {
      for (auto &Each : Value->operands()) Worklist.push_back(cast<Constant>(Each));
    }
    if (Code) InData.insert(Code);
  }
}

TableEntries::TableEntries(Module &Module) {
  for (auto &Variable : Module.globals())
    if (Variable.hasInitializer()) add(*Variable.getInitializer());
}

bool TableEntries::contains(const Function &Function) const {
  return isTableEntry(Function.getName()) || isCFunction(Function) || InData.contains(&Function);
}

}  // namespace rayc
