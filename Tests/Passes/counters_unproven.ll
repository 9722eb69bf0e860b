; Where the proof of counters.ll fails, the check stays: only for the field concerned.
;
; RUN: %opt -S -passes=rayc-context %s | %FileCheck %s

declare { i64, i1 } @llvm.sadd.with.overflow.i64(i64, i64)
declare { i64, i1 } @llvm.uadd.with.overflow.i64(i64, i64)
declare { i32, i1 } @llvm.sadd.with.overflow.i32(i32, i32)
declare void @llvm.trap()

define i64 @rayc_context_size() {
  ret i64 80
}

define i64 @rayc_context_alignment() {
  ret i64 8
}

define void @rayc_context_init(ptr %state) {
  %plain = getelementptr i8, ptr %state, i64 0
  store i64 0, ptr %plain
  %large = getelementptr i8, ptr %state, i64 8
  store i64 0, ptr %large
  %down = getelementptr i8, ptr %state, i64 16
  store i64 0, ptr %down
  %assigned = getelementptr i8, ptr %state, i64 24
  store i64 0, ptr %assigned
  %high = getelementptr i8, ptr %state, i64 32
  store i64 4611686018427387904, ptr %high
  %reset = getelementptr i8, ptr %state, i64 48
  store i64 0, ptr %reset
  %unsigned = getelementptr i8, ptr %state, i64 56
  store i64 0, ptr %unsigned
  %straddled = getelementptr i8, ptr %state, i64 64
  store i64 0, ptr %straddled
  %short = getelementptr i8, ptr %state, i64 72
  store i64 0, ptr %short
  ret void
}

define void @rayc_hook_didCall(ptr %state, ptr %error, ptr %site) {
  %assigned = getelementptr i8, ptr %state, i64 24
  store ptr %error, ptr %assigned
  %reset = getelementptr i8, ptr %state, i64 48
  store i64 7, ptr %reset
  %across = getelementptr i8, ptr %state, i64 68
  store ptr %error, ptr %across, align 4
  ret void
}

define void @rayc_hook_willCall(ptr %state, ptr %arguments, ptr %site) {
; CHECK-LABEL: define void @rayc_hook_willCall(
  ; Proven: for comparison.
  %plain.field = getelementptr i8, ptr %state, i64 0
  %plain = load i64, ptr %plain.field
  %plain.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %plain, i64 1)
; CHECK: %{{.+}} = add nsw i64 %plain, 1
  %plain.next = extractvalue { i64, i1 } %plain.sum, 0
  %plain.over = extractvalue { i64, i1 } %plain.sum, 1
  store i64 %plain.next, ptr %plain.field
  ; A step that is not small.
  %large.field = getelementptr i8, ptr %state, i64 8
  %large = load i64, ptr %large.field
  %large.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %large, i64 65536)
; CHECK: %large.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %large, i64 65536)
  %large.next = extractvalue { i64, i1 } %large.sum, 0
  %large.over = extractvalue { i64, i1 } %large.sum, 1
  store i64 %large.next, ptr %large.field
  ; A step that is not positive.
  %down.field = getelementptr i8, ptr %state, i64 16
  %down = load i64, ptr %down.field
  %down.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %down, i64 -1)
; CHECK: %down.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %down, i64 -1)
  %down.next = extractvalue { i64, i1 } %down.sum, 0
  %down.over = extractvalue { i64, i1 } %down.sum, 1
  store i64 %down.next, ptr %down.field
  ; didCall stores an argument in it.
  %assigned.field = getelementptr i8, ptr %state, i64 24
  %assigned = load i64, ptr %assigned.field
  %assigned.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %assigned, i64 1)
; CHECK: %assigned.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %assigned, i64 1)
  %assigned.next = extractvalue { i64, i1 } %assigned.sum, 0
  %assigned.over = extractvalue { i64, i1 } %assigned.sum, 1
  store i64 %assigned.next, ptr %assigned.field
  ; It starts at 2^62.
  %high.field = getelementptr i8, ptr %state, i64 32
  %high = load i64, ptr %high.field
  %high.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %high, i64 1)
; CHECK: %high.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %high, i64 1)
  %high.next = extractvalue { i64, i1 } %high.sum, 0
  %high.over = extractvalue { i64, i1 } %high.sum, 1
  store i64 %high.next, ptr %high.field
  ; rayc_context_init does not say what it starts with.
  %unknown.field = getelementptr i8, ptr %state, i64 40
  %unknown = load i64, ptr %unknown.field
  %unknown.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %unknown, i64 1)
; CHECK: %unknown.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %unknown, i64 1)
  %unknown.next = extractvalue { i64, i1 } %unknown.sum, 0
  %unknown.over = extractvalue { i64, i1 } %unknown.sum, 1
  store i64 %unknown.next, ptr %unknown.field
  ; didCall sets it to a constant.
  %reset.field = getelementptr i8, ptr %state, i64 48
  %reset = load i64, ptr %reset.field
  %reset.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %reset, i64 1)
; CHECK: %reset.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %reset, i64 1)
  %reset.next = extractvalue { i64, i1 } %reset.sum, 0
  %reset.over = extractvalue { i64, i1 } %reset.sum, 1
  store i64 %reset.next, ptr %reset.field
  ; Not a signed addition.
  %unsigned.field = getelementptr i8, ptr %state, i64 56
  %unsigned = load i64, ptr %unsigned.field
  %unsigned.sum = call { i64, i1 } @llvm.uadd.with.overflow.i64(i64 %unsigned, i64 1)
; CHECK: %unsigned.sum = call { i64, i1 } @llvm.uadd.with.overflow.i64(i64 %unsigned, i64 1)
  %unsigned.next = extractvalue { i64, i1 } %unsigned.sum, 0
  %unsigned.over = extractvalue { i64, i1 } %unsigned.sum, 1
  store i64 %unsigned.next, ptr %unsigned.field
  ; didCall stores an argument across it.
  %straddled.field = getelementptr i8, ptr %state, i64 64
  %straddled = load i64, ptr %straddled.field
  %straddled.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %straddled, i64 1)
; CHECK: %straddled.sum = call { i64, i1 } @llvm.sadd.with.overflow.i64(i64 %straddled, i64 1)
  %straddled.next = extractvalue { i64, i1 } %straddled.sum, 0
  %straddled.over = extractvalue { i64, i1 } %straddled.sum, 1
  store i64 %straddled.next, ptr %straddled.field
  ; 32 bits are soon full.
  %short.field = getelementptr i8, ptr %state, i64 72
  %short = load i32, ptr %short.field
  %short.sum = call { i32, i1 } @llvm.sadd.with.overflow.i32(i32 %short, i32 1)
; CHECK: %short.sum = call { i32, i1 } @llvm.sadd.with.overflow.i32(i32 %short, i32 1)
  %short.next = extractvalue { i32, i1 } %short.sum, 0
  %short.over = extractvalue { i32, i1 } %short.sum, 1
  store i32 %short.next, ptr %short.field
  %or.plain = or i1 %short.over, %plain.over
  %or.large = or i1 %or.plain, %large.over
  %or.down = or i1 %or.large, %down.over
  %or.assigned = or i1 %or.down, %assigned.over
  %or.high = or i1 %or.assigned, %high.over
  %or.unknown = or i1 %or.high, %unknown.over
  %or.reset = or i1 %or.unknown, %reset.over
  %or.unsigned = or i1 %or.reset, %unsigned.over
  %or.straddled = or i1 %or.unsigned, %straddled.over
  br i1 %or.straddled, label %trap, label %go
go:
  ret void
trap:
  call void @llvm.trap()
  unreachable
}
