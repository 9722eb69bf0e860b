; What is instrumented, and why the rest is not, as JSON lines for `rayc list`; with a
; context or without one, when every call and load counts as instrumented.
;
; RUN: cat %s %inputs/debug.ll > %t.ll
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-module=Main -rayc-report=%t.json %t.ll
; RUN: %FileCheck %s --match-full-lines < %t.json
; RUN: %python -c "import json, sys; [json.loads(line) for line in open(sys.argv[1])]" %t.json
;
; The pass changes nothing without a context.
; RUN: %opt -S -passes=rayc-instrument -rayc-report=- %t.ll -o %t.out.ll > %t.stdout
; RUN: %FileCheck %s --check-prefix=UNCHANGED < %t.out.ll
; RUN: %show %inputs/count.ll %t.ll -passes=rayc-instrument -rayc-report=%t.count.json > %t.shown
; RUN: cmp %t.json %t.count.json
;
; A report that cannot be written is an error.
; RUN: %not %opt -disable-output -passes=rayc-instrument -rayc-report=%t.nowhere/report %t.ll 2>&1 | %FileCheck %s --check-prefix=UNWRITTEN

declare i64 @g(i64)
declare void @swift_release(ptr)
declare void @exit(i32) noreturn

define i64 @f(ptr %p, i64 %x) !dbg !10 {
  %total = alloca i64
    #dbg_declare(ptr %total, !13, !DIExpression(), !11)
  %t = load i64, ptr %total, !dbg !11
  %r = call i64 @g(i64 %t), !dbg !11
  call void @swift_release(ptr %p), !dbg !12
  %packed = load <{ i8, i64 }>, ptr %p, !dbg !11
  %elsewhere = load i64, ptr addrspace(1) null, !dbg !11
  %odd = call <{ i8, i64 }> %p(), !dbg !11
  call void @exit(i32 0), !dbg !11
  unreachable
}
; CHECK:      {"column":0,"file":"","function":"g","line":0,"reason":"no body: a primitive","record":"skipped","what":"function"}
; CHECK:      {"callee":"","column":7,"file":"/source/main.swift","function":"f","id":"0x{{[0-9a-f]+}}","kind":"load","line":5,"record":"site","untyped":"nothing says what lies at the address","valueType":"s5Int64V","variable":"total"}
; CHECK-NEXT: {"callee":"g","column":7,"file":"/source/main.swift","function":"f","id":"0x{{[0-9a-f]+}}","kind":"call","line":5,"record":"site","untyped":"the callee is no Swift function","valueType":"s5Int64V","variable":""}
; CHECK-NEXT: {"callee":"swift_release","column":9,{{.*}}"kind":"runtimeCall","line":6,"record":"site","valueType":"","variable":""}
; CHECK-NEXT: {"callee":"",{{.*}}"kind":"call",{{.*}}"record":"site","untyped":"the callee is only known at run time","valueType":"","variable":""}
; CHECK-NEXT: {"callee":"exit",{{.*}}"kind":"call",{{.*}}}
; CHECK-NEXT: {"column":7,"file":"/source/main.swift","function":"f","line":5,"reason":"no Swift type has this layout","record":"skipped","what":"load"}
; CHECK-NEXT: {{.*}}"reason":"an address outside the default address space","record":"skipped","what":"load"}
; CHECK-NEXT: {"callee":"",{{.*}}"reason":"no Swift type has this layout","record":"skipped","what":"result"}
; CHECK-NEXT: {"callee":"exit",{{.*}}"reason":"it does not return","record":"skipped","what":"after"}
; CHECK-NEXT: {"calls":3,"column":0,"file":"/source/main.swift","function":"f","line":3,"loads":1,"record":"function","runtimeCalls":1}

; UNCHANGED-NOT: rayc

; UNWRITTEN: rayc: {{.*}}No such file or directory
