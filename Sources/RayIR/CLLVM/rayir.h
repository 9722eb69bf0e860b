// LLVM's C interface, and the little of its C++ one that RayIR needs beside.
#pragma once

#include "llvm-c/Analysis.h"
#include "llvm-c/Core.h"
#include "llvm-c/DebugInfo.h"
#include "llvm-c/IRReader.h"

#ifdef __cplusplus
extern "C" {
#endif

/// A copy of a function with a body, of another name and internal.
LLVMValueRef rayir_clone(LLVMValueRef Function, const char *Name);

/// What the verifier says of a function; null if it is valid. Freed with `free`.
char *rayir_verify(LLVMValueRef Function);

/// For each block, by its place in the function, the number of its immediate dominator; -1 for
/// the first one and for those that nothing leads to.
void rayir_dominators(LLVMValueRef Function, long *Parents);

/// Whether a value may stand as an operand of an instruction: it dominates it.
int rayir_dominates(LLVMValueRef Value, LLVMValueRef Instruction);

/// Moves an instruction with its debug records in front of another.
void rayir_move_before(LLVMValueRef Instruction, LLVMValueRef Before);

/// The first place of a block behind phis, allocas and landing pads.
LLVMValueRef rayir_first_insertion(LLVMBasicBlockRef Block);

#ifdef __cplusplus
}
#endif
