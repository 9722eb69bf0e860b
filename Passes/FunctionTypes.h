// Stage 2: the exact Swift types of a function's results and loads, where the IR proves them.
#pragma once

#include "GenericArguments.h"
#include "Operations.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Instructions.h"

namespace rayc {

struct Place;

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
  /// For a load or store: all the loads or stores that move the value, this one is the last; and
  /// where each of them is in the value.
  llvm::SmallVector<std::pair<llvm::Instruction *, uint64_t>, 2> Pieces;
  /// For a result: whether it is the caller's only once the caller has retained it.
  bool IsBorrowed = false;
  /// For a load or store: the size of the value in memory.
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

/// What is known of an operation's result and operands.
struct OperationTyping {
  ValueTyping Result;
  ArgumentTypings Operands;
};

/// Whether a type is an `Optional` of something.
bool isOptional(const NameNode *Type);

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

  /// What an operator takes, and what comes out. An instruction does not say whether it is for Int
  /// or Int64; where the operands come from and where the result goes does, if all agree.
  OperationTyping operation(llvm::Instruction &Result, const Operation &Operation);

  /// What a store puts into memory.
  const ValueTyping &store(llvm::StoreInst &Store);

  /// One of these.
  const ValueTyping &value(llvm::Instruction &Instruction);

  /// A callee, as its name says.
  struct Callee {
    const NameNode *Entity = nullptr;
    /// Of a specialised function: what it is specialised for.
    GenericArguments Generic;
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
  // Metadata (MetadataTypes.cpp).
  static std::string key(const NameNode *Type);
  const NameNode *metadata(llvm::Value *Value);
  const NameNode *dynamicMetadata(llvm::Value *Value);
  const NameNode *accessedType(const llvm::CallBase &Accessor);
  const NameNode *tupleType(llvm::ArrayRef<llvm::Value *> Elements, llvm::Value *Labels);
  const NameNode *argumentIn(llvm::LoadInst &Load);
  llvm::Value *metadataFor(const NameNode *Type, const llvm::Instruction *At);
  // Calls (CallTypes.cpp, PolymorphicCalls.cpp).
  bool polymorphic(const llvm::CallBase &Call, const NameNode *Entity, GenericArguments &Found);
  void nameSelfMetadata();
  ValueTyping resultOf(const llvm::CallBase &Call);
  ValueTyping resultOfFunction(const llvm::CallBase &Call);
  ValueTyping finish(const NameNode *Type, const llvm::Instruction *At);
  const NameNode *selfType(const llvm::CallBase &Call);
  const NameNode *typeOfValue(llvm::Value *Value);
  const NameNode *referenceType(llvm::Value *Value);
  // Functions that are values (ClosureTypes.cpp).
  const NameNode *functionType(llvm::Value *Callee);
  const NameNode *parameterType(const llvm::Argument &Argument);
  // Variables (VariableTypes.cpp).
  void readDebugInfo();
  void nameVariable(llvm::Value *Address, const llvm::DILocalVariable *Variable, bool IsInlined);
  void nameFunction(llvm::Value *Value, const llvm::DILocalVariable *Variable, bool IsInlined);
  void nameReferences(llvm::ArrayRef<llvm::Value *> Values, const llvm::DILocalVariable *Variable,
                      bool IsInlined);
  // Loads (PlaceTypes.cpp, LoadTypes.cpp).
  bool goesBack(const llvm::LoadInst &Load, llvm::Value *Root);
  bool comesBack(const llvm::StoreInst &Store, llvm::Value *Root);
  bool isHalfDone(llvm::ArrayRef<std::pair<llvm::Instruction *, uint64_t>> Pieces,
                  llvm::Value *Root);
  void groupLoads();
  void groupStores();
  void nameNumbers();
  ValueTyping numberTyping(llvm::Type *Type, const NameNode *Number, const llvm::Instruction *At);
  const NameNode *stepType(llvm::Value *Address);
  void collectOrigins(llvm::Value *Value, llvm::SmallVectorImpl<const NameNode *> &Found);
  void collectUses(llvm::Value *Value, llvm::SmallVectorImpl<const NameNode *> &Found);
  bool mayOverlap(llvm::Instruction &First, llvm::Instruction &Second);
  void group(llvm::ArrayRef<llvm::Instruction *> Accesses);
  const NameNode *placeType(const Place &Place, unsigned Node);
  const NameNode *ownType();
  const NameNode *propertyType(llvm::Value *Root);
  const NameNode *fieldByMetadata(const llvm::LoadInst &Offset);
  const NameNode *boundBy(const NameNode *Nominal, llvm::Value *Root, int64_t Begin);
  void appendTypesAt(llvm::Value *Address, Bindings &Found);
  const Bindings &bindings(llvm::Value *Root);

  SwiftTypes &Types;
  llvm::Function &Function;
  std::optional<llvm::DominatorTree> Dominators;
  llvm::DenseMap<llvm::Value *, const NameNode *> Metadata;
  llvm::DenseMap<llvm::Value *, const NameNode *> Variables;
  llvm::StringMap<llvm::SmallVector<llvm::Value *, 2>> MetadataOf;
  /// Of values that are references: the class.
  llvm::DenseMap<llvm::Value *, const NameNode *> References;
  /// Of values that are the addresses of functions: the functions' type.
  llvm::DenseMap<llvm::Value *, const NameNode *> Functions;
  llvm::DenseMap<llvm::Value *, Bindings> Bound;
  /// Of loads and, once they are asked for, of stores.
  llvm::DenseMap<llvm::Instruction *, ValueTyping> Accesses;
  bool HasStores = false;
  /// Of numbers that debug information calls variables.
  llvm::DenseMap<llvm::Value *, const NameNode *> Numbers;
  bool HasNumbers = false;
  llvm::DenseMap<const llvm::CallBase *, ValueTyping> Results;
};

}  // namespace rayc
