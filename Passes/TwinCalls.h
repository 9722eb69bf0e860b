// Stage 2: where the calls of a twin go.
#pragma once

#include "Abi.h"

#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/ValueMapper.h"

namespace rayc {

class Gates;
class Twins;

/// Leads the calls of twins to twins.
class TwinCalls : llvm::ValueMaterializer {
 public:
  TwinCalls(llvm::Module &Module, const Twins &Twins, Gates &Gates)
      : Module(Module), Functions(Twins), Addresses(Gates) {}

  /// Redirects the calls of a twin, after its instrumentation:
  /// ```
  /// %a = call swiftcc i64 @f(i64 %x)                 ; @f has a twin in this module
  /// %b = call swiftcc i64 @g(i64 %x)                 ; @g is another module's
  /// %c = call swiftcc i64 %p(i64 %x)                 ; only known at run time
  /// call swiftcc void @each(ptr @f, ptr null)        ; the address of a function
  /// ```
  /// becomes
  /// ```
  /// %a = call swiftcc i64 @f.rayc(i64 %x)
  /// %g = call ptr @rayc.twin(ptr @g) ; %b = call swiftcc i64 %g(i64 %x)
  /// %q = call ptr @rayc.twin(ptr %p) ; %c = call swiftcc i64 %q(i64 %x)
  /// call swiftcc void @each(ptr @f.rayc.gate, ptr null)
  /// ```
  /// Async function pointers are addresses of functions too: `@fTu` becomes `@fTu.rayc`,
  /// which leads to the gate.
  ///
  /// A part of an async function that ends in a call of anything but a twin says that its
  /// thread leaves the extent, because it will not come back to this point:
  /// ```
  /// musttail call swifttailcc void @swift_task_switch(…)
  /// ```
  /// becomes
  /// ```
  /// call void @rayc.leave() ; musttail call swifttailcc void @swift_task_switch(…)
  /// ```
  void redirect(llvm::Function &Twin);

 private:
  llvm::Value *materialize(llvm::Value *Value) override;
  void redirect(llvm::CallBase &Call);
  llvm::GlobalVariable *twinOfAsyncPointer(llvm::GlobalVariable &Pointer);

  llvm::Module &Module;
  const Twins &Functions;
  Gates &Addresses;
  llvm::ValueToValueMapTy Map;
};

/// Leads the indirect calls of a function of the runtime to twins: that is how an extent's
/// body is entered. See TwinCalls::redirect.
void callTwinsFrom(llvm::Function &Function);

}  // namespace rayc
