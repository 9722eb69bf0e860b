// Stage 2: the operations of the machine whose results' tags a context says.
#pragma once

#include "TagCallbacks.h"

#include "llvm/ADT/DenseSet.h"

#include "llvm/IR/IntrinsicInst.h"

#include <optional>

namespace rayc {

/// What an instruction computes, as ray_tags.h numbers it.
struct MachineOperation {
  unsigned Number;
  /// At most three.
  llvm::SmallVector<llvm::Value *, 3> Operands;
  llvm::StringRef Name;
};

/// The operation of an instruction, or of a call of a function of mathematics; nothing of what
/// only moves values.
std::optional<MachineOperation> machineOperation(llvm::Instruction &Instruction);

/// A conversion of the standard library's that takes a number of any type in memory:
/// `Double.init<A>(A)` in code that is not optimised.
struct GenericConversion {
  unsigned Number;
  /// The type of what the first argument points to.
  llvm::Type *Source;
};
std::optional<GenericConversion> genericConversion(const llvm::CallBase &Call);

/// The same of the one that says whether another one overflows, where the program looks at that
/// as a value.
std::optional<unsigned> overflowOperation(const llvm::WithOverflowInst &Checked);

/// Gives results of operations the tags that the context says, and tells it of branches.
class TagOperations {
 public:
  TagOperations(llvm::Function &Function, TagShadow &Shadow, TagCallbacks &Callbacks);

  /// Whether an instruction only stores a value in another width and is no operator of the
  /// program: its result has the operand's tag.
  bool isOfRepresentation(const llvm::Instruction &Instruction) const;

  /// ```
  /// %s = fadd double %x, %y
  /// ```
  /// gets behind it
  /// ```
  /// %t = call i64 @rayc_hook_tag_operation(ptr %state, i32 <fadd>, i64 %s.bits, i64 %x.bits,
  ///        i64 %x.tag, i64 %y.bits, i64 %y.tag, i64 0, i64 0, ptr @rayc.site)    ; see
  ///        TagCallbacks
  /// ```
  void emit(llvm::Instruction &Instruction, const MachineOperation &Operation,
            llvm::IRBuilder<> &Builder);

  /// ```
  /// br i1 %c, label %a, label %b
  /// ```
  /// gets in front of it
  /// ```
  ///   br i1 (icmp ne i64 %c.tag, 0), label %tagged, label %rest, !prof !unlikely
  /// tagged:
  ///   call void @rayc_hook_tag_branch(ptr %state, i64 %c.bits, i64 %c.tag, i32 <i1>, ptr
  ///   @rayc.site)
  /// ```
  void branch(llvm::Instruction &At, llvm::Value *Condition, llvm::IRBuilder<> &Builder);

 private:
  llvm::Value *tagOf(unsigned Number, llvm::Value *Result,
                     llvm::ArrayRef<std::pair<llvm::Value *, llvm::Value *>> Operands,
                     llvm::Constant *&Site, llvm::Instruction &At, llvm::StringRef Name,
                     llvm::IRBuilder<> &Builder);

  const llvm::DataLayout &Layout;
  TagShadow &Shadow;
  TagCallbacks &Callbacks;
  llvm::DenseSet<const llvm::Instruction *> OfSource;
};

}  // namespace rayc
