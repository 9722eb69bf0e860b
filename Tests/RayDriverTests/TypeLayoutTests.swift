import Testing

@testable import RayDriver

/// Whether a live context's state can go on is read off the IR of its versions.
@Suite struct TypeLayoutTests {
  static func ir(
    property: String = "calls", type: String = "Si", number: Int = 0, method: String = "f",
    value: Int = 1, more: String = ""
  ) -> String {
    """
    @\(number) = private constant [6 x i8] c"\(property)\\00", section "swift5_reflstr"
    @"symbolic \(type)" = linkonce_odr hidden constant <{ [2 x i8], i8 }> <{ [2 x i8] c"\(type)", i8 0 }>
    @"$s1m1CVMF" = internal constant { i32, i32 } { i32 trunc (i64 sub (i64 ptrtoint (ptr @"symbolic \(type)" to i64), i64 ptrtoint (ptr @"$s1m1CVMF" to i64)) to i32), i32 trunc (i64 ptrtoint (ptr @\(number) to i64) to i32) }
    @"$s1m3BoxCMf" = internal global <{ ptr, ptr }> <{ ptr @"$s1m3BoxCMn", ptr @"$s1m3BoxC1\(method)yyF" }>
    @counter = global i64 \(value)
    \(more)
    define swiftcc void @"$s1m1gyyF"() { ret void }
    """
  }

  static let plain = TypeLayouts.lines(in: ir())

  @Test func whatIsNoLayoutMayChange() {
    #expect(Self.plain.count == 2)
    #expect(TypeLayouts.lines(in: Self.ir(number: 7, value: 2)) == Self.plain)
    let used = #"@"$ss23_ContiguousArrayStorageCMn" = external global %swift.type_descriptor"#
    #expect(TypeLayouts.lines(in: Self.ir(more: used)) == Self.plain)
  }

  @Test func namesTypesAndTablesMayNot() {
    #expect(TypeLayouts.lines(in: Self.ir(property: "loads")) != Self.plain)
    #expect(TypeLayouts.lines(in: Self.ir(type: "Sd")) != Self.plain)
    #expect(TypeLayouts.lines(in: Self.ir(type: "_____ 1m4PartV")) != Self.plain)
    #expect(TypeLayouts.lines(in: Self.ir(method: "g")) != Self.plain)
  }
}
