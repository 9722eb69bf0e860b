#include "Options.h"

using namespace llvm;

namespace rayc {

cl::opt<std::string> ContextPath("rayc-context", cl::value_desc("file"),
                                 cl::desc("The prepared context whose hooks are put in"));
cl::list<std::string> StackFiles("rayc-stack", cl::value_desc("file"),
                                 cl::desc("A raw context that comes behind the one at hand"));
cl::opt<std::string> ModuleName("rayc-module", cl::value_desc("name"),
                                cl::desc("The Swift module's name, part of every site's id"));
cl::opt<std::string> MainSymbol("rayc-main", cl::value_desc("symbol"), cl::init("main"),
                                cl::desc("The symbol of the program's main function"));
cl::opt<std::string> ReportPath(
    "rayc-report", cl::value_desc("file"),
    cl::desc("Write sites, functions and what is skipped as JSON lines"));
cl::opt<std::string> ExpressionsPath(
    "rayc-expressions", cl::value_desc("file"),
    cl::desc("The table of the source's expressions, which sites are told"));
cl::opt<std::string> ObjectName("rayc-object", cl::value_desc("name"),
                                cl::desc("What the object's symbol table calls its source"));
cl::list<std::string> PointNames("rayc-points", cl::value_desc("stores|operators|runtime"),
                                 cl::CommaSeparated,
                                 cl::desc("Points that the report has beside calls and loads"));
cl::opt<Placement> At("rayc-at", cl::desc("Where in LLVM's pipeline the hooks are put in"),
                      cl::init(Placement::Source),
                      cl::values(clEnumValN(Placement::Source, "source", "before optimisation"),
                                 clEnumValN(Placement::Optimized, "optimized", "after it")));
cl::opt<Scope> Extent("rayc-scope", cl::desc("What of the program is instrumented"),
                      cl::init(Scope::Program),
                      cl::values(clEnumValN(Scope::Program, "program", "all of it, in place"),
                                 clEnumValN(Scope::Dynamic, "dynamic",
                                            "twins, which run inside an extent")));
cl::opt<bool> StripDebug("rayc-strip-debug",
                         cl::desc("Drop debug information that only the sites needed"));
cl::opt<bool> ReadOnly("rayc-read-only",
                       cl::desc("The context at hand is built to see values only"));
cl::opt<bool> NoInline("rayc-no-inline", cl::desc("Call every hook out of line"));
cl::list<std::string> RuleTexts(
    "rayc-rule", cl::value_desc("+pattern|-pattern"),
    cl::desc("Instrument (+) or pass over (-) the functions that match; the last match wins"));
cl::list<std::string> TriggerPatterns("rayc-trigger", cl::value_desc("pattern"),
                                      cl::desc("A function whose calls each open an extent"));
cl::list<std::string> TagFunctionPatterns(
    "rayc-tag-functions", cl::value_desc("pattern"),
    cl::desc("A function whose parameters and results the context may tag"));
cl::opt<unsigned> MinInstructions("rayc-min-instructions", cl::value_desc("N"), cl::init(0),
                                  cl::desc("Pass over functions with fewer IR instructions"));
cl::opt<unsigned> DepthLimit("rayc-depth", cl::value_desc("N"), cl::init(0),
                             cl::desc("Events only of functions at most N calls below the first"));
cl::opt<std::string> DemanglerPath("rayc-demangler", cl::value_desc("libswiftDemangle.so"),
                                   cl::desc("What demangles the names that rules match"));

}  // namespace rayc
