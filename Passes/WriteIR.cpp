#include "WriteIR.h"

#include "llvm/IR/Module.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace rayc {

static cl::opt<std::string> Stem("rayc-ir", cl::value_desc("stem"),
                                 cl::desc("Write the IR of each stage to stem.<stage>.ll"));

PreservedAnalyses WriteIR::run(Module &Module, ModuleAnalysisManager &) {
  if (Stem.empty()) return PreservedAnalyses::all();
  auto Path = (Stem + "." + Stage + ".ll").str();
  std::error_code Problem;
  raw_fd_ostream Stream(Path, Problem, sys::fs::OF_Text);
  if (!Problem) {
    Module.print(Stream, nullptr);
    Stream.close();
    Problem = Stream.error();
    Stream.clear_error();
  }
  if (Problem)
    report_fatal_error(Twine("rayc: cannot write '") + Path + "': " + Problem.message(), false);
  return PreservedAnalyses::all();
}

}  // namespace rayc
