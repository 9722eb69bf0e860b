; A context with the hook `runtime` is told in front of each operation of the Swift runtime what it
; is, on which object, and of how many bytes, as far as the call says so. The call itself is a call
; as ever.
;
; RUN: cat %s %inputs/debug.ll > %t.ll
; RUN: %show %inputs/log_points.ll %t.ll | %FileCheck %s
; RUN: %show %inputs/log.ll %t.ll | %FileCheck %s --check-prefix=ABSENT
; ABSENT-NOT: rayc_hook_runtime

declare ptr @swift_retain(ptr)
declare void @swift_release(ptr)
declare ptr @swift_allocObject(ptr, i64, i64)
declare void @swift_deallocClassInstance(ptr, i64, i64)
declare ptr @swift_dynamicCastClass(ptr, ptr)
declare void @swift_beginAccess(ptr, ptr, i64, ptr)
declare void @swift_endAccess(ptr)
declare ptr @swift_getTypeByMangledNameInContext2(ptr, i64, ptr, ptr)
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
declare void @llvm.lifetime.start.p0(ptr)

define void @operations(ptr %type, ptr %o, ptr %p, i64 %n) {
  %buffer = alloca [24 x i8]
  call void @llvm.lifetime.start.p0(ptr %buffer)
  %new = call ptr @swift_allocObject(ptr %type, i64 24, i64 7)
  %same = call ptr @swift_retain(ptr %o)
  call void @swift_release(ptr %o)
  %cast = call ptr @swift_dynamicCastClass(ptr %o, ptr %type)
  call void @swift_beginAccess(ptr %p, ptr %buffer, i64 33, ptr null)
  call void @swift_endAccess(ptr %buffer)
  call void @llvm.memcpy.p0.p0.i64(ptr %p, ptr %o, i64 %n, i1 false)
  call void @llvm.memset.p0.i64(ptr %p, i8 0, i64 16, i1 false)
  %name = call ptr @swift_getTypeByMangledNameInContext2(ptr %p, i64 1, ptr null, ptr null)
  call void @swift_deallocClassInstance(ptr %o, i64 24, i64 7)
  ret void
}
; CHECK-LABEL: define void @operations(
; CHECK-NOT:     rayc_hook
; CHECK:         call void @rayc_hook_runtime({{.*}}, i8 zeroext 2, ptr null, i64 24, ptr @{{.+}})
; CHECK-NEXT:    call ptr @swift_allocObject
; CHECK-NEXT:    call void @rayc_hook_runtime({{.*}}, i8 zeroext 0, ptr %o, i64 -1, ptr @{{.+}})
; CHECK-NEXT:    call ptr @swift_retain
; CHECK-NEXT:    call void @rayc_hook_runtime({{.*}}, i8 zeroext 1, ptr %o, i64 -1,
; CHECK-NEXT:    call void @swift_release
; CHECK-NEXT:    call void @rayc_hook_runtime({{.*}}, i8 zeroext 4, ptr null, i64 -1,
; CHECK-NEXT:    call ptr @swift_dynamicCastClass
; CHECK-NEXT:    call void @rayc_hook_runtime({{.*}}, i8 zeroext 5, ptr %p, i64 -1,
; CHECK-NEXT:    call void @swift_beginAccess
; CHECK-NEXT:    call void @rayc_hook_runtime({{.*}}, i8 zeroext 6, ptr null, i64 -1,
; CHECK-NEXT:    call void @swift_endAccess
; CHECK-NEXT:    call void @rayc_hook_runtime({{.*}}, i8 zeroext 7, ptr %p, i64 %n,
; CHECK-NEXT:    call void @llvm.memcpy
; CHECK-NEXT:    call void @rayc_hook_runtime({{.*}}, i8 zeroext 8, ptr %p, i64 16,
; CHECK-NEXT:    call void @llvm.memset
; CHECK-NEXT:    call ptr @swift_getTypeByMangledName
; CHECK-NEXT:    call void @rayc_hook_runtime({{.*}}, i8 zeroext 3, ptr %o, i64 24,
; CHECK-NEXT:    call void @swift_deallocClassInstance

; The compiler clears the copies of variables that debuggers read.
define void @for_a_debugger() !dbg !10 {
  %copy = alloca i64
    #dbg_declare(ptr %copy, !13, !DIExpression(), !11)
  call void @llvm.memset.p0.i64(ptr %copy, i8 0, i64 8, i1 false)
  ret void, !dbg !11
}
; CHECK-LABEL: define void @for_a_debugger(
; CHECK-NOT:     rayc_hook_runtime
; CHECK:         ret void
