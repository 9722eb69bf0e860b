// Stage 2: the static records of sites, in the section `rayc_sites`.
#pragma once

#include "FunctionTypes.h"
#include "SiteSelector.h"
#include "ValueType.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/IR/Module.h"

namespace rayc {

/// A source location.
struct Location {
  std::string File;
  unsigned Line = 0, Column = 0;
};

/// Where an instruction lies in a function of the source.
struct SourceFrame {
  /// The function's symbol; its plain name where it has none.
  llvm::StringRef Function;
  Location At;
};

/// Where an instruction lies in each function that was inlined around it, the innermost first,
/// and in the function that it is in now, the last. A location without a line is code that the
/// compiler made, or of a module that came without its source, such as the standard library.
llvm::SmallVector<SourceFrame, 2> sourceFrames(const llvm::Instruction &Instruction);

/// The innermost location that has a line; in a file that the user can open.
Location location(const llvm::Instruction &Instruction);
Location location(const llvm::Function &Function);

/// What a site's record says.
struct SiteInfo {
  uint64_t Id;
  abi::SiteKind Kind;
  llvm::StringRef Function;
  /// A function, or an operator: `+`, `Swift.Int.+` where the type is known.
  std::string Callee;
  Location Location;
  /// What was inlined around the site (see sourceFrames).
  llvm::SmallVector<SourceFrame, 2> Frames;
  std::string ValueType, Variable;
  enum Typing Typing;
  /// What emitArguments has made; null: nobody looks at the arguments.
  llvm::GlobalVariable *Arguments = nullptr;
};

/// Whether a value's type is put together where the program runs.
bool isDynamic(const ValueTyping &Value);

/// The machine-level type of an argument in registers; nothing for one in memory.
std::optional<ValueType> machineType(const ArgumentTyping &Argument,
                                     const llvm::Instruction &Instruction);

class Expressions;

/// Makes the records of one module.
class SiteTable {
 public:
  /// - `AreWritable`: The records can be disabled at run time.
  SiteTable(llvm::Module &Module, llvm::StringRef ModuleName, bool AreWritable = false);

  /// From now on sites are told what was inlined around them.
  void wantFrames() { AreFramesWanted = true; }
  /// From now on sites are told their expressions.
  void wantExpressions(Expressions &Texts) { this->Texts = &Texts; }

  /// An event's id: a hash of module, function, kind, callee and ordinal. Call it once for
  /// each event, in order: the ordinal counts equal sites of a function.
  uint64_t id(const Event &Event);

  /// Describes an event.
  SiteInfo describe(const Event &Event, uint64_t Id, const ValueTyping &Value) const;

  /// An operator's name, with the type that it is of where that is known.
  static std::string operatorName(const Event &Event, const ValueTyping &Value,
                                  llvm::ArrayRef<ArgumentTyping> Operands);

  /// Emits a record:
  /// ```
  /// @rayc.site = private constant (or: global) %ray_site { i64 <id>, i32 <@rayc.string - field>, …
  /// },
  ///              section "rayc_sites", align 8
  /// ```
  llvm::Constant *emit(const SiteInfo &Site);

  /// Emits what was asked for of a site's place in the source, one for each expression where
  /// nothing was inlined; null: nothing is known.
  /// ```
  /// @rayc.place = private constant { i32 <text - field>, i32 7, i32 7, i16 11, i16 24, i32
  /// <frames>,
  ///                                  i32 <function - field>, i32 <file - field>, i32 7, i32 13, …
  ///                                  }
  /// ```
  llvm::GlobalVariable *emitPlace(const SiteInfo &Site);

  /// Emits what is known of an instruction's arguments: how many they are, and for each its label
  /// and type, if the type needs nothing of what only the running program knows:
  /// ```
  /// @rayc.arguments = private constant { i32 1, i32 <label - field>, i32 <@rayc.type.Si - field>,
  ///                                      i8 <typing>, i8 <flags>, i16 0 }
  /// ```
  llvm::GlobalVariable *emitArguments(llvm::ArrayRef<ArgumentTyping> Arguments,
                                      const llvm::Instruction &Instruction);

  /// Emits the record of a type, one for each type and image:
  /// ```
  /// @rayc.type.Sd = linkonce_odr hidden global %ray_type { ptr null, i32 <name - field>, i32 2,
  ///                                                        i32 0, i32 0, ptr null, ptr null },
  ///                                                        comdat
  /// ```
  llvm::GlobalVariable *emitType(llvm::StringRef Mangled);

  /// The same for an exact type: types of this module by reference to their descriptors, so that
  /// private ones are found too. What the runtime takes in its place where it does not find the
  /// type is the machine-level type.
  ///
  /// - `Machine`: That type, of a value in registers; nothing of a value in memory.
  llvm::GlobalVariable *emitType(const ValueTyping &Value, std::optional<ValueType> Machine);

  /// The type of a type's record.
  llvm::StructType *typeRecord() const { return TypeRecord; }

 private:
  llvm::Constant *string(llvm::StringRef Text);
  llvm::Constant *offset(llvm::GlobalVariable *Record, unsigned Field, llvm::StringRef Text);

  llvm::Module &Module;
  std::string ModuleName;
  bool AreWritable;
  llvm::GlobalVariable *emitType(llvm::StringRef Key, llvm::Constant *Name, size_t Length,
                                 llvm::StringRef Fallback, uint64_t Size);
  llvm::Constant *symbolicName(const NameNode *Type, size_t &Length);
  llvm::Constant *offsetTo(llvm::GlobalVariable *Record, unsigned Field, llvm::Constant *Target);

  bool AreFramesWanted = false;
  Expressions *Texts = nullptr;
  llvm::StringMap<llvm::GlobalVariable *> Places;
  llvm::StructType *RecordType, *TypeRecord;
  llvm::StringMap<llvm::GlobalVariable *> Strings;
  llvm::DenseMap<uint64_t, unsigned> Ordinals;
};

}  // namespace rayc
