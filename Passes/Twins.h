// Stage 2: twins, the instrumented clones of functions, and how twins find each other.
#pragma once

#include "Abi.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/Module.h"

namespace rayc {

/// What stands behind a function's name in the name of its twin, and of its gate.
constexpr llvm::StringLiteral TwinSuffix = ".rayc";
constexpr llvm::StringLiteral GateSuffix = ".rayc.gate";

/// The name of a function's twin or gate. That of a part of an async function ends as before,
/// `…TY0_.raycTY0_`: Swift's backtraces and lldb know by the end that a frame is async.
std::string derivedName(llvm::StringRef Name, llvm::StringRef Suffix);

/// The name of a function as the source knows it: a twin has that of its plain function.
llvm::StringRef plainName(llvm::StringRef Name);

/// Whether a function is a part of an async function: it gets its frame from its caller and
/// ends in a tail call.
bool isAsync(const llvm::Function &Function);

/// The twins of one module: for `--scope dynamic`, every function keeps its body, and a
/// clone of it is instrumented.
///
/// Plain code runs outside an extent, twins run inside. Make every twin first, instrument
/// them, then connect them.
class Twins {
 public:
  explicit Twins(llvm::Module &Module) : Module(Module) {}

  /// Clones a function:
  /// ```
  /// define swiftcc i64 @f(i64 %x) { … }
  /// ```
  /// becomes
  /// ```
  /// define swiftcc i64 @f(i64 %x) { … }
  /// define internal swiftcc i64 @f.rayc(i64 %x) { … }
  /// ```
  /// A function that the linker merges (`linkonce_odr`) has a twin that it merges too.
  llvm::Function *add(llvm::Function &Plain);

  /// The twin of a function, null if it has none in this module.
  llvm::Function *twin(const llvm::Function *Plain) const { return Known.lookup(Plain); }

  /// Leads the twins' calls to twins, and gives every function that can be called by its
  /// address the way to its twin; see TwinCalls.h, Gates.h and markWithTwin.
  void connect();

 private:
  /// Puts the way to the twin in front of a function's code: a magic number, which lies in
  /// the runtime, and a distance in bytes.
  /// ```
  /// define swiftcc i64 @f(i64 %x)
  ///     prefix <{ i64, i32, i32 }> <{ i64 <magic>, i32 <@f.rayc - @f>, i32 0 }> { … }
  /// ```
  void markWithTwin(llvm::Function &Function, llvm::Function &Twin);

  llvm::Module &Module;
  llvm::DenseMap<const llvm::Function *, llvm::Function *> Known;
  llvm::SmallVector<llvm::Function *> Plain;  ///< in the module's order
};

}  // namespace rayc
