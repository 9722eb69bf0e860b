; What carries tags: a word beside each scalar in a register, a cell for memory, a place of the
; thread's for what a call is given and returns. See tags_exec.ll for what comes of it.
;
; RUN: %show %inputs/tags.ll %s | %FileCheck %s
; RUN: %show %inputs/count.ll %s | %FileCheck %s --check-prefix=ABSENT
; RUN: %not %show %inputs/tags.ll %s -passes=rayc-instrument -rayc-scope=dynamic 2>&1 | %FileCheck %s --check-prefix=DYNAMIC
; ABSENT-NOT: rayc_tag
; DYNAMIC: tags go through the whole program; use --scope program

declare void @escape(ptr)

; A function takes the tags that are meant for it, once. An operation has a tag if an operand has.
define i64 @sum(i64 %a, i64 %b) {
  %s = add i64 %a, %b
  ret i64 %s
}
; CHECK-LABEL: define i64 @sum(
; CHECK:         %[[CALL:.+]] = call align 8 ptr @llvm.threadlocal.address.p0(ptr align 8 @rayc_tag_call)
; CHECK:         %[[CALLEE:.+]] = load ptr, ptr %[[CALL]]
; CHECK:         %[[MEANT:.+]] = icmp eq ptr %[[CALLEE]], @sum
; CHECK:         %[[FIELD:.+]] = getelementptr inbounds i8, ptr %{{.+}}, i64 16
; CHECK:         %[[GIVEN:.+]] = load i64, ptr %[[FIELD]]
; CHECK:         %[[A:.+]] = select i1 %[[MEANT]], i64 %[[GIVEN]], i64 0
; CHECK:         %[[B:.+]] = select i1 %[[MEANT]], i64 %{{.+}}, i64 0
; CHECK:         store ptr null,
; CHECK:         %s = add i64 %a, %b
; CHECK:         %[[ANY:.+]] = or i64 %[[A]], %[[B]]
; CHECK:         %[[T:.+]] = call i64 @rayc_hook_tag_operation(ptr %{{.+}}, i32 84214273, i64 %s, i64 %a, i64 %[[A]], i64 %b, i64 %[[B]], i64 0, i64 0, ptr
; CHECK:         %[[IS:.+]] = icmp ne i64 %[[ANY]], 0
; CHECK:         %[[S:.+]] = select i1 %[[IS]], i64 %[[T]], i64 0
; CHECK:         %[[RESULTS:.+]] = getelementptr inbounds i8, ptr %{{.+}}, i64 528
; CHECK:         store i64 %[[S]], ptr %[[RESULTS]]
; CHECK:         %[[RETURNED:.+]] = getelementptr inbounds i8, ptr %{{.+}}, i64 8
; CHECK:         store ptr @sum, ptr %[[RETURNED]]
; CHECK-NEXT:    ret i64 %s

; The cell of a word is at the word's address with two bits turned; that of a narrower value in
; one of eight regions. A loaded address has no tag for what lies there.
define i32 @memory(ptr %p, ptr %q) {
  %v = load i64, ptr %p, align 8
  store i64 %v, ptr %q, align 8
  %w = load i32, ptr %p, align 4
  store i32 %w, ptr %q, align 4
  ret i32 %w
}
; CHECK-LABEL: define i32 @memory(
; CHECK:         %[[P:.+]] = ptrtoint ptr %p to i64
; CHECK-NEXT:    %[[FLIPPED:.+]] = xor i64 %[[P]], 87960930222080
; CHECK-NEXT:    %[[CELL:.+]] = inttoptr i64 %[[FLIPPED]] to ptr
; CHECK-NEXT:    %[[TAG:.+]] = load i64, ptr %[[CELL]], {{.*}}!alias.scope
; CHECK-NEXT:    %v = load i64, ptr %p, {{.*}}!noalias
; CHECK:         store i64 %[[TAG]], ptr
; CHECK-NEXT:    store i64 %v, ptr %q
; CHECK:         and i64 %{{.+}}, -8
; CHECK:         shl i64 %{{.+}}, 42
; CHECK:         %w = load i32, ptr %p
; CHECK:         call void @rayc.tag.store(ptr %q, i64 %{{.+}})
; CHECK-NEXT:    store i32 %w, ptr %q

; A stack slot that is only loaded and stored has its tags in slots beside it; another one is
; cleared where the function begins.
define i64 @stack(i64 %a) {
  %own = alloca i64
  %shared = alloca i64
  store i64 %a, ptr %own
  %v = load i64, ptr %own
  call void @escape(ptr %shared)
  ret i64 %v
}
; CHECK-LABEL: define i64 @stack(
; CHECK:         %[[SLOT:.+]] = alloca i64
; CHECK:         %own = alloca i64
; CHECK:         store i64 0, ptr %[[SLOT]]
; CHECK:         %[[SHARED:.+]] = ptrtoint ptr %shared to i64
; CHECK:         xor i64 %[[SHARED]],
; CHECK:         store i64 0, ptr
; CHECK:         %[[REGIONS:.+]] = load i64, ptr @rayc_tag_regions
; CHECK:         %[[NARROW:.+]] = icmp ne i64 %[[REGIONS]], 1
; CHECK:         br i1 %[[NARROW]], label %{{.+}}, label %{{.+}}, !prof
; CHECK:         call void @rayc_tag_clear(ptr %shared, i64 8)
; CHECK:         store i64 %{{.+}}, ptr %[[SLOT]]
; CHECK-NEXT:    store i64 %a, ptr %own
; CHECK:         %[[T:.+]] = load i64, ptr %[[SLOT]]
; CHECK-NEXT:    %v = load i64, ptr %own

; Who is called is told who is meant, and whoever it was says that it returned.
define i64 @calls(ptr %f, i64 %a) {
  %r = call i64 %f(i64 %a)
  %s = call i64 @sum(i64 %r, i64 1)
  ret i64 %s
}
; CHECK-LABEL: define i64 @calls(
; CHECK:         store ptr %f, ptr
; CHECK:         %r = call i64 %f(i64 %a)
; CHECK:         %[[RETURNED:.+]] = load ptr, ptr
; CHECK:         %[[IS:.+]] = icmp eq ptr %[[RETURNED]], %f
; CHECK:         select i1 %[[IS]], i64 %{{.+}}, i64 0
; What nobody has taken is lost, which is counted.
; CHECK:         %[[LEFT:.+]] = load ptr, ptr
; CHECK:         icmp eq ptr %[[LEFT]], %f
; CHECK:         call preserve_mostcc void @rayc_tag_lost(ptr @rayc.tag.loss)
; CHECK:         store ptr @sum, ptr
; CHECK:         %s = call i64 @sum(
; A function of this module need not be asked.
; CHECK-NOT:     icmp eq ptr %{{.+}}, @sum
; CHECK:         ret i64 %s

; What can have no tag costs nothing.
define i64 @counts(i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, 10
  br i1 %more, label %loop, label %end
end:
  ret i64 %i
}
; CHECK-LABEL: define i64 @counts(
; CHECK:         store ptr null,
; CHECK-NEXT:    br label %loop
; CHECK-NOT:     rayc
; CHECK:         ret i64 %i
