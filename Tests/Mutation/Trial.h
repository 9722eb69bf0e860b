// What is done with one mutated module, in a process of its own.
#pragma once

#include "Random.h"

#include "llvm/IR/Module.h"
#include "llvm/Plugins/PassPlugin.h"

#include <string>
#include <vector>

namespace rayc {

/// How far a trial has come; shared with the process that watches it.
enum class Phase { Mutating, Instrumenting, Optimizing, Generating, Done };

/// Passes and options for a mutant, as `opt` would be told them.
struct Recipe {
  std::string Passes;
  std::vector<std::string> Options;
  /// -O0 or -O2, behind which code is generated if `GeneratesCode`.
  bool Optimizes = false;
  bool GeneratesCode = false;
  /// The context's file name; empty if there is none.
  std::string Context;

  bool isDynamic() const;
  /// The same without rayc's doing: what fails then too is LLVM's own.
  Recipe plain() const;
  /// A command that does it again with `Module`.
  std::string command(llvm::StringRef Plugin, llvm::StringRef Module) const;
};

struct Choices {
  std::vector<std::string> Contexts;
  std::string Demangler;
  /// The modules are contexts: they are prepared.
  bool PreparesContexts = false;
  double Pipelines = 0.25;
};

Recipe chooseRecipe(const Choices &Choices, Random &Random);

/// The statuses that a trial's process ends with, beside that of LLVM's fatal errors, 1.
enum Status { Fine = 0, Refused = 10, Invalid = 11 };

/// Runs the passes over a module that is mutated already; returns a `Status`.
int runTrial(llvm::Module &Module, const Recipe &Recipe, llvm::PassPlugin &Plugin, Phase &Phase);

}  // namespace rayc
