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
                      llvm::ArrayRef<ArgumentTyping> Arguments, const ErrorTyping &Throws);

  /// What stands behind a call.
  struct Ending {
    llvm::CallBase &Call;
    const ValueTyping &Value;
    const ErrorTyping &Throws;
    /// Where the call leaves its error; null: it cannot throw.
    llvm::Value *Slot;
    llvm::Constant *Site;
    /// The hooks; null: there are none.
    llvm::Function *Outcome = nullptr, *Result = nullptr, *After = nullptr;
    /// Whether `Result` is that of the exact type.
    bool IsExact = false;
  };

  /// The hook `outcome` gets a record of what the call has left, and leaves in it what the program
  /// is to find. Of a function that throws any error:
  /// ```
  /// %r = call i64 @f(…, ptr swifterror %slot)
  /// %e = load ptr, ptr %slot
  /// ```
  /// becomes
  /// ```
  /// %r = call i64 @f(…, ptr swifterror %slot)
  /// store i64 %r, ptr %value
  /// store ptr (load ptr, ptr %slot), ptr %error
  /// store { ptr, ptr, ptr, ptr, i8, i8 } { %value, @rayc.type.Si, %error, null, %threw, 1 }, ptr
  /// %o call void @rayc_hook_outcome(ptr %state, ptr %o, ptr @rayc.site) store ptr (%o.threw ? load
  /// ptr, ptr %error : null), ptr %slot %s = load i64, ptr %value ; users of %r use %s %e = load
  /// ptr, ptr %slot
  /// ```
  /// An error of a type of its own lies in memory or in the registers of the result, and `%slot`
  /// has the mark 1.
  llvm::Value *emitOutcome(const Ending &Ending, llvm::Value *Error, llvm::IRBuilder<> &Builder);
  llvm::Value *loadError(llvm::Value *Slot, llvm::IRBuilder<> &Builder);
  llvm::AllocaInst *spill(llvm::Value *Whole, llvm::ArrayRef<ErrorTyping::Part> Parts,
                          unsigned Number, llvm::IRBuilder<> &Builder);
  llvm::Value *typedError(const Ending &Ending, llvm::Value *Current, llvm::IRBuilder<> &Builder);
  llvm::Value *sharedResult(const Ending &Ending, llvm::Value *Current, llvm::IRBuilder<> &Builder);
  void emitDidCall(const Ending &Ending, llvm::Value *Current, llvm::Value *Error,
                   llvm::IRBuilder<> &Builder);

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
  llvm::SmallVector<llvm::Value *> changedPieces(const ValueTyping &Value,
                                                 llvm::ArrayRef<llvm::Value *> Parts,
                                                 llvm::Function *Hook, llvm::Constant *Site,
                                                 llvm::IRBuilder<> &Builder);

  /// ```
  /// store i64 %v, ptr %p
  /// ```
  /// becomes
  /// ```
  /// %h = call i64 @rayc_hook_store_i64(ptr %state, i64 %v, ptr @rayc.site)
  /// store i64 %h, ptr %p
  /// ```
  /// A value in memory has in its hook's arguments whether the memory owns it at once: what is
  /// replaced is released then, else kept.
  bool instrumentStore(llvm::StoreInst &Store, const Event &Event, const ValueTyping &Value);

  /// Stores of one value's parts: all move to the last of them, and the hook in front of them.
  /// ```
  /// store i64 %a, ptr %p ; store ptr %b, ptr (%p + 8)
  /// ```
  /// becomes
  /// ```
  /// store i64 %a, ptr %slot ; store ptr %b, ptr (%slot + 8)
  /// call void @rayc_hook_store_in_SS(ptr %state, ptr %slot, i1 <owned>, ptr @rayc.site)
  /// %c = load i64, ptr %slot ; %d = load ptr, ptr (%slot + 8)
  /// store i64 %c, ptr %p ; store ptr %d, ptr (%p + 8)
  /// ```
  bool instrumentStoredPieces(const ValueTyping &Value, llvm::Function *Hook, llvm::Constant *Site);
  llvm::Value *isOwnedAtOnce(llvm::IRBuilder<> &Builder);

  /// ```
  /// call void @swift_release(ptr %o)
  /// ```
  /// becomes
  /// ```
  /// call void @rayc_hook_runtime(ptr %state, i8 1, ptr %o, i64 -1, ptr @rayc.site)
  /// call void @swift_release(ptr %o)
  /// ```
  bool instrumentRuntime(llvm::CallBase &Call, const Event &Event);

  /// ```
  /// %r = call i64 @g()
  /// ret i64 %r
  /// ```
  /// becomes
  /// ```
  /// call void @rayc_hook_didEnter(ptr %state, ptr @rayc.site)
  /// %r = call i64 @g()
  /// call void @rayc_hook_willLeave(ptr %state, ptr @rayc.site)        ; in front of every way out
  /// ret i64 %r
  /// ```
  /// Call it when all other hooks are in: they belong between the two.
  bool instrumentFunction(llvm::Function &Function);

  /// ```
  /// %p = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %a, i64 %b)
  /// %s = extractvalue { i64, i1 } %p, 0
  /// ```
  /// becomes
  /// ```
  /// %p = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %a, i64 %b)
  /// %v = extractvalue { i64, i1 } %p, 0
  /// store ptr %slot0, ptr %operands                                        ; see gather
  /// %h = call i64 @rayc_hook_operation_i64(ptr %state, i64 %v, ptr %operands, ptr @rayc.site)
  /// %s = extractvalue { i64, i1 } %p, 0                                    ; users of %s use %h
  /// ```
  /// Whether it overflows is what it was.
  bool instrumentOperation(const Event &Event, const ValueTyping &Value,
                           llvm::ArrayRef<ArgumentTyping> Given);

  bool instrumentPieces(const ValueTyping &Value,
                        llvm::ArrayRef<std::pair<llvm::Use *, unsigned>> Uses, llvm::Function *Hook,
                        llvm::Constant *Site);
  llvm::Function *valueHook(llvm::StringRef Prefix, llvm::Type *Type, const ValueTyping &Value,
                            bool &IsExact);

  llvm::Constant *site(const Event &Event, const ValueTyping &Value,
                       llvm::ArrayRef<ArgumentTyping> Arguments,
                       llvm::ArrayRef<llvm::Function *> Called);
  llvm::Value *emitReadOnly(llvm::Function *Hook, llvm::IRBuilder<> &Builder,
                            llvm::function_ref<llvm::Value *()> Emit);
  llvm::Value *hookValue(llvm::Function *Hook, llvm::Value *Value, const ValueTyping *Exact,
                         llvm::Constant *Site, llvm::IRBuilder<> &Builder);
  llvm::Value *changedValue(llvm::Function *Hook, llvm::Value *Value, const ValueTyping *Exact,
                            llvm::Constant *Site, llvm::IRBuilder<> &Builder);
  llvm::Value *emitAt(llvm::Constant *Site, llvm::Value *Own, llvm::IRBuilder<> &Builder,
                      llvm::function_ref<llvm::Value *()> Emit);
  llvm::Value *hooksBehind(const Ending &Ending, llvm::IRBuilder<> &Builder);
  llvm::Value *resultBehind(const Ending &Ending, llvm::Value *Current, llvm::Value *Error,
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
  llvm::Function *WillCall, *DidCall, *Outcome, *RuntimeHook, *DidEnter, *WillLeave;

  // Of the function at hand:
  llvm::Function *Current = nullptr;
  llvm::CallInst *State = nullptr;
  bool TurnsSwitch = false;
  bool KeepsCalls = false;
  /// Where the function says which call it is at, if the context asks for the calls it is in.
  llvm::Value *ChainSite = nullptr;
  /// Of the operation at hand: the addresses of its operands.
  llvm::Value *Operands = nullptr;
  llvm::DenseMap<std::pair<llvm::Type *, unsigned>, llvm::AllocaInst *> Slots;
};

/// What is emitted if a condition holds, and a value that takes its place if it does not:
/// ```
///   br i1 %condition, label %then, label %rest
/// then:
///   %new = …
///   br label %rest
/// rest:
///   %merged = phi [ %own, … ], [ %new, %then ]
/// ```
llvm::Value *emitIf(llvm::Value *Condition, llvm::Value *Own, llvm::IRBuilder<> &Builder,
                    llvm::function_ref<llvm::Value *()> Emit, llvm::MDNode *Weights = nullptr);

/// The argument with an attribute; null: there is none.
llvm::Value *argumentWith(llvm::Attribute::AttrKind Kind, llvm::CallBase &Call);

/// An integer of a width that Swift lacks travels as the next wider one.
llvm::Value *convert(llvm::Value *Value, llvm::Type *Type, llvm::IRBuilder<> &Builder);

}  // namespace rayc
