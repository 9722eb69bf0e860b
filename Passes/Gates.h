// Stage 2: gates, where a call by address becomes one of the plain function or of its twin.
#pragma once

#include "Abi.h"
#include "TableEntries.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/IR/Module.h"

namespace rayc {

class Twins;

/// A gate is code that asks whether the running thread is inside an extent.
class Gates {
 public:
  Gates(llvm::Module &Module, const Twins &Twins);

  /// What a twin passes on as the address of a function, so that whoever calls it, a
  /// primitive above all, reaches the twin inside an extent and the plain function
  /// outside; null if the function has no twin.
  /// ```
  /// define internal swiftcc i64 @f.rayc.gate(i64 %x) prefix … {
  ///   br i1 <thread is inside>, label %inside, label %look
  /// inside:
  ///   %a = tail call swiftcc i64 @f.rayc(i64 %x) ; ret i64 %a
  /// look:                                ; the work may have come to this thread just now
  ///   %saved = call preserve_mostcc ptr @rayc_gate_enter(ptr <thread>)
  ///   br i1 (icmp eq %saved, -1), label %outside, label %entered
  /// entered:
  ///   %b = call swiftcc i64 @f.rayc(i64 %x)
  ///   call preserve_mostcc void @rayc_gate_leave(ptr <thread>, ptr %saved) ; ret i64 %b
  /// outside:
  ///   %c = tail call swiftcc i64 @f(i64 %x) ; ret i64 %c
  /// }
  /// ```
  /// That of an async function is reached when a task starts or resumes, of whatever extent,
  /// and never comes back here:
  /// ```
  ///   br i1 (call preserve_mostcc i1 @rayc_task_enter(ptr <thread>)), label %inside, label
  ///   %outside
  /// inside:  musttail call swifttailcc void @f.rayc(…) ; ret void
  /// outside: musttail call swifttailcc void @f(…) ; ret void
  /// ```
  llvm::Function *gate(llvm::Function &Plain);

  /// Puts a gate at the top of a plain function that only tables lead to, and of one whose calls
  /// open an extent (`--trigger`). Others are left as they are.
  /// ```
  /// define swiftcc void @f(…) { <body> }
  /// ```
  /// becomes
  /// ```
  /// define swiftcc void @f(…) {
  ///   br i1 <thread is inside>, label %inside, label %outside
  /// inside:  tail call swiftcc void @f.rayc(…) ; ret void
  /// outside: <body> }
  /// ```
  /// Where an extent is opened, `outside` asks `@rayc_trigger_enter` first, as a gate does
  /// `@rayc_gate_enter`; an async function, which returns by a call, asks
  /// ```
  ///   i1 (call preserve_mostcc i1 @rayc_trigger_begin(ptr <thread>, ptr swiftasync %frame))
  /// ```
  /// and the runtime puts itself in the place that the frame says the function returns to.
  void guardEntry(llvm::Function &Plain, llvm::Function &Twin);

  /// Every gate that was made, with its twin.
  const llvm::MapVector<llvm::Function *, llvm::Function *> &made() const { return Made; }

 private:
  /// What happens at a gate of a thread that is not inside.
  enum class Outside { StaysOut, Looks, Opens };

  void insert(llvm::Function &Function, llvm::Function &Twin, Outside Outside);

  llvm::Module &Module;
  const Twins &Functions;
  TableEntries Tables;
  llvm::DenseMap<llvm::Function *, llvm::Function *> Known;
  llvm::MapVector<llvm::Function *, llvm::Function *> Made;
};

}  // namespace rayc
