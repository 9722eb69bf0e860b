// Stage 2: the hooks that a context has, as functions of the module being instrumented.
#pragma once

#include "Abi.h"
#include "SiteSelector.h"
#include "ValueType.h"

#include "llvm/IR/Module.h"
#include "llvm/Support/Error.h"

#include <memory>

namespace rayc {

/// A prepared context: the module that `rayc-context` wrote.
///
/// What it does not define is absent, and the pass emits nothing for it.
class Context {
 public:
  /// Reads a prepared context.
  ///
  /// Fails for a file that cannot be read or parsed, and for a context of another
  /// version of rayc.
  static llvm::Expected<Context> read(llvm::StringRef Path, llvm::LLVMContext &Context);

  /// A hook, declared in a module; null where the context does not implement it.
  llvm::Function *hook(llvm::StringRef Name, llvm::Module &Module) const;

  /// The hook of a value's type: the one for exactly this type if the glue has one, else the
  /// one that opens the type at run time; null where the context does not implement it.
  ///
  /// - `Prefix`: abi::Result, abi::Load or abi::Store.
  llvm::Function *valueHook(llvm::StringRef Prefix, const ValueType &Type,
                            llvm::Module &Module) const;

  /// A replacement of functions.
  struct ReplacementEntry {
    std::string Symbol;
    /// The name that Swift gave it, demangled.
    std::string Full;
    /// Where the value of its context lies in the thread's.
    uint64_t Offset;
  };
  /// The replacements, in the order in which they see a call.
  std::vector<ReplacementEntry> replacements() const;

  /// The code of a replacement, declared in a module.
  llvm::Function *replacement(llvm::StringRef Name, llvm::Module &Module) const {
    return hook(Name, Module);
  }

  /// The same for an exact Swift type: its own hook, else the one for any type.
  llvm::Function *exactHook(llvm::StringRef Prefix, llvm::StringRef Mangled,
                            llvm::Module &Module) const;

  /// What the context asks for beside calls and loads: what it has hooks for.
  Points points() const;

  /// Whether any hook looks at its site's record.
  bool looksAtSites() const;

  /// Whether the hooks change no value: what they return goes nowhere, and none writes to memory.
  bool isReadOnly() const;

  /// Whether any hook may end the events of a site.
  bool disablesSites() const;

  /// Whether the context has a hook of tags.
  bool tags() const;

  /// Whether the context implements a hook.
  bool has(llvm::StringRef Name) const;

  /// Whether a hook only computes what it returns: it calls nothing, and neither reads nor writes
  /// memory.
  bool onlyComputes(llvm::StringRef Name) const;

  /// Whether any hook asks for something that costs where it is not asked for.
  bool asks(const abi::Request &Request) const;

  /// Brings the bodies of small hooks into a module that calls them, for inlining only;
  /// the context's own object keeps the definitions, and there is one of each:
  /// ```
  /// declare void @rayc_hook_willCall(ptr, ptr, ptr)
  /// ```
  /// becomes
  /// ```
  /// define available_externally void @rayc_hook_willCall(ptr %0, ptr %1, ptr %2) alwaysinline { …
  /// }
  /// ```
  /// The context is used up.
  static llvm::Error import(Context Context, llvm::Module &Module);

 private:
  explicit Context(std::unique_ptr<llvm::Module> Source) : Source(std::move(Source)) {}
  std::unique_ptr<llvm::Module> Source;
};

}  // namespace rayc
