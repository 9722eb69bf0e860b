#include "Dynamos.h"

#include "llvm-c/Core.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/DynamicLibrary.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace rayc {

static cl::list<std::string> Before("rayc-before", cl::value_desc("dynamo:file|pass:name"),
                                    cl::desc("A transform that runs before the hooks are put in"));
static cl::list<std::string> After("rayc-after", cl::value_desc("dynamo:file|pass:name"),
                                   cl::desc("A transform that runs when the hooks are in"));

[[noreturn]] static void fail(const Twine &Message) {
  report_fatal_error("rayc: " + Message, false);
}

// The library's one entry: nil, or what is wrong, which the caller frees.
using Entry = char *(LLVMModuleRef);
static constexpr const char *EntryName = "rayc_dynamo_run";

PreservedAnalyses RunDynamo::run(Module &Module, ModuleAnalysisManager &) {
  // Every dynamo has the same entry, so each is looked up in its own library.
  std::string Problem;
  auto Library = sys::DynamicLibrary::getLibrary(Path.c_str(), &Problem);
  if (!Library.isValid()) fail("cannot load the dynamo '" + Path + "': " + Problem);
  auto *Run = reinterpret_cast<Entry *>(Library.getAddressOfSymbol(EntryName));
  if (!Run) fail("'" + Path + "' is not a dynamo that rayc has built");
  if (char *Message = Run(wrap(&Module))) fail(Message);
  raw_string_ostream Stream(Problem);
  if (verifyModule(Module, &Stream))
    fail("the dynamo '" + Path + "' left an invalid module: " + Problem);
  return PreservedAnalyses::none();
}

// What follows a pass of the user's: says whose fault invalid IR is.
class VerifyBehind : public PassInfoMixin<VerifyBehind> {
 public:
  explicit VerifyBehind(std::string Name) : Name(std::move(Name)) {}
  PreservedAnalyses run(Module &Module, ModuleAnalysisManager &) {
    for (auto &Function : Module) {
      std::string Problem;
      raw_string_ostream Stream(Problem);
      if (verifyFunction(Function, &Stream))
        fail("the pass '" + Name + "' left invalid IR in '" + Function.getName() + "': " + Problem);
    }
    return PreservedAnalyses::all();
  }
  static bool isRequired() { return true; }

 private:
  std::string Name;
};

static void add(PassBuilder &Builder, ModulePassManager &Passes, ArrayRef<std::string> Transforms) {
  for (StringRef Transform : Transforms) {
    auto [Kind, Name] = Transform.split(':');
    if (Kind == "dynamo") {
      Passes.addPass(RunDynamo(Name.str()));
      continue;
    }
    if (auto Failure = Builder.parsePassPipeline(Passes, Name))
      fail("no pass '" + Name + "' in LLVM and its plugins: " + toString(std::move(Failure)));
    Passes.addPass(VerifyBehind(Name.str()));
  }
}

void addTransformsBefore(PassBuilder &Builder, ModulePassManager &Passes) {
  add(Builder, Passes, Before);
}

void addTransformsAfter(PassBuilder &Builder, ModulePassManager &Passes) {
  add(Builder, Passes, After);
}

}  // namespace rayc
