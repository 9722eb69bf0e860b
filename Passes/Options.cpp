#include "Options.h"

using namespace llvm;

namespace rayc {

cl::opt<std::string> ContextPath("rayc-context", cl::value_desc("file"),
                                 cl::desc("The prepared context whose hooks are put in"));
cl::opt<std::string> ModuleName("rayc-module", cl::value_desc("name"),
                                cl::desc("The Swift module's name, part of every site's id"));
cl::opt<std::string> ReportPath(
    "rayc-report", cl::value_desc("file"),
    cl::desc("Write sites, functions and what is skipped as JSON lines"));
cl::opt<Placement> At("rayc-at", cl::desc("Where in LLVM's pipeline the hooks are put in"),
                      cl::init(Placement::Source),
                      cl::values(clEnumValN(Placement::Source, "source", "before optimisation"),
                                 clEnumValN(Placement::Optimized, "optimized", "after it")));
cl::opt<bool> StripDebug("rayc-strip-debug",
                         cl::desc("Drop debug information that only the sites needed"));
cl::opt<bool> NoInline("rayc-no-inline", cl::desc("Call every hook out of line"));

}  // namespace rayc
