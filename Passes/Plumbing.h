// Stage 2: calls, loads and stores that exist only for the compiler.
#pragma once

#include "llvm/IR/Function.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Instructions.h"

namespace rayc {

/// Whether a function is: an outlined copy, a value witness, an accessor of metadata. So is all
/// that is in it.
bool isPlumbing(const llvm::Function &Function);

/// Whether a function only hands its arguments on: a partial application, a witness, a
/// reabstraction. What it calls is the program's; what it loads, and what it is returned, is not.
bool isThunk(const llvm::Function &Function);

/// Whether a call is of the compiler's making: a metadata or witness-table accessor, a value
/// witness, an outlined copy, the end of a coroutine or memory of its frame.
bool isPlumbing(const llvm::CallBase &Call);

/// Whether a load is: of metadata, a witness or virtual table, a function in one of those, a
/// lazy cache, a coroutine's or an async function's frame, a value on its way between two
/// machine-level types.
bool isPlumbing(const llvm::LoadInst &Load);

/// Whether nothing but a debugger reads what a stack slot holds.
bool isOnlyForDebugger(const llvm::AllocaInst &Slot);

/// Whether a store is: into what a load of is, into a temporary of the compiler's, into a copy that
/// only a debugger reads, into the memory of a result, into an existential that wraps the value.
bool isPlumbing(const llvm::StoreInst &Store);

/// Whether functions out of a loaded value are called: it is a table.
bool isTable(const llvm::LoadInst &Load);

/// Whether a value is a function that is called.
bool isCalled(const llvm::Value *Function);

}  // namespace rayc
