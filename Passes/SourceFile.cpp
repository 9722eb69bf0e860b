#include "SourceFile.h"

#include "Demangler.h"
#include "EntityName.h"
#include "SiteTable.h"

#include "llvm/IR/Module.h"

using namespace llvm;

namespace rayc {

// What a function was made for, and the file of what this module has of it.
static StringRef source(const Function &Function) {
  return entities(demangled(Function.getName()).Full).back();
}

namespace {

struct Files {
  const llvm::Module *Module = nullptr;
  StringMap<std::string> OfSource;

  void read(const llvm::Module &Module);
};

}  // namespace

void Files::read(const llvm::Module &Module) {
  this->Module = &Module;
  OfSource.clear();
  for (auto &Function : Module)
    if (auto File = location(Function).File; !File.empty())
      OfSource.try_emplace(source(Function), File);
}

std::string sourceFile(const Function &Function) {
  if (auto File = location(Function).File; !File.empty()) return File;
  static Files Known;
  if (Known.Module != Function.getParent()) Known.read(*Function.getParent());
  return Known.OfSource.lookup(source(Function));
}

}  // namespace rayc
