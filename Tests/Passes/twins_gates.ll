; A gate asks whether the running thread is inside. See also twins_indirect_exec.ll.
;
; RUN: %show %inputs/log.ll %s -rayc-no-inline -passes=rayc-instrument -rayc-scope=dynamic -rayc-trigger=triggered | %FileCheck %s
; RUN: %show %inputs/log.ll %s -rayc-no-inline -passes=rayc-instrument -rayc-scope=dynamic -rayc-trigger=main | %FileCheck %s --check-prefix=WHOLE

declare void @each(ptr)

; What a twin hands to others may be called from anywhere: where the thread is not inside, the
; runtime looks whether its task is.
define internal i64 @callback(i64 %x) {
  ret i64 %x
}
; CHECK-LABEL: define internal i64 @callback(i64 %x) prefix
; CHECK-NEXT:    ret i64 %x
; CHECK-LABEL: define void @passes()
define void @passes() {
  call void @each(ptr @callback)
  ret void
}

; Swift's tables, here a witness table, have the plain function; primitives read them, so the
; gate is at its top. It only asks the thread: outside it must cost next to nothing.
define swiftcc void @"$s4main1SVAA1PA2aDP2goyyFTW"(ptr %p) {
  %x = load i64, ptr %p
  ret void
}
; CHECK-LABEL: define swiftcc void @"$s4main1SVAA1PA2aDP2goyyFTW"(ptr %p)
; CHECK:         %[[THREAD:.+]] = call {{.*}}ptr @llvm.threadlocal.address.p0(ptr {{.*}}@rayc_thread)
; CHECK:         %[[EXTENT_FIELD:.+]] = getelementptr inbounds i8, ptr %[[THREAD]], i64 32
; CHECK:         %[[EXTENT:.+]] = load ptr, ptr %[[EXTENT_FIELD]]
; CHECK:         %[[HOOK_FIELD:.+]] = getelementptr inbounds i8, ptr %[[THREAD]], i64 8
; CHECK:         %[[HOOK:.+]] = load i64, ptr %[[HOOK_FIELD]]
; CHECK:         icmp ne ptr %[[EXTENT]], null
; What a hook calls stays outside.
; CHECK:         icmp eq i64 %[[HOOK]], 0
; CHECK:         br i1 %{{.+}}, label %inside, label %[[OUTSIDE:.+]], !prof ![[UNLIKELY:[0-9]+]]
; CHECK:       inside:
; CHECK-NEXT:    tail call swiftcc void @"$s4main1SVAA1PA2aDP2goyyFTW.rayc"(ptr %p)
; CHECK-NEXT:    ret void
; CHECK:       [[OUTSIDE]]:
; CHECK-NEXT:    load i64, ptr %p
; CHECK-NEXT:    ret void

; So do C functions, which C code calls by name, but for those of Swift's own.
define void @c_callable() {
  ret void
}
; CHECK-LABEL: define void @c_callable()
; CHECK:         br i1 %{{.+}}, label %inside, label %{{.+}}, !prof ![[UNLIKELY]]
; CHECK:         tail call void @c_callable.rayc()

; And C's entries into Swift functions. Where the whole run is an extent, every gate asks the
; runtime: a thread of a pool may come here first, as when Swift Testing looks for its tests.
define internal i1 @"$s5Tests8accessorSbSvU_To"(ptr %p) {
  ret i1 true
}
; CHECK-LABEL: define internal i1 @"$s5Tests8accessorSbSvU_To"(ptr %p)
; CHECK:         br i1 %{{.+}}, label %inside, label %{{.+}}, !prof ![[UNLIKELY]]
; WHOLE-LABEL: define internal i1 @"$s5Tests8accessorSbSvU_To"(ptr %p)
; WHOLE:         br i1 %{{.+}}, label %inside, label %look
; WHOLE:         call preserve_mostcc ptr @rayc_gate_enter(

; And methods that override those of another module's classes, which that module may call by the
; class's table.
%swift.method_override_descriptor = type { i32, i32, i32 }
@"$s7Library4BaseC1fyyFTq" = external global i8
@"got.$s7Library4BaseC1fyyFTq" = linkonce_odr hidden constant ptr @"$s7Library4BaseC1fyyFTq"
@"$s4main4OwnCMn" = constant <{ i32, %swift.method_override_descriptor, %swift.method_override_descriptor }> <{
  i32 0,
  %swift.method_override_descriptor { i32 0,
    i32 add (i32 trunc (i64 sub (i64 ptrtoint (ptr @"got.$s7Library4BaseC1fyyFTq" to i64), i64 ptrtoint (ptr @"$s4main4OwnCMn" to i64)) to i32), i32 1),
    i32 trunc (i64 sub (i64 ptrtoint (ptr @"$s4main4OwnC1fyyF" to i64), i64 ptrtoint (ptr @"$s4main4OwnCMn" to i64)) to i32) },
  %swift.method_override_descriptor { i32 0,
    i32 trunc (i64 sub (i64 ptrtoint (ptr @"$s4main4OwnCMn" to i64), i64 ptrtoint (ptr @"$s4main4OwnCMn" to i64)) to i32),
    i32 trunc (i64 sub (i64 ptrtoint (ptr @"$s4main4OwnC1gyyF" to i64), i64 ptrtoint (ptr @"$s4main4OwnCMn" to i64)) to i32) } }>
define swiftcc void @"$s4main4OwnC1fyyF"() {
  ret void
}
define swiftcc void @"$s4main4OwnC1gyyF"() {
  ret void
}
; CHECK-LABEL: define swiftcc void @"$s4main4OwnC1fyyF"()
; CHECK:         br i1 %{{.+}}, label %inside, label %{{.+}}, !prof ![[UNLIKELY]]
; CHECK-LABEL: define swiftcc void @"$s4main4OwnC1gyyF"()
; CHECK-NEXT:    ret void

; Swift functions have no gate: who calls them by address asks for the twin.
define swiftcc void @"$s4main1fyyF"() {
  ret void
}
; CHECK-LABEL: define swiftcc void @"$s4main1fyyF"()
; CHECK-NEXT:    ret void

; The calls of a trigger each open an extent, unless one is open.
define swiftcc i64 @triggered(i64 %x) {
  ret i64 %x
}
; CHECK-LABEL: define swiftcc i64 @triggered(i64 %x)
; CHECK:         br i1 %{{.+}}, label %inside, label %look
; CHECK:       inside:
; CHECK-NEXT:    %[[IN:.+]] = tail call swiftcc i64 @triggered.rayc(i64 %x)
; CHECK-NEXT:    ret i64 %[[IN]]
; CHECK:       look:
; CHECK-NEXT:    %[[SAVED:.+]] = call preserve_mostcc ptr @rayc_trigger_enter(ptr %[[THREAD:.+]])
; CHECK-NEXT:    %[[STAYS_OUT:.+]] = icmp eq ptr %[[SAVED]], inttoptr (i64 -1 to ptr)
; CHECK-NEXT:    br i1 %[[STAYS_OUT]], label %[[PLAIN:.+]], label %entered
; CHECK:       entered:
; CHECK-NEXT:    %[[RESULT:.+]] = call swiftcc i64 @triggered.rayc(i64 %x)
; CHECK-NEXT:    call preserve_mostcc void @rayc_trigger_leave(ptr %[[THREAD]], ptr %[[SAVED]])
; CHECK-NEXT:    ret i64 %[[RESULT]]
; CHECK:       [[PLAIN]]:
; CHECK-NEXT:    ret i64 %x

; `main` opens that of the whole program.
define i32 @main() {
  ret i32 0
}
; WHOLE-LABEL: define i32 @main()
; WHOLE:         call preserve_mostcc ptr @rayc_program_enter(
; WHOLE:         call i32 @main.rayc()

; CHECK-LABEL: define internal i64 @callback.rayc.gate(i64 %0) prefix
; CHECK-SAME:      ptrtoint (ptr @callback.rayc to i64)
; CHECK:         br i1 %{{.+}}, label %inside, label %look
; CHECK:       inside:
; CHECK-NEXT:    tail call i64 @callback.rayc(i64 %0)
; CHECK:       look:
; CHECK-NEXT:    %[[SAVED:.+]] = call preserve_mostcc ptr @rayc_gate_enter(ptr %[[THREAD:.+]])
; CHECK:       entered:
; CHECK-NEXT:    call i64 @callback.rayc(i64 %0)
; CHECK-NEXT:    call preserve_mostcc void @rayc_gate_leave(ptr %[[THREAD]], ptr %[[SAVED]])
; CHECK:         tail call i64 @callback(i64 %0)
; CHECK-NEXT:    ret i64
