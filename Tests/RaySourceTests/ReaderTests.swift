import Testing

@testable import RaySource

@Suite struct ReaderTests {
  @Test func readsBlocksAndInstructions() throws {
    let module = try SILReader.read(
      """
      sil_stage canonical

      import Swift

      func f(_ x: Int) -> Int

      // f(_:)
      sil hidden @$s1a1fyS2iF : $@convention(thin) (Int) -> Int {
      // %0 "x"                    // users: %1
      bb0(%0 : $Int):
        debug_value %0, let, name "x", argno 1, loc "a.swift":1:6, scope 1 // id: %1
        %2 = string_literal utf8 "a // b, loc \\"c\\"", loc "dir/a.swift":2:3, scope 1
        return %0, loc "a.swift":3:1, scope 1
      } // end sil function '$s1a1fyS2iF'

      """)
    #expect(module.header.contains("func f(_ x: Int) -> Int"))
    let function = try #require(module.functions.first)
    #expect(function.name == "f(_:)")
    #expect(function.blocks.map(\.label) == ["bb0"])
    #expect(function.blocks[0].arguments == [SILArgument(value: "%0", type: "Int")])
    let text = function.blocks[0].instructions[1]
    #expect(text.results == ["%2"])
    #expect(text.operands == #"utf8 "a // b, loc \"c\"""#)
    #expect(text.location == SILLocation(file: "a.swift", line: 2, column: 3))
  }

  @Test func sayWhichLineCannotBeRead() {
    #expect(throws: SourceError("a function's first line has another form", line: 3)) {
      try SILReader.read("sil_stage canonical\n\nsil nonsense {\n}\n")
    }
  }

  @Test(arguments: [
    ("$*Optional<Int>", "Int?"),
    ("$Dictionary<String, Array<Double>>", "[String: [Double]]"),
    (
      "@guaranteed @noescape @callee_guaranteed (Int) -> (Bool, @error any Error)",
      "(Int) throws -> Bool"
    ),
    (
      "@callee_guaranteed @substituted <τ_0_0> (@in_guaranteed τ_0_0) -> @out τ_0_0 for <Int>",
      "(Int) -> Int"
    ),
    ("${ var Array<Int> }", "[Int]"),
    ("(radius: Double, String)", "(radius: Double, String)"),
  ])
  func typesAreSwifts(sil: String, swift: String) throws {
    #expect(try SILType(reading: sil).description == swift)
  }

  @Test(arguments: [
    ("static Int.+ infix(_:_:)", CalleeName.Kind.infix, "Int", "+"),
    ("static Comparable.... infix(_:_:)", .infix, "Comparable", "..."),
    ("static Int.< infix(_:_:)", .infix, "Int", "<"),
    ("Array.subscript.getter", .getter, "Array", "subscript"),
    ("specialized Array.append(_:)", .function, "Array", "append"),
    ("Collection.map<A, B>(_:)", .function, "Collection", "map"),
    ("Node.__allocating_init(_:)", .initializer, "Node", "__allocating_init"),
    ("closure #1 in f(_:)", .closure, "", ""),
    ("walk #1 (_:) in sorted(_:)", .local, "", "walk"),
  ])
  func namesSayWhatIsCalled(text: String, kind: CalleeName.Kind, context: String, base: String) {
    let name = CalleeName(text)
    #expect(name.kind == kind)
    #expect(name.context == context)
    #expect(name.base == base)
  }
}
