#include "Input.h"

#include "Image.h"

#include "llvm/IR/Constants.h"

using namespace llvm;

namespace rayc {

// As scripts/lib.sh and RayDriver's Toolchain say it.
static constexpr uint64_t SwiftMajor = 6, SwiftMinor = 3;

Error checkInput(const Module &Module) {
  auto *Name = Module.getModuleIdentifier().c_str();
  if (isAnnounced(Module))
    return createStringError(
        "'%s' is instrumented already; compile its source again, or link its object as it is",
        Name);
  auto *Major = mdconst::extract_or_null<ConstantInt>(Module.getModuleFlag("Swift Major Version"));
  auto *Minor = mdconst::extract_or_null<ConstantInt>(Module.getModuleFlag("Swift Minor Version"));
  // C has none.
  if (!Major || !Minor) return Error::success();
  if (Major->getZExtValue() != SwiftMajor || Minor->getZExtValue() != SwiftMinor)
    return createStringError(
        "'%s' was compiled by Swift %d.%d, and rayc works with Swift %d.%d; compile its source "
        "with that",
        Name, int(Major->getZExtValue()), int(Minor->getZExtValue()), int(SwiftMajor),
        int(SwiftMinor));
  return Error::success();
}

}  // namespace rayc
