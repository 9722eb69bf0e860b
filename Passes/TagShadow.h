// Stage 2: the tags of values in registers.
#pragma once

#include "TagAbi.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"

namespace rayc {

/// A scalar of the machine within a value: a field, an element, or the value itself.
struct Leaf {
  llvm::Type *Type;
  /// The indices that lead to it; the last one may be that of a vector's element.
  llvm::SmallVector<unsigned, 2> Path;
  /// Where it lies in memory, from the value's beginning, and its bytes.
  uint64_t Offset, Size;
};

/// The scalars of a type, in order; none of a type that has more than 64, or holds no values.
llvm::SmallVector<Leaf, 2> leaves(llvm::Type *Type, const llvm::DataLayout &Layout);

/// The number of a scalar's type, as hooks get it.
unsigned machineType(const llvm::Type *Type);

/// A scalar out of a value:
/// ```
/// %s = extractvalue { i64, { ptr, double } } %v, 1, 1
/// ```
llvm::Value *leafValue(llvm::Value *Whole, const Leaf &Leaf, llvm::IRBuilder<> &Builder);

/// A scalar as hooks get it:
/// ```
/// %b = bitcast double %d to i64
/// ```
llvm::Value *bitsOf(llvm::Value *Scalar, llvm::IRBuilder<> &Builder);

/// The tags of a function's values: an i64 beside each scalar, a constant 0 where there can be
/// none.
class TagShadow {
 public:
  explicit TagShadow(llvm::Function &Function);

  /// The tags of a value's scalars.
  llvm::SmallVector<llvm::Value *, 2> of(const llvm::Value *Value) const;
  void set(const llvm::Value *Value, llvm::ArrayRef<llvm::Value *> Tags);

  llvm::ConstantInt *none() const { return None; }
  static bool isNone(const llvm::Value *Tag) {
    auto *Constant = llvm::dyn_cast<llvm::ConstantInt>(Tag);
    return Constant && Constant->isZero();
  }

  /// The first of two tags that is one:
  /// ```
  /// %t = select i1 (icmp ne i64 %a, 0), i64 %a, i64 %b
  /// ```
  llvm::Value *firstOf(llvm::Value *A, llvm::Value *B, llvm::IRBuilder<> &Builder) const;
  /// Not 0 where any is a tag: `or i64 %a, %b`.
  llvm::Value *anyOf(llvm::ArrayRef<llvm::Value *> Tags, llvm::IRBuilder<> &Builder) const;

  /// ```
  /// %v = phi { i64, i1 } [ %a, %x ], [ %b, %y ]
  /// ```
  /// gets beside it
  /// ```
  /// %t0 = phi i64 [ %a.t0, %x ], [ %b.t0, %y ]
  /// %t1 = phi i64 [ %a.t1, %x ], [ 0, %y ]
  /// ```
  /// whose operands completePhis adds, when all values have their tags.
  void addPhi(llvm::PHINode &Phi);
  void completePhis();

  /// What only takes values apart, puts them together or hands them on: extractvalue, insertvalue,
  /// the same of vectors, freeze, select, casts that keep the bits. False: it is none of these.
  bool moves(llvm::Instruction &Instruction, llvm::IRBuilder<> &Builder);

 private:
  void cast(llvm::CastInst &Cast, llvm::IRBuilder<> &Builder);
  void select(llvm::SelectInst &Select, llvm::IRBuilder<> &Builder);
  unsigned countLeaves(const llvm::Value *Value) const;

  const llvm::DataLayout &Layout;
  llvm::ConstantInt *None;
  llvm::DenseMap<const llvm::Value *, llvm::SmallVector<llvm::Value *, 2>> Tags;
  llvm::SmallVector<llvm::PHINode *> Phis;
};

}  // namespace rayc
