// Stage 2: the exact Swift types of a function's results and loads, where the IR proves them.
#pragma once

#include "SwiftTypes.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Instructions.h"

namespace rayc {

/// What is known of a value.
struct ValueTyping {
  explicit ValueTyping(enum Typing Typing, std::string Mangled = "",
                       llvm::Value *Metadata = nullptr)
      : Typing(Typing), Mangled(std::move(Mangled)), Metadata(Metadata) {}
  ValueTyping() : ValueTyping(Typing::UnknownAddress) {}

  enum Typing Typing;
  /// The type as `_typeByName` takes it; empty unless exact. Of a type that depends on the
  /// function's generic parameters, in terms of those.
  std::string Mangled;
  /// The type as a tree, and as `Mangled` has it; null unless exact.
  const NameNode *Type = nullptr, *Written = nullptr;
  /// The type's metadata, if it depends on the function's generic parameters and they are at
  /// hand as a whole.
  llvm::Value *Metadata;
  /// Else the metadata of the parameters that `Mangled` calls `x`, `q_`, `q0_` …
  llvm::SmallVector<llvm::Value *, 2> Parameters;
  /// For a load: all the loads that take the value, this one is the last; and where each
  /// of them is in the value.
  llvm::SmallVector<std::pair<llvm::LoadInst *, uint64_t>, 2> Pieces;
  /// For a result: whether it is the caller's only once the caller has retained it.
  bool IsBorrowed = false;
  /// For a load: the size of the value in memory.
  uint64_t Size = 0;
};

/// What is known of an argument of a call, or of an operand of an operator.
struct ArgumentTyping {
  ValueTyping Value;
  /// As the declaration has it; empty: none.
  std::string Label;
  /// The instruction's operands that hold the value, and where each of them is in it.
  llvm::SmallVector<std::pair<unsigned, uint64_t>, 2> Parts;
  /// Else the operand that is the value's address.
  std::optional<unsigned> Address;
  bool IsReceiver = false, IsInOut = false;
};
using ArgumentTypings = llvm::SmallVector<ArgumentTyping, 0>;

/// How a call that may throw hands over its error.
struct ErrorTyping {
  enum class Form {
    None,      ///< it cannot throw, or the program knows that it does not
    Box,       ///< `throws`: the error's box lies in the register for errors
    Direct,    ///< `throws(E)`: the error's parts lie where the result's would
    Indirect,  ///< `throws(E)`: the error lies in memory
    Unknown,
  };
  Form Form = Form::None;
  /// Of `throws(E)`: the error's type.
  ValueTyping Value;
  /// Of the indirect form: the argument that is the error's address.
  unsigned Address = 0;
  /// Of the direct form: which of the call's registers have the parts of the result, and of the
  /// error. A register that has both is wide enough for each.
  struct Part {
    unsigned Register;
    llvm::Type *Type;
    uint64_t Offset;
  };
  llvm::SmallVector<Part, 4> ResultParts, ErrorParts;
  /// Whether the callee is known to return nothing.
  bool ReturnsNothing = false;
};

/// Knows the types of one function's values.
class FunctionTypes {
 public:
  FunctionTypes(SwiftTypes &Types, llvm::Function &Function);

  /// What a call returns, in registers or in memory.
  const ValueTyping &result(const llvm::CallBase &Call);

  /// What a load takes.
  const ValueTyping &load(llvm::LoadInst &Load);

  /// What a call is given: one for each argument that the program has written, then `self` if
  /// the callee has one; one for each of the machine's where the callee's signature is not known.
  ArgumentTypings arguments(llvm::CallBase &Call);

  /// What a call throws.
  ErrorTyping error(llvm::CallBase &Call);

  /// The one or the other.
  const ValueTyping &value(llvm::Instruction &Instruction);

  /// What the generic parameters of a callee stand for, by their depth.
  struct Arguments {
    llvm::SmallVector<llvm::SmallVector<const NameNode *, 2>, 2> Levels;

    const NameNode *find(const NameNode *Parameter) const;
    void set(const NameNode *Parameter, const NameNode *Type);
  };

  /// A callee, as its name says.
  struct Callee {
    const NameNode *Entity = nullptr;
    /// Of a specialised function: what it is specialised for.
    Arguments Generic;
    bool IsSpecialized = false, IsMerged = false;
    /// How the optimiser has changed what is passed: `4nd_n`; empty: not at all.
    std::string Passing;
    /// Whether the optimiser has left it to the caller to retain the result.
    bool HasBorrowedResult = false;
  };

 private:
  class ArgumentReader;
  bool findCallee(const llvm::CallBase &Call, Callee &Found, Typing &Why);
  using Bindings = llvm::SmallVector<const NameNode *, 2>;
  struct Place;
  const NameNode *metadata(llvm::Value *Value);
  const NameNode *dynamicMetadata(llvm::Value *Value);
  const NameNode *substitute(const NameNode *Type, const Arguments &Arguments, Typing &Why);
  bool specialization(const NameNode *Entity, const NameNode *Part, Arguments &Found);
  bool polymorphic(const llvm::CallBase &Call, const NameNode *Entity, Arguments &Found);
  ValueTyping resultOf(const llvm::CallBase &Call);
  ValueTyping finish(const NameNode *Type, const llvm::Instruction *At);
  llvm::Value *metadataFor(const NameNode *Type, const llvm::Instruction *At);
  void readDebugInfo();
  void nameSelfMetadata();
  void nameVariable(llvm::Value *Address, const llvm::DILocalVariable *Variable, bool IsInlined);
  void nameReferences(llvm::ArrayRef<llvm::Value *> Values, const llvm::DILocalVariable *Variable,
                      bool IsInlined);
  Place place(llvm::Value *Address);
  bool goesBack(const llvm::LoadInst &Load, llvm::Value *Root);
  void groupLoads();
  void group(llvm::ArrayRef<llvm::LoadInst *> Loads);
  const NameNode *placeType(const Place &Place, unsigned Node);
  const NameNode *substituteMember(const NameNode *Field, const NameNode *Around, Typing &Why);
  const NameNode *boundBy(const NameNode *Nominal, llvm::Value *Root, int64_t Begin);
  const NameNode *typeOfStored(llvm::Value *Value);
  const NameNode *standardProtocol(llvm::StringRef Member);
  const NameNode *referenceType(llvm::Value *Value);
  const NameNode *selfType(const llvm::CallBase &Call);
  const Bindings &bindings(llvm::Value *Root);

  SwiftTypes &Types;
  llvm::Function &Function;
  std::optional<llvm::DominatorTree> Dominators;
  llvm::DenseMap<llvm::Value *, const NameNode *> Metadata;
  llvm::DenseMap<llvm::Value *, const NameNode *> Variables;
  llvm::StringMap<llvm::SmallVector<llvm::Value *, 2>> MetadataOf;
  /// Of values that are references: the class.
  llvm::DenseMap<llvm::Value *, const NameNode *> References;
  llvm::DenseMap<llvm::Value *, Bindings> Bound;
  llvm::DenseMap<llvm::LoadInst *, ValueTyping> Loads;
  llvm::DenseMap<const llvm::CallBase *, ValueTyping> Results;
};

}  // namespace rayc
