; `module:GLOB` means the functions of a Swift module: of the one in the name, whatever module
; the code was made for. Inputs/swift_names.ll has the functions.
;
; A specialisation of the standard library's generics is the standard library's.
; RUN: %rules -rayc-rule=-module:Swift %inputs/swift_names.ll | %FileCheck %s --check-prefix=SWIFT --implicit-check-not=excluded
; SWIFT: "function":"$ss15ContiguousArrayV16_createNewBuffer{{.*}}excluded
;
; An extension is its own module's, and so is code without a module in its name: C's `main`, a
; thunk between two types of functions.
; RUN: %rules -rayc-rule='-module:*' -rayc-rule='+module:My*' %inputs/swift_names.ll | %FileCheck %s --check-prefix=LOCAL --implicit-check-not=excluded
; LOCAL: "function":"main",{{.*}}"record":"function"
; LOCAL: "function":"$sSa5MyLibSiRszlE3fooSiyF",{{.*}}"record":"function"
; LOCAL: "function":"$ss15ContiguousArrayV16_createNewBuffer{{.*}}excluded by the rule '-module:*'
; LOCAL: "function":"$sIetH_yts5Error_pIegHrzo_TR",{{.*}}"record":"function"
; LOCAL: {"functions":18,"pattern":"-module:*","record":"rule"}
; LOCAL: {"functions":17,"pattern":"+module:My*","record":"rule"}
