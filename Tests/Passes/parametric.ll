; A context whose `load` treats every type alike gets the same hook for all of them, the one for
; `()`: no value is kept for it, and no type is looked up.
;
; What shows it is the probe, the same code for a type that is not known: it copies, takes and
; destroys the value, and asks for the type's size.
; RUN: %split-file %s %t
; RUN: %opt -S -passes=rayc-context %t/hands_on.ll | %FileCheck %s --check-prefix=ON --implicit-check-not=probe
; RUN: %opt -S -passes=rayc-context %t/hands_on.ll -o %t/prepared.ll
; RUN: %opt -S -passes=rayc-instrument -rayc-context=%t/prepared.ll -rayc-module=M %t/program.ll | %FileCheck %s --check-prefix=PROGRAM
;
; One that asks what the type is does not treat them alike.
; RUN: %opt -S -passes=rayc-context %t/looks.ll | %FileCheck %s --check-prefix=LOOKS --implicit-check-not=probe
; RUN: %opt -S -passes=rayc-context %t/looks_into.ll | %FileCheck %s --check-prefix=LOOKS
; RUN: %opt -S -passes=rayc-context %t/calls.ll | %FileCheck %s --check-prefix=LOOKS

;--- hands_on.ll
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define void @rayc_context_probe_load_(ptr %state, ptr %result, ptr %value, ptr %type, ptr %site) {
  call swiftcc void @open(ptr %value, ptr %result, ptr %state, ptr %type)
  ret void
}
define internal swiftcc void @open(ptr %value, ptr %result, ptr %state, ptr %type) {
  %slot = getelementptr inbounds i8, ptr %type, i64 -8
  %witnesses = load ptr, ptr %slot
  %sizeField = getelementptr inbounds i8, ptr %witnesses, i64 64
  %size = load i64, ptr %sizeField
  %copy = alloca i8, i64 %size, align 16
  call void @llvm.lifetime.start.p0(ptr %copy)
  %copyField = getelementptr inbounds i8, ptr %witnesses, i64 16
  %copyWitness = load ptr, ptr %copyField
  %copied = call ptr %copyWitness(ptr %copy, ptr %value, ptr %type)
  %old = load i64, ptr %state
  %new = add i64 %old, 1
  store i64 %new, ptr %state
  %takeField = getelementptr inbounds i8, ptr %witnesses, i64 32
  %takeWitness = load ptr, ptr %takeField
  %taken = call ptr %takeWitness(ptr %result, ptr %copy, ptr %type)
  call void @llvm.lifetime.end.p0(ptr %copy)
  ret void
}
define void @rayc_hook_load_in_yt(ptr %state, ptr %value, ptr %site) {
  %old = load i64, ptr %state
  %new = add i64 %old, 1
  store i64 %new, ptr %state
  ret void
}
define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  %same = call i64 @retained(i64 %value)
  ret i64 %same
}
define void @rayc_hook_load_any(ptr %state, ptr %value, ptr %type, ptr %site) {
  call void @lookUp(ptr %type, ptr %value, ptr %state)
  ret void
}
declare i64 @retained(i64)
declare void @lookUp(ptr, ptr, ptr)

; ON: define {{.*}}void @rayc_hook_load_in_yt(
; ON: define {{.*}}i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) #[[HANDS_ON:[0-9]+]]
; ON-NEXT: load i64, ptr %state
; ON-NEXT: add i64
; ON-NEXT: store i64
; ON-NEXT: ret i64 %value
; ON: define {{.*}}void @rayc_hook_load_any(ptr %state, ptr %value, ptr %type, ptr %site) #[[HANDS_ON]]
; ON-NEXT: load i64, ptr %state
; ON-NEXT: add i64
; ON-NEXT: store i64
; ON-NEXT: ret void
; ON: attributes #[[HANDS_ON]] = {{{.*}}"rayc-ignores-value"

;--- program.ll
; Nothing is stored for the hooks.
define i64 @program(ptr %p) {
  %x = load i64, ptr %p
  %y = load { i64, ptr }, ptr %p
  %z = extractvalue { i64, ptr } %y, 0
  %s = add i64 %x, %z
  ret i64 %s
}
; PROGRAM-LABEL: define i64 @program(ptr %p)
; PROGRAM-NEXT: %x = load i64, ptr %p
; PROGRAM-NEXT: %rayc.state = call
; PROGRAM-NEXT: call i64 @rayc_hook_load_i64(ptr %rayc.state, i64 poison, ptr null)
; PROGRAM-NEXT: %y = load { i64, ptr }, ptr %p
; PROGRAM-NEXT: call void @rayc_hook_load_any(ptr %rayc.state, ptr poison, ptr poison, ptr null)
; PROGRAM-NEXT: %z = extractvalue { i64, ptr } %y, 0
; PROGRAM-NEXT: %s = add i64 %x, %z

;--- looks.ll
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define void @rayc_context_probe_load_(ptr %state, ptr %result, ptr %value, ptr %type, ptr %site) {
  %isInt = icmp eq ptr %type, @"$sSiN"
  br i1 %isInt, label %int, label %done
int:
  store i64 0, ptr %state
  br label %done
done:
  ret void
}
@"$sSiN" = external global i8
define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  store i64 %value, ptr %state
  ret i64 %value
}
; LOOKS: define {{.*}}i64 @rayc_hook_load_i64(
; LOOKS-NEXT: store i64 %value, ptr %state

;--- looks_into.ll
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define void @rayc_context_probe_load_(ptr %state, ptr %result, ptr %value, ptr %type, ptr %site) {
  %word = load i64, ptr %value
  store i64 %word, ptr %state
  ret void
}
define void @rayc_hook_load_in_yt(ptr %state, ptr %value, ptr %site) {
  ret void
}
define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  store i64 %value, ptr %state
  ret i64 %value
}

;--- calls.ll
; What is called with the value may look at it, unless it is a witness of the type.
define i64 @rayc_context_size() {
  ret i64 8
}
define i64 @rayc_context_alignment() {
  ret i64 8
}
define void @rayc_context_probe_load_(ptr %state, ptr %result, ptr %value, ptr %type, ptr %site) {
  %f = load ptr, ptr %state
  call void %f(ptr %value, ptr %type)
  ret void
}
define void @rayc_hook_load_in_yt(ptr %state, ptr %value, ptr %site) {
  ret void
}
define i64 @rayc_hook_load_i64(ptr %state, i64 %value, ptr %site) {
  store i64 %value, ptr %state
  ret i64 %value
}
