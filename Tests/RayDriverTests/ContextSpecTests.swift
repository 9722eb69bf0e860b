import SystemPackage
import Testing

@testable import RayDriver

@Suite struct ContextSpecTests {
  @Test func namesABuiltInContext() throws {
    let spec = try ContextSpec(parsing: "count --json 'my file.json'")
    #expect(spec.source == .builtIn("count"))
    #expect(spec.arguments == ["--json", "my file.json"])
    #expect(spec.name == "count")
  }

  @Test func namesATypeInAFile() throws {
    let spec = try ContextSpec(parsing: "dir/file.swift:Outer.Inner a b")
    #expect(spec.source == .file("dir/file.swift", type: "Outer.Inner"))
    #expect(spec.arguments == ["a", "b"])
    #expect(spec.name == "dir/file.swift:Outer.Inner")
  }

  @Test func keepsPathsWithBlanksAndColons() throws {
    let spec = try ContextSpec(parsing: "'my dir/a:b.swift:Type'")
    #expect(spec.source == .file("my dir/a:b.swift", type: "Type"))
  }

  @Test func asksForTheTypeOfAFile() {
    #expect(throws: Diagnostic.contextNeedsType("file.swift", types: [])) {
      try ContextSpec(parsing: "file.swift")
    }
  }

  @Test(arguments: ["", "  ", "''", "a.swift:", "a.swift:1x", "a.swift:X;evil()", ":X", "count 'x"])
  func rejects(_ text: String) {
    #expect {
      try ContextSpec(parsing: text)
    } throws: { error in
      guard case .malformedSpec? = error as? Diagnostic else { return false }
      return (error as? Diagnostic)?.exitStatus == 64
    }
  }

  @Test func suggestsTheClosestName() {
    #expect(Suggestion.closest(to: "cuont", in: ["count", "trace"]) == "count")
    #expect(Suggestion.closest(to: "Count", in: ["count", "trace"]) == "count")
    #expect(Suggestion.closest(to: "profile", in: ["count", "trace"]) == nil)
    #expect(Suggestion.closest(to: "x", in: []) == nil)
  }
}

@Suite struct ShellWordsTests {
  @Test(arguments: [
    ("a b", ["a", "b"]), ("  a\t b\n", ["a", "b"]), ("'a b' c", ["a b", "c"]),
    ("a\\ b", ["a b"]), ("\"a \\\" b\"", ["a \" b"]), ("\"a\\n\"", ["a\\n"]), ("''", [""]),
    ("a'b'\"c\"", ["abc"]), ("", []),
  ])
  func splits(_ text: String, _ words: [String]) throws {
    #expect(try ShellWords.split(text) == words)
  }

  @Test(arguments: ["plain", "with blank", "it's", "", "a\"b", "$HOME", "*"])
  func quotesSoThatSplittingGivesItBack(_ word: String) throws {
    #expect(try ShellWords.split(ShellWords.quote(word)) == [word])
  }
}
