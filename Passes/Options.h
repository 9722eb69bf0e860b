// What the driver says to the plugin on opt's command line.
#pragma once

#include "llvm/Support/CommandLine.h"

#include <string>

namespace rayc {

enum class Placement { Source, Optimized };
enum class Scope { Program, Dynamic };

extern llvm::cl::opt<std::string> ContextPath;
extern llvm::cl::list<std::string> StackFiles;
extern llvm::cl::opt<std::string> ModuleName;
/// The symbol of the program's main function; SwiftPM gives it a name of the module's own.
extern llvm::cl::opt<std::string> MainSymbol;
extern llvm::cl::opt<std::string> ReportPath;
extern llvm::cl::opt<std::string> ExpressionsPath;
/// The name of the object's file, which its symbol table has.
extern llvm::cl::opt<std::string> ObjectName;
/// What `rayc list` shows beside calls and loads.
extern llvm::cl::list<std::string> PointNames;
extern llvm::cl::opt<Placement> At;
extern llvm::cl::opt<Scope> Extent;
extern llvm::cl::opt<bool> StripDebug;
extern llvm::cl::opt<bool> ReadOnly;
extern llvm::cl::opt<bool> NoInline;
extern llvm::cl::list<std::string> RuleTexts;
extern llvm::cl::list<std::string> TriggerPatterns;
extern llvm::cl::list<std::string> TagFunctionPatterns;
extern llvm::cl::opt<unsigned> MinInstructions;
extern llvm::cl::opt<unsigned> DepthLimit;
extern llvm::cl::opt<std::string> DemanglerPath;

}  // namespace rayc
