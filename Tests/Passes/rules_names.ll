; A pattern without a kind is how a function's demangled name begins, with or without the
; module in front. What the compiler made of the function, and what the function holds, goes
; along: local functions, closures, thunks, specialisations, accessors, continuations.
; Inputs/swift_names.ll has the functions.
;
; RUN: %rules -rayc-rule='-Parser.parse(_:)' %inputs/swift_names.ll | %FileCheck %s --check-prefix=PARSE --implicit-check-not=excluded
; RUN: %rules -rayc-rule='-MyLib.Parser.parse' %inputs/swift_names.ll | %FileCheck %s --check-prefix=PARSE --implicit-check-not=excluded
; RUN: %rules -rayc-rule='-MyLib.Parser.parse([Swift.Int]) throws' %inputs/swift_names.ll | %FileCheck %s --check-prefix=PARSE --implicit-check-not=excluded
; PARSE:      "function":"$s5MyLib6ParserV5parseySiSaySiGKF",{{.*}}excluded
; PARSE-NEXT: "function":"$s5MyLib6ParserV5parseySiSaySiGKF6helperL_yS2iF",{{.*}}excluded
; PARSE-NEXT: "function":"$s5MyLib6ParserV5parseySiSaySiGKFS2iXEfU_",{{.*}}excluded
; PARSE-NEXT: "function":"$s5MyLib6ParserV5parseySiSaySiGKFS2iXEfU_TA",{{.*}}excluded
;
; The closure alone, with the thunk that is made for it.
; RUN: %rules -rayc-rule='-closure #1 in Parser.parse' %inputs/swift_names.ll | %FileCheck %s --check-prefix=CLOSURE --implicit-check-not=excluded
; CLOSURE:      "function":"$s5MyLib6ParserV5parseySiSaySiGKFS2iXEfU_",{{.*}}excluded
; CLOSURE-NEXT: "function":"$s5MyLib6ParserV5parseySiSaySiGKFS2iXEfU_TA",{{.*}}excluded
;
; A method and the witness by which it conforms to a protocol.
; RUN: %rules -rayc-rule=-Parser.go %inputs/swift_names.ll | %FileCheck %s --check-prefix=GO --implicit-check-not=excluded
; GO:      "function":"$s5MyLib6ParserV2goSiyF",{{.*}}excluded
; GO-NEXT: "function":"$s5MyLib6ParserVAA1PA2aDP2goSiyFTW",{{.*}}excluded
;
; A whole type: also what the compiler makes for it.
; RUN: %rules -rayc-rule=-Parser %inputs/swift_names.ll | %FileCheck %s --check-prefix=TYPE
; TYPE: "function":"$s5MyLib6ParserVyS2icir",{{.*}}excluded
; TYPE: "function":"$s5MyLib6ParserVyS2icir.resume.0",{{.*}}excluded
; TYPE: "function":"$s5MyLib6ParserV1poiySiAC_ACtFZ",{{.*}}excluded
; TYPE: "function":"$s5MyLib6ParserVMa",{{.*}}excluded
; TYPE: {"functions":10,"pattern":"-Parser","record":"rule"}
;
; Generic parameters may be left out, and a specialisation goes along.
; RUN: %rules -rayc-rule='-gen(_:)' %inputs/swift_names.ll | %FileCheck %s --check-prefix=GENERIC --implicit-check-not=excluded
; RUN: %rules -rayc-rule='-MyLib.gen<A>' %inputs/swift_names.ll | %FileCheck %s --check-prefix=GENERIC --implicit-check-not=excluded
; GENERIC:      "function":"$s5MyLib3genySixAA1PRzlF",{{.*}}excluded
; GENERIC-NEXT: "function":"$s5MyLib3genySixAA1PRzlFAA6ParserV_Tg5Tf4x_n",{{.*}}excluded
;
; An async function is one with what follows its awaits.
; RUN: %rules -rayc-rule='-slow(_:)' %inputs/swift_names.ll | %FileCheck %s --check-prefix=ASYNC --implicit-check-not=excluded
; ASYNC:      "function":"$s5MyLib4slowyS2iYaF",{{.*}}excluded
; ASYNC-NEXT: "function":"$s5MyLib4slowyS2iYaFTQ0_",{{.*}}excluded
;
; A static member, with or without the word; an extension of a type of another module.
; RUN: %rules -rayc-rule='-static Parser.+' -rayc-rule='-Array.foo()' %inputs/swift_names.ll | %FileCheck %s --check-prefix=MEMBER --implicit-check-not=excluded
; RUN: %rules -rayc-rule='-MyLib.Parser.+' -rayc-rule='-Swift.Array<A where A == Swift.Int>.foo' %inputs/swift_names.ll | %FileCheck %s --check-prefix=MEMBER --implicit-check-not=excluded
; MEMBER: "function":"$s5MyLib6ParserV1poiySiAC_ACtFZ",{{.*}}excluded
; MEMBER: "function":"$sSa5MyLibSiRszlE3fooSiyF",{{.*}}excluded
;
; A symbol as it is, and any name where there is no demangler.
; RUN: %rules -rayc-rule='-$s5MyLib4slowy' %inputs/swift_names.ll | %FileCheck %s --check-prefix=ASYNC --implicit-check-not=excluded
; RUN: %opt -disable-output -passes=rayc-instrument -rayc-report=- -rayc-rule='-$s5MyLib4slowy' %inputs/swift_names.ll | %FileCheck %s --check-prefix=ASYNC --implicit-check-not=excluded
