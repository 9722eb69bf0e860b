; A trigger's pattern means functions themselves: not the closures in them, not thunks,
; metadata or continuations, which a rule takes along. Names are written to their end, but for
; labels and types. Inputs/swift_names.ll has the functions; the report tells what was meant.
;
; RUN: %rules -rayc-trigger=main -rayc-trigger=Parser -rayc-trigger=sl %inputs/swift_names.ll | %FileCheck %s
; CHECK: {"functions":1,"names":["main"],"pattern":"main","record":"trigger"}
; CHECK: {"functions":0,"names":[],"pattern":"Parser","record":"trigger"}
; CHECK: {"functions":0,"names":[],"pattern":"sl","record":"trigger"}
;
; RUN: %rules -rayc-trigger='Parser.parse(_:)' -rayc-trigger=MyLib.Parser.parse -rayc-trigger='MyLib.Parser.parse([Swift.Int]) throws -> Swift.Int' %inputs/swift_names.ll | %FileCheck %s --check-prefix=PARSE
; PARSE-COUNT-3: {"functions":1,"names":["$s5MyLib6ParserV5parseySiSaySiGKF"],
;
; A closure where it is named itself, a static member, an extension, an accessor, a symbol.
; RUN: %rules -rayc-trigger='closure #1 in Parser.parse(_:)' -rayc-trigger='Parser.+ infix(_:_:)' -rayc-trigger='static Parser.+' -rayc-trigger=Array.foo -rayc-trigger=MyLib.Parser.subscript.read -rayc-trigger='$s5MyLib6ParserVMa' %inputs/swift_names.ll | %FileCheck %s --check-prefix=NAMED
; NAMED: {"functions":1,"names":["$s5MyLib6ParserV5parseySiSaySiGKFS2iXEfU_"],
; NAMED: {"functions":1,"names":["$s5MyLib6ParserV1poiySiAC_ACtFZ"],
; NAMED: {"functions":1,"names":["$s5MyLib6ParserV1poiySiAC_ACtFZ"],
; NAMED: {"functions":1,"names":["$sSa5MyLibSiRszlE3fooSiyF"],
; NAMED: {"functions":1,"names":["$s5MyLib6ParserVyS2icir"],
; NAMED: {"functions":1,"names":["$s5MyLib6ParserVMa"],
;
; A specialisation is the function; a continuation is only its rest.
; RUN: %rules -rayc-trigger='gen(_:)' -rayc-trigger=MyLib.slow %inputs/swift_names.ll | %FileCheck %s --check-prefix=BODY
; BODY: {"functions":2,"names":["$s5MyLib3genySixAA1PRzlF","$s5MyLib3genySixAA1PRzlFAA6ParserV_Tg5Tf4x_n"],
; BODY: {"functions":1,"names":["$s5MyLib4slowyS2iYaF"],
;
; Also by a regular expression, a module or a file only functions themselves are meant.
; RUN: %rules -rayc-trigger='/parse/' -rayc-trigger='/helper #1 .* in .*parse/' -rayc-trigger=file:Parser.swift -rayc-trigger=module:Swift %inputs/swift_names.ll | %FileCheck %s --check-prefix=KIND
; KIND: {"functions":1,"names":["$s5MyLib6ParserV5parseySiSaySiGKF"],"pattern":"/parse/","record":"trigger"}
; KIND: {"functions":1,"names":["$s5MyLib6ParserV5parseySiSaySiGKF6helperL_yS2iF"],"pattern":"/helper #1 .* in .*parse/"
; KIND: {"functions":1,"names":["$s5MyLib6ParserV5parseySiSaySiGKF"],"pattern":"file:Parser.swift"
; KIND: {"functions":1,"names":["$ss15ContiguousArrayV16_createNewBuffer{{[^"]*}}"],"pattern":"module:Swift"
