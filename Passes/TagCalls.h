// Stage 2: how tags go through calls.
#pragma once

#include "TagCallbacks.h"
#include "TagMemory.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"

namespace rayc {

/// What a call is to tags.
enum class CallKind {
  Nothing,     ///< markers, the runtime's retains, rayc's own: no tags go in, none come out
  HandsOn,     ///< its result is one of its arguments
  Operation,   ///< a function of arithmetic: see TagOperations
  Conversion,  ///< the same of a number in memory
  Copy,        ///< llvm.memcpy, llvm.memmove
  Fill,        ///< llvm.memset
  Allocation,  ///< memory that has old tags
  Primitive,   ///< a function without IR
  Known,       ///< a function of this module that carries tags
  Unknown      ///< what carries tags if it is instrumented
};

/// What is known of a module's functions.
class TaggedFunctions {
 public:
  /// - `HasOperations`: The context says what functions of mathematics do to tags.
  TaggedFunctions(llvm::Module &Module, bool HasOperations);
  bool contains(const llvm::Function &Function) const { return All.contains(&Function); }
  CallKind kind(const llvm::CallBase &Call) const;

  /// Of a call that hands an argument on: which.
  static const llvm::Value *handedOn(const llvm::CallBase &Call);

  llvm::ArrayRef<llvm::Function *> functions() const { return List; }
  /// Functions that may return a tag; the others never say that they returned.
  llvm::DenseSet<const llvm::Function *> ReturnTags;

 private:
  bool HasOperations;
  llvm::DenseSet<const llvm::Function *> All;
  llvm::SmallVector<llvm::Function *> List;
};

/// The tags of a function's arguments and of the results of what it calls.
class TagCalls {
 public:
  TagCalls(llvm::Function &Function, TagShadow &Shadow, TagMemory &Memory, TagCallbacks &Callbacks,
           const TaggedFunctions &Functions, llvm::StringMap<llvm::Constant *> &Losses);

  /// ```
  /// define i64 @f(i64 %x) {
  /// ```
  /// gets at its top
  /// ```
  /// %callee = load ptr, ptr @rayc_tag_call
  /// store ptr null, ptr @rayc_tag_call                          ; whoever is called next is
  /// another %given = load i64, ptr (@rayc_tag_call + 16) %x.tag = select i1 (icmp eq ptr %callee,
  /// @f), i64 %given, i64 0
  /// ```
  ///
  /// and in a function that the user has named, hooks ask for its parameters' tags:
  /// ```
  /// %t = call i64 @rayc_hook_tag_parameter(ptr %state, i32 0, i64 %x, i64 %x.tag, i32 <i64>, …)
  /// ```
  void enter(llvm::function_ref<bool(const llvm::Value *)> MayBeTagged);

  /// ```
  /// %r = call i64 %f(i64 %x)
  /// ```
  /// becomes
  /// ```
  /// store i64 %x.tag, ptr (@rayc_tag_call + 16)
  /// store ptr %f, ptr @rayc_tag_call
  /// %r = call i64 %f(i64 %x)
  /// %returned = load ptr, ptr (@rayc_tag_call + 8)
  /// %given = load i64, ptr (@rayc_tag_call + 528)
  /// %r.tag = select i1 (icmp eq ptr %returned, %f), i64 %given, i64 0
  /// ```
  /// A function of this module that carries tags is not asked whether it returned.
  void call(llvm::CallBase &Call, CallKind Kind);

  /// The context's hooks around a call that is an operation; `Builder` is behind it.
  void askAround(llvm::CallBase &Call, llvm::IRBuilder<> &Builder);

  /// ```
  /// ret i64 %r
  /// ```
  /// becomes
  /// ```
  /// store i64 %r.tag, ptr (@rayc_tag_call + 528)
  /// store ptr @f, ptr (@rayc_tag_call + 8)
  /// ret i64 %r
  /// ```
  void leave(llvm::ReturnInst &Return);

 private:
  struct Scalar {
    llvm::Value *Whole;
    Leaf Part;
    llvm::Value *Tag;
    /// Whether it is the program's, and no address that the machine passes for itself.
    bool HasTag;
  };
  llvm::SmallVector<Scalar> argumentsOf(llvm::CallBase &Call) const;
  void tellArguments(llvm::CallBase &Call, llvm::ArrayRef<Scalar> Arguments,
                     llvm::IRBuilder<> &Builder);
  void takeResults(llvm::CallBase &Call, CallKind Kind, llvm::IRBuilder<> &Builder);
  void notePrimitive(llvm::CallBase &Call, CallKind Kind, llvm::ArrayRef<Scalar> Arguments,
                     llvm::IRBuilder<> &Builder);
  llvm::Value *askPrimitive(llvm::CallBase &Call, llvm::ArrayRef<Scalar> Arguments,
                            llvm::IRBuilder<> &Builder);
  void askResult(llvm::CallBase &Call, llvm::IRBuilder<> &Builder);
  void clearIndirectResult(llvm::CallBase &Call, llvm::IRBuilder<> &Builder);
  llvm::Constant *loss(const llvm::CallBase &Call);
  void askParameters(llvm::IRBuilder<> &Builder);
  void tellResults(llvm::ReturnInst &Return, llvm::IRBuilder<> &Builder);

  llvm::Function &Function;
  const llvm::DataLayout &Layout;
  TagShadow &Shadow;
  TagMemory &Memory;
  TagCallbacks &Callbacks;
  const TaggedFunctions &Functions;
  llvm::StringMap<llvm::Constant *> &Losses;
};

}  // namespace rayc
