// Stage 2: the running thread's head, and the runtime's functions that take it.
#pragma once

#include "Abi.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

namespace rayc {

/// The address of the running thread's head (ray_thread of ray_abi.h):
/// ```
/// %t = call ptr @llvm.threadlocal.address.p0(ptr @rayc_thread)
/// ```
llvm::Value *threadAddress(llvm::IRBuilder<> &Builder);

/// The address of a field of it:
/// ```
/// %f = getelementptr inbounds i8, ptr %t, i64 <offset>
/// ```
llvm::Value *threadField(llvm::Value *Thread, unsigned Offset, llvm::IRBuilder<> &Builder);

/// A call of a function of the runtime that lies on a cold path, so that it leaves most registers
/// as they are:
/// ```
/// %r = call preserve_mostcc ptr @rayc_thread_enter(ptr %t)
/// ```
llvm::CallInst *callRuntime(llvm::StringRef Name, llvm::Type *Result,
                            llvm::ArrayRef<llvm::Value *> Arguments, llvm::IRBuilder<> &Builder);

}  // namespace rayc
