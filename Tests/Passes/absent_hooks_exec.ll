; A program instrumented with a context that does nothing runs as before.
;
; RUN: %build %inputs/absent.ll %s %t && %t | %FileCheck %s --match-full-lines

declare void @print_number(i64)

; What the context's code refers to is in libRay; here nothing may call it.
define swiftcc void @"$s3Ray0A7ContextPAAE4load_2atqd__qd___AA4SiteVtlF"(ptr sret(i8), ptr) {
  call void @print_number(i64 -1)
  ret void
}

define i32 @main() {
  call void @print_number(i64 5)
  ret i32 0
}
; CHECK:     program: 5
; CHECK-NOT: {{.}}
