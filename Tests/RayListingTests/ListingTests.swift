import Testing

@testable import RayListing

@Suite struct ListingTests {
  static func read(_ text: String) -> Listing {
    var reader = ListingReader(text)
    return reader.read()
  }

  @Test func readsFunctionsAndTheirValues() {
    let listing = Self.read(
      """
      define i64 @f(i64 %0, ptr sret(%T) %r) #3 !dbg !5 {
        %2 = add i64 %0, 1, !dbg !7
        %3 = tail call i64 @"$s1gyyF"(i64 %2) #4, !dbg !7
        br label %4

      4:                                                ; preds = %1
        ret i64 %3
      }
      """)
    let function = listing.functions[0]
    #expect(function.symbol == "f")
    #expect(function.values.map(\.name) == ["0", "r", "1", "2", "3", "4"])
    #expect(function.values.map(\.kind) == ["arg", "arg", "entry", "add", "call", "bb"])
    #expect(function.lines[1].callee == "$s1gyyF")
    #expect(function.lines[1].attributes == " #4")
    let naming = Naming(function)
    #expect(naming.text(function.header) == "define i64 @f(i64 %arg1, ptr sret(%T) %arg2)")
    #expect(naming.text(function.lines[0]) == "  %add1 = add i64 %arg1, 1")
    #expect(naming.text(function.lines[2]) == "  br label %bb1")
    #expect(naming.text(function.lines[3]) == "bb1:")
  }
}
