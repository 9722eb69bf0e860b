import Testing

@testable import RayListing

/// What a comparison shows, and what it does not.
@Suite struct DiffTests {
  private func diff(_ before: String, _ after: String) -> ModuleDiff {
    ModuleDiff(ListingTests.read(before), ListingTests.read(after))
  }

  private func rows(_ diff: ModuleDiff) -> [String] {
    diff.functions.flatMap(\.rows).filter { $0.kind != .same }.map { $0.sign + $0.text }
  }

  static let function = """
    define i64 @f(i64 %0) #1 {
      %2 = add i64 %0, 1, !dbg !3
      %3 = mul i64 %2, %2
      br label %4

    4:
      ret i64 %3
    }
    """

  @Test func isEmptyForTheSame() {
    let diff = diff(Self.function, Self.function)
    #expect(diff.isEmpty)
    #expect(diff.unchanged == 1)
  }

  @Test func ignoresDebugInformationAttributesAndNames() {
    let other = """
      define i64 @f(i64 %x) #7 !dbg !2 {
      entry:
          #dbg_value(i64 %x, !1, !DIExpression(), !2)
        %a = add i64 %x, 1, !dbg !99, !tbaa !4
        %b = mul i64 %a, %a
        br label %next

      next:                                             ; preds = %entry
        ret i64 %b
      }
      """
    #expect(diff(Self.function, other).isEmpty)
  }

  /// Its metadata came behind a bracket that another line opens.
  @Test func bugMetadataBehindASwitch() {
    func function(_ place: Int) -> String {
      "define void @f(i8 %0) {\n  switch i8 %0, label %2 [\n    i8 0, label %2\n  ], !dbg !\(place)\n\n"
        + "2:\n  ret void\n}\n"
    }
    #expect(diff(function(7), function(8)).isEmpty)
  }

  @Test func theLineThatATrapReportsIsHidden() {
    func function(_ line: Int, _ flags: Int = 1) -> String {
      "define void @f() {\n  call swiftcc void "
        + "@\"$ss17_assertionFailure__4file4line5flagss5NeverOs12StaticStringV_A2HSus6UInt32VtF\""
        + "(i64 25, i8 2, i64 \(line), i32 \(flags))\n  unreachable\n}\n"
    }
    #expect(diff(function(7), function(8)).isEmpty)
    #expect(rows(diff(function(7), function(8, 0))).count == 2)
  }

  @Test func anInsertionRenumbersNothing() {
    let after = """
      define i64 @f(i64 %0) #1 {
        %2 = call i64 @g()
        %3 = add i64 %0, 1
        %4 = mul i64 %3, %3
        call void @hook(i64 %4)
        br label %5

      5:
        ret i64 %4
      }
      """
    #expect(
      rows(diff(Self.function, after)) == [
        "+  %call1 = call i64 @g()", "+  call void @hook(i64 %mul1)",
      ])
  }

  @Test func showsAnOperandThatChanged() {
    let after = Self.function.replacing("mul i64 %2, %2", with: "mul i64 %2, %0")
    #expect(
      rows(diff(Self.function, after)) == [
        "-  %mul1 = mul i64 %add1, %add1", "+  %mul1 = mul i64 %add1, %arg1",
      ])
  }

  @Test func findsRenamedFunctions() {
    let after = Self.function.replacing("@f", with: "@other")
    let caller = "\ndefine void @c() {\n  %1 = call i64 @f(i64 1)\n  ret void\n}\n"
    let diff = diff(Self.function + caller, after + caller.replacing("@f", with: "@other"))
    #expect(diff.functions.map(\.status) == [.renamed])
    #expect(diff.functions[0].before == "f")
    #expect(diff.functions[0].after == "other")
    #expect(diff.unchanged == 1)
  }

  @Test func findsRenamedAndChangedFunctions() {
    let long = (1...8).map { "  call void @g\($0)()\n" }.joined()
    let before = "define void @a() {\n\(long)  ret void\n}\n"
    let after = "define void @b() {\n  call void @new()\n\(long)  ret void\n}\n"
    let diff = diff(before, after)
    #expect(diff.functions.map(\.status) == [.renamed])
    #expect(rows(diff) == ["+  call void @new()"])
  }

  @Test func theOrderOfFunctionsDoesNotMatter() {
    let other = "define void @g() {\n  ret void\n}\n"
    #expect(diff(Self.function + "\n" + other, other + Self.function).isEmpty)
  }

  @Test func aMovedLineIsShownOnce() {
    let before =
      "define void @f() {\n  call void @a()\n  call void @b()\n  call void @c()\n  ret void\n}\n"
    let after =
      "define void @f() {\n  call void @b()\n  call void @c()\n  call void @a()\n  ret void\n}\n"
    #expect(rows(diff(before, after)) == [">  call void @a()"])
  }

  @Test func addedAndRemovedFunctionsAreWhole() {
    let other = "define void @g() {\n  ret void\n}\n"
    #expect(rows(diff("", other)) == ["+define void @g()", "+  ret void"])
    #expect(rows(diff(other, "")) == ["-define void @g()", "-  ret void"])
  }

  @Test func globalsAreCompared() {
    let diff = diff(
      "@a = global i64 1, !dbg !1\n", "@a = global i64 1, !dbg !7\n@b = global i64 2\n")
    #expect(diff.addedGlobals == ["@b = global i64 2"])
    #expect(diff.removedGlobals.isEmpty)
  }

  @Test func marksWords() {
    let words = WordDiff("  %a = add i64 %x, 1", "  %a = sub i64 %x, 12")
    #expect(
      words.text(removed: { "[-\($0)-]" }, added: { "{+\($0)+}" })
        == "  %a = [-add-]{+sub+} i64 %x, [-1-]{+12+}")
  }
}

@Suite struct AlignmentTests {
  @Test func partnersAreEqualAndInOrder() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let before = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in Int.random(in: 0..<9)
      }
      let after = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in Int.random(in: 0..<9) }
      let partners = Alignment(before, after).partners
      var last = -1
      for (index, partner) in partners.enumerated() {
        guard let partner else { continue }
        #expect(before[index] == after[partner])
        #expect(partner > last)
        last = partner
      }
    }
  }
}
