; `file:GLOB` means the functions of a source file: by the file's own name where the glob has
; no `/`, else by its path or by what it ends with. Inputs/swift_names.ll has the functions.
;
; RUN: %rules -rayc-rule='-file:Parser.swift' %inputs/swift_names.ll | %FileCheck %s --check-prefix=PARSER --implicit-check-not=excluded
; RUN: %rules -rayc-rule='-file:P*' %inputs/swift_names.ll | %FileCheck %s --check-prefix=PARSER --implicit-check-not=excluded
; RUN: %rules -rayc-rule='-file:Sources/MyLib/*' %inputs/swift_names.ll | %FileCheck %s --check-prefix=PARSER --implicit-check-not=excluded
; RUN: %rules -rayc-rule='-file:/work/Sources/*/[OP]*.swift' %inputs/swift_names.ll | %FileCheck %s --check-prefix=PARSER --implicit-check-not=excluded
;
; PARSER:      "function":"$s5MyLib6ParserV5parseySiSaySiGKF",{{.*}}excluded
; PARSER-NEXT: "function":"$s5MyLib6ParserV5parseySiSaySiGKF6helperL_yS2iF",{{.*}}excluded
; PARSER-NEXT: "function":"$s5MyLib6ParserV5parseySiSaySiGKFS2iXEfU_",{{.*}}excluded
; The forwarder has no source; it belongs to the closure that it was made for.
; PARSER-NEXT: "function":"$s5MyLib6ParserV5parseySiSaySiGKFS2iXEfU_TA",{{.*}}excluded
;
; RUN: %rules -rayc-rule='-file:{Helpers,Others}.swift' %inputs/swift_names.ll | %FileCheck %s --check-prefix=HELPERS --implicit-check-not=excluded
; HELPERS:     "function":"$s5MyLib6ParserV2goSiyF",{{.*}}excluded
;
; A glob without `/` is no part of a path, and `*` is also what has no file.
; RUN: %rules -rayc-rule='-file:Sources*' -rayc-rule='-file:MyLib' -rayc-rule='-file:ources/MyLib/*' %inputs/swift_names.ll | %FileCheck %s --check-prefix=NONE --implicit-check-not=excluded
; NONE-COUNT-3: {"functions":0,{{.*}}"record":"rule"}
; RUN: %rules -rayc-rule='-file:*' %inputs/swift_names.ll | %FileCheck %s --check-prefix=ALL
; ALL: {"functions":18,"pattern":"-file:*","record":"rule"}
