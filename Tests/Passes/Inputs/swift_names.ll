; Functions with the names that Swift gives to what it makes of a module MyLib, one of each
; sort; debug information has a source file for some of them.

; main
define i32 @main() { ret i32 0 }
; MyLib.Parser.parse([Swift.Int]) throws -> Swift.Int
define void @"$s5MyLib6ParserV5parseySiSaySiGKF"() !dbg !10 { ret void }
; helper #1 (Swift.Int) -> Swift.Int in MyLib.Parser.parse([Swift.Int]) throws -> Swift.Int
define void @"$s5MyLib6ParserV5parseySiSaySiGKF6helperL_yS2iF"() !dbg !11 { ret void }
; closure #1 (Swift.Int) -> Swift.Int in MyLib.Parser.parse([Swift.Int]) throws -> Swift.Int
define void @"$s5MyLib6ParserV5parseySiSaySiGKFS2iXEfU_"() !dbg !12 { ret void }
; partial apply forwarder for closure #1 (Swift.Int) -> Swift.Int in MyLib.Parser.parse(…)
define void @"$s5MyLib6ParserV5parseySiSaySiGKFS2iXEfU_TA"() { ret void }
; MyLib.Parser.go() -> Swift.Int
define void @"$s5MyLib6ParserV2goSiyF"() !dbg !13 { ret void }
; protocol witness for MyLib.P.go() -> Swift.Int in conformance MyLib.Parser : MyLib.P in MyLib
define void @"$s5MyLib6ParserVAA1PA2aDP2goSiyFTW"() { ret void }
; MyLib.Parser.subscript.read : (Swift.Int) -> Swift.Int, and its continuation
define void @"$s5MyLib6ParserVyS2icir"() { ret void }
define void @"$s5MyLib6ParserVyS2icir.resume.0"() { ret void }
; static MyLib.Parser.+ infix(MyLib.Parser, MyLib.Parser) -> Swift.Int
define void @"$s5MyLib6ParserV1poiySiAC_ACtFZ"() { ret void }
; type metadata accessor for MyLib.Parser
define void @"$s5MyLib6ParserVMa"() { ret void }
; MyLib.gen<A where A: MyLib.P>(A) -> Swift.Int, and a specialisation of it
define void @"$s5MyLib3genySixAA1PRzlF"() { ret void }
define void @"$s5MyLib3genySixAA1PRzlFAA6ParserV_Tg5Tf4x_n"() { ret void }
; MyLib.slow(Swift.Int) async -> Swift.Int, and what follows its await
define void @"$s5MyLib4slowyS2iYaF"() { ret void }
define void @"$s5MyLib4slowyS2iYaFTQ0_"() { ret void }
; (extension in MyLib):Swift.Array<A where A == Swift.Int>.foo() -> Swift.Int
define void @"$sSa5MyLibSiRszlE3fooSiyF"() { ret void }
; generic specialization <Swift.Int> of Swift.ContiguousArray._createNewBuffer(…) -> ()
define void @"$ss15ContiguousArrayV16_createNewBuffer14bufferIsUnique15minimumCapacity13growForAppendySb_SiSbtFSi_Tg5"() { ret void }
; reabstraction thunk helper from @escaping @convention(thin) @async () -> () to …
define void @"$sIetH_yts5Error_pIegHrzo_TR"() { ret void }

!llvm.module.flags = !{!0}
!llvm.dbg.cu = !{!1}
!0 = !{i32 2, !"Debug Info Version", i32 3}
!1 = distinct !DICompileUnit(language: DW_LANG_Swift, file: !2, emissionKind: FullDebug)
!2 = !DIFile(filename: "Parser.swift", directory: "/work/Sources/MyLib")
!3 = !DIFile(filename: "Helpers.swift", directory: "/work/Sources/Support")
!4 = !DISubroutineType(types: !{null})
!10 = distinct !DISubprogram(name: "parse", file: !2, line: 3, type: !4, unit: !1, spFlags: DISPFlagDefinition)
!11 = distinct !DISubprogram(name: "helper", file: !2, line: 4, type: !4, unit: !1, spFlags: DISPFlagDefinition)
!12 = distinct !DISubprogram(name: "closure #1", file: !2, line: 5, type: !4, unit: !1, spFlags: DISPFlagDefinition)
!13 = distinct !DISubprogram(name: "go", file: !3, line: 3, type: !4, unit: !1, spFlags: DISPFlagDefinition)
