// Stage 2: which values of a function may have a tag at all.
#pragma once

#include "TagCalls.h"
#include "TagMemory.h"
#include "TagOperations.h"

namespace rayc {

/// The values that tags may come to: from arguments, memory and calls, by operations and moves. All
/// others have none, and nothing is emitted for them: constants, a loop's counter.
class TagFlow {
 public:
  TagFlow(llvm::Function &Function, const TagMemory &Memory, const TagOperations &Operations,
          const TagCallbacks &Callbacks, const TaggedFunctions &Functions);

  bool mayBeTagged(const llvm::Value *Value) const { return Tagged.contains(Value); }
  /// The stack slots that are only loaded and stored, and may hold a tag.
  const llvm::SmallPtrSetImpl<const llvm::AllocaInst *> &slots() const { return Slots; }
  /// Whether a result of the function may.
  bool returnsTag() const { return ReturnsTag; }

 private:
  bool isSource(llvm::Instruction &Instruction) const;
  bool passesOn(llvm::Instruction &Instruction, const llvm::Value *Operand) const;
  void add(const llvm::Value *Value);
  void follow(const llvm::Value *Value);

  const TagMemory &Memory;
  const TagOperations &Operations;
  const TagCallbacks &Callbacks;
  const TaggedFunctions &Functions;
  llvm::DenseSet<const llvm::Value *> Tagged;
  llvm::SmallPtrSet<const llvm::AllocaInst *, 8> Slots;
  llvm::SmallVector<const llvm::Value *> Worklist;
  llvm::DenseMap<const llvm::AllocaInst *, llvm::SmallVector<const llvm::LoadInst *, 4>> LoadsOf;
  bool ReturnsTag = false;
};

}  // namespace rayc
