; `/regex/` is searched in the demangled name: in the whole one, with modules and types, and in
; the simple one, which lists show. Inputs/swift_names.ll has the functions.
;
; RUN: %rules -rayc-rule='-/^MyLib\.(slow|gen)/' %inputs/swift_names.ll | %FileCheck %s --check-prefix=FULL --implicit-check-not=excluded
; FULL: "function":"$s5MyLib3genySixAA1PRzlF",{{.*}}excluded
; FULL: "function":"$s5MyLib4slowyS2iYaF",{{.*}}excluded
; FULL: "function":"$s5MyLib4slowyS2iYaFTQ0_",{{.*}}excluded
;
; RUN: %rules -rayc-rule='-/^(slow|specialized gen)[<(]/' %inputs/swift_names.ll | %FileCheck %s --check-prefix=SIMPLE --implicit-check-not=excluded
; SIMPLE: "function":"$s5MyLib3genySixAA1PRzlFAA6ParserV_Tg5Tf4x_n",{{.*}}excluded
; SIMPLE: "function":"$s5MyLib4slowyS2iYaF",{{.*}}excluded
; SIMPLE: "function":"$s5MyLib4slowyS2iYaFTQ0_",{{.*}}excluded
;
; RUN: %rules -rayc-rule='-/./' -rayc-rule='+/ thunk |^main$/' %inputs/swift_names.ll | %FileCheck %s --check-prefix=MOST
; MOST-NOT: "function":"main",{{.*}}excluded
; MOST-NOT: "function":"$sIetH_yts5Error_pIegHrzo_TR",{{.*}}excluded
; MOST:     {"functions":18,"pattern":"-/./","record":"rule"}
; MOST:     {"functions":2,"pattern":"+/ thunk |^main$/","record":"rule"}
