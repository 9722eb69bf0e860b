// Stage 2: the tags of what lies in memory.
#pragma once

#include "TagShadow.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/IR/IntrinsicInst.h"

namespace rayc {

/// The cells of memory, as a function's loads, stores and copies find them.
///
/// A stack slot that is only loaded from and stored to has no cells but slots of its own, which
/// LLVM turns into registers along with it. All other memory has its cells far away: see
/// ray_tags.h.
class TagMemory {
 public:
  TagMemory(llvm::Function &Function, TagShadow &Shadow);

  /// Whether a load, store or alloca is of memory that no tag can be in: a constant, the register
  /// that stands for a thrown error.
  static bool hasNoCells(const llvm::Value *Address);

  /// The stack slot that an instruction loads from or stores to, if it is never used otherwise.
  const llvm::AllocaInst *directSlot(const llvm::Value *Address) const;

  /// ```
  /// %v = load i64, ptr %p, align 8
  /// ```
  /// gets in front of it
  /// ```
  /// %a = ptrtoint ptr %p to i64
  /// %c = inttoptr i64 (xor i64 %a, 0x500000000000) to ptr
  /// %t = load i64, ptr %c
  /// ```
  /// and where the address may be that of any byte, with `%c` as
  /// ```
  /// %c = add i64 (xor i64 (and i64 %a, -8), 0x500000000000), (shl i64 (and i64 %a, 7), 42)
  /// ```
  void load(llvm::Instruction &Load, llvm::Value *Address, llvm::Align Alignment,
            llvm::IRBuilder<> &Builder);

  /// The same for stores; a narrow one by a call of `rayc.tag.store`, which looks whether there is
  /// a tag, old or new.
  void store(llvm::Value *Stored, llvm::Value *Address, llvm::Align Alignment,
             llvm::ArrayRef<llvm::Value *> Tags, llvm::IRBuilder<> &Builder);

  /// Takes away the tags of what was in memory:
  /// ```
  /// store i64 0, ptr %c                          ; each word, if they are known to be few
  /// br i1 (icmp ne i64 (load @rayc_tag_regions), 1), label %narrow, label %rest
  /// narrow:
  ///   call void @rayc_tag_clear(ptr %p, i64 %n)
  /// ```
  void clear(llvm::Value *Address, llvm::Value *Size, llvm::Align Alignment,
             llvm::IRBuilder<> &Builder);
  /// The same with what was elsewhere, by `rayc_tag_copy`.
  void copy(llvm::MemTransferInst &Copy, llvm::IRBuilder<> &Builder);

  /// The cell of an address's first byte, as a scalar's.
  llvm::Value *loadCell(llvm::Value *Address, llvm::Align Alignment, llvm::IRBuilder<> &Builder);
  void storeCell(llvm::Value *Address, llvm::Align Alignment, llvm::Value *Tag,
                 llvm::IRBuilder<> &Builder);

  /// Clears what the function's stack slots have from calls before: at their lifetime's start,
  /// or where the function begins, behind what its own slots are.
  void clearStack(const llvm::SmallPtrSetImpl<const llvm::AllocaInst *> &MayBeTagged);

  /// A field of the thread's tags of a call.
  llvm::Value *callField(unsigned Offset, llvm::IRBuilder<> &Builder);
  llvm::LoadInst *loadField(llvm::Type *Type, unsigned Offset, llvm::IRBuilder<> &Builder);
  void storeField(llvm::Value *Value, unsigned Offset, llvm::IRBuilder<> &Builder);

  /// Tells LLVM that the program reaches no cell:
  /// ```
  /// %v = load i64, ptr %p, !noalias !cells
  /// ```
  static void separate(llvm::Function &Function);

 private:
  enum Kind { Cells, Call, Regions };
  llvm::Value *cell(llvm::Value *Address, llvm::Align Alignment, llvm::IRBuilder<> &Builder);
  template <typename Access>
  Access *mark(Access *Instruction, Kind Kind);
  void findDirectSlots();
  void ifNarrow(llvm::IRBuilder<> &Builder, llvm::function_ref<void()> Emit);
  void clearFirst(llvm::Value *Address, uint64_t Size, llvm::IRBuilder<> &Builder);
  llvm::AllocaInst *slot(const llvm::AllocaInst *Of, uint64_t Offset, uint64_t Size);

  llvm::Function &Function;
  const llvm::DataLayout &Layout;
  TagShadow &Shadow;
  llvm::DenseSet<const llvm::AllocaInst *> Direct;
  /// The slots of tags beside a direct slot, by offset; how far each scalar there reaches.
  struct TagSlot {
    llvm::AllocaInst *Slot;
    uint64_t Size;
  };
  llvm::DenseMap<const llvm::AllocaInst *, llvm::MapVector<uint64_t, TagSlot>> Slots;
};

}  // namespace rayc
