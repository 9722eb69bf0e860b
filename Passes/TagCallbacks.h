// Stage 2: the calls of a context's hooks of tags.
#pragma once

#include "Hooks.h"
#include "SiteTable.h"
#include "TagShadow.h"

namespace rayc {

/// The hooks of tags that a context has, and how they are called.
class TagCallbacks {
 public:
  TagCallbacks(llvm::Module &Module, const Context &Context, SiteTable &Sites);

  /// Whether the context tags anything.
  bool areThere() const;
  bool wantsAll() const { return WantsAll; }

  /// Null: the context does not implement it.
  llvm::Function *Operation, *Branch, *Load, *Result, *Argument, *Parameter, *Return, *Primitive;

  /// The record of an instruction, or of its function; null where the hook looks at none.
  ///
  /// - `Name`: What is called or done there.
  llvm::Constant *site(const llvm::Function *Hook, llvm::Instruction &At, abi::SiteKind Kind,
                       llvm::StringRef Name = {});

  /// Calls a hook, and where its thread is switched off, does not:
  /// ```
  /// %r = call i64 @rayc_hook_tag_result(ptr %state, i64 %bits, i64 %tag, i32 %type, ptr
  /// @rayc.site)
  /// ```
  /// - `Own`: The tag where it is not called; null: the hook has no result.
  llvm::Value *call(llvm::Function *Hook, llvm::ArrayRef<llvm::Value *> Arguments,
                    llvm::Constant *Site, llvm::Value *Own, llvm::IRBuilder<> &Builder);

  /// The result's tag of an operation, if any operand has one. Of a hook that only computes:
  /// ```
  /// %t = call i64 @rayc_hook_tag_operation(…)
  /// %r = select i1 (icmp ne i64 (or i64 %a, %b), 0), i64 %t, i64 0
  /// ```
  /// else
  /// ```
  ///   br i1 (icmp ne i64 (or i64 %a, %b), 0), label %tagged, label %rest, !prof !unlikely
  /// tagged:
  ///   %t = call i64 @rayc_hook_tag_operation(…)
  /// rest:
  ///   %r = phi [ 0, … ], [ %t, %tagged ]
  /// ```
  llvm::Value *operation(llvm::ArrayRef<llvm::Value *> Arguments, llvm::Value *AnyTag,
                         llvm::Constant *Site, llvm::IRBuilder<> &Builder);

 private:
  llvm::Module &Module;
  SiteTable &Sites;
  bool WantsAll, OperationIsPure;
};

}  // namespace rayc
