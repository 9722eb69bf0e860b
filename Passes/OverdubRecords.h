// Stage 2: what objects say about replacements, for the check when a program is linked.
#pragma once

#include "llvm/IR/Module.h"

#include <string>

namespace rayc {

/// Lines that go into an object's section `rayc_overdubs`, and from there into the program:
///
///     replacement␉0␉load(_:)(Swift.Int) -> Swift.Int     the context has it
///     bound␉0␉MyLib.load(_:)                             the module has what it stands for
///     misfit␉0␉MyLib.load(Swift.String) -> Swift.Int␉why  … and the signatures differ
///     near␉0␉2␉laod(_:)                                  the nearest name, two edits away
///
/// Each module knows only its own functions; the linked program has the lines of all.
class OverdubRecords {
 public:
  explicit OverdubRecords(llvm::Module &Module) : Module(Module) {}

  void add(llvm::StringRef Kind, unsigned Index, llvm::StringRef Rest);

  /// Puts the lines into the module, if there are any:
  /// ```
  /// @rayc.overdubs = private constant [n x i8] c"…", section "rayc_overdubs"
  /// ```
  void write();

 private:
  llvm::Module &Module;
  std::string Lines;
};

}  // namespace rayc
