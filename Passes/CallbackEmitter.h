// Stage 2: the calls of a context's hooks around calls and behind loads.
#pragma once

#include "Hooks.h"
#include "SiteTable.h"

namespace rayc {

/// Puts the hooks of a context into functions.
class CallbackEmitter {
 public:
  CallbackEmitter(llvm::Module &Module, const Context &Context, SiteTable &Sites,
                  SwiftTypes &Types);

  /// Instruments a function. Returns whether it changed.
  bool instrument(llvm::Function &Function, llvm::ArrayRef<Event> Events);

 private:
  /// ```
  /// %r = call i64 @f(i64 %x)
  /// ```
  /// becomes
  /// ```
  /// call void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr @rayc.site)
  /// %r = call i64 @f(i64 %x)
  /// %h = call i64 @rayc_hook_result_i64(ptr %state, i64 %r, ptr @rayc.site)   ; users of %r use %h
  /// call void @rayc_hook_didCall(ptr %state, ptr null, ptr @rayc.site)
  /// ```
  ///
  /// Where the context disables sites, the hooks in front of the call stand behind a branch,
  /// and so do those behind it, together:
  /// ```
  /// %disabled = load atomic i8, ptr (@rayc.site + 39) monotonic
  /// br i1 (icmp eq i8 %disabled, 0), label %hooks, label %rest, !prof !unlikely
  /// ```
  bool instrumentCall(llvm::CallBase &Call, const Event &Event, const ValueTyping &Value,
                      llvm::ArrayRef<ArgumentTyping> Arguments);

  /// What a hook gets at an instruction's arguments by: their addresses, and behind them the
  /// records of the types that only the running program knows. Values in registers are put into
  /// slots; what lies in memory stays there:
  /// ```
  /// store i64 %x, ptr %slot0
  /// store ptr %slot0, ptr %array
  /// store ptr %y.address, ptr (%array + 8)
  /// ```
  llvm::Value *gather(llvm::Instruction &Instruction, llvm::ArrayRef<ArgumentTyping> Arguments,
                      llvm::IRBuilder<> &Builder);
  llvm::AllocaInst *storeParts(const ArgumentTyping &Argument, llvm::Instruction &Instruction,
                               unsigned Number, llvm::IRBuilder<> &Builder);

  /// ```
  /// %v = load i64, ptr %p
  /// %h = call i64 @rayc_hook_load_i64(ptr %state, i64 %v, ptr @rayc.site)     ; users of %v use %h
  /// ```
  ///
  /// Where the hook may change the value and has no guard, and the thread may be switched off:
  /// ```
  /// %enabled = call i1 @rayc_enabled(ptr %state)
  /// %u = select i1 %enabled, i64 %h, i64 %v                                   ; users of %v use %u
  /// ```
  /// and a hook that must not run then at all stands behind a branch on `%enabled`.
  bool instrumentLoad(llvm::LoadInst &Load, const Event &Event, const ValueTyping &Value,
                      llvm::ArrayRef<std::pair<llvm::Use *, unsigned>> PieceUses);

  /// A value of an exact type lies in memory while its hook runs: where an indirect result is,
  /// or in a slot, where the registers are put together and taken apart:
  /// ```
  /// %s = call { i64, ptr } @f()
  /// ```
  /// becomes
  /// ```
  /// %s = call { i64, ptr } @f()
  /// store { i64, ptr } %s, ptr %slot
  /// call void @rayc_hook_result_in_SS(ptr %state, ptr %slot, ptr @rayc.site)
  /// %h = load { i64, ptr }, ptr %slot                                     ; users of %s use %h
  /// ```
  void callInMemory(llvm::Function *Hook, llvm::Value *Memory, const ValueTyping *Exact,
                    std::optional<ValueType> Machine, llvm::Constant *Site,
                    llvm::IRBuilder<> &Builder);
  void emitIgnoringHook(llvm::Function *Hook, llvm::Constant *Site, llvm::IRBuilder<> &Builder);
  llvm::Value *typeOf(const ValueTyping &Value, std::optional<ValueType> Machine,
                      llvm::IRBuilder<> &Builder, unsigned Slot = 0);
  bool instrumentPieces(const ValueTyping &Value,
                        llvm::ArrayRef<std::pair<llvm::Use *, unsigned>> Uses, llvm::Function *Hook,
                        llvm::Constant *Site);
  llvm::Function *valueHook(llvm::StringRef Prefix, llvm::Type *Type, const ValueTyping &Value,
                            bool &IsExact);

  llvm::Constant *site(const Event &Event, const ValueTyping &Value,
                       llvm::ArrayRef<ArgumentTyping> Arguments,
                       llvm::ArrayRef<llvm::Function *> Called);
  llvm::Value *hookValue(llvm::Function *Hook, llvm::Value *Value, const ValueTyping *Exact,
                         llvm::Constant *Site, llvm::IRBuilder<> &Builder);
  llvm::Value *changedValue(llvm::Function *Hook, llvm::Value *Value, const ValueTyping *Exact,
                            llvm::Constant *Site, llvm::IRBuilder<> &Builder);
  llvm::Value *emitAt(llvm::Constant *Site, llvm::Value *Own, llvm::IRBuilder<> &Builder,
                      llvm::function_ref<llvm::Value *()> Emit);
  llvm::Value *hooksBehind(llvm::CallBase &Call, const Event &Event, llvm::Function *Result,
                           const ValueTyping *Exact, llvm::Function *After, llvm::Constant *Site,
                           llvm::IRBuilder<> &Builder);
  void emitHook(llvm::Function *Hook, llvm::ArrayRef<llvm::Value *> Arguments,
                llvm::IRBuilder<> &Builder);
  llvm::CallInst *isEnabled(llvm::IRBuilder<> &Builder);
  llvm::CallInst *callHook(llvm::Function *Hook, llvm::ArrayRef<llvm::Value *> Arguments,
                           llvm::IRBuilder<> &Builder);
  llvm::CallInst *state(llvm::IRBuilder<> &Builder);
  llvm::AllocaInst *slot(llvm::Type *Type, unsigned Index);

  llvm::Module &Module;
  const Context &Hooks;
  SiteTable &Sites;
  SwiftTypes &Types;
  llvm::Function *WillCall, *DidCall;

  // Of the function at hand:
  llvm::Function *Current = nullptr;
  llvm::CallInst *State = nullptr;
  bool TurnsSwitch = false;
  llvm::DenseMap<std::pair<llvm::Type *, unsigned>, llvm::AllocaInst *> Slots;
};

/// An integer of a width that Swift lacks travels as the next wider one.
llvm::Value *convert(llvm::Value *Value, llvm::Type *Type, llvm::IRBuilder<> &Builder);

}  // namespace rayc
