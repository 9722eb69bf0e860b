import SystemPackage
import Testing

@testable import RayDriver
@testable import rayc

/// What is instrumented: the command line, the environment and `.rayc.json`.
@Suite struct SelectionTests {
  private func selection(_ arguments: [String]) throws -> [String] {
    let options = try SelectionOptions.parse(arguments)
    return try options.request().selection(file: nil, environment: [:], modules: []).settings
  }

  @Test func nothingIsSaidOfTheDefault() throws {
    #expect(try selection([]) == ["at=source"])
    #expect(try selection(["--scope", "program"]) == ["at=source"])
  }

  @Test func includesAndExcludesKeepTheirOrder() throws {
    let rules = try selection([
      "--exclude", "a", "--include", "b", "--include=c", "--exclude", "d", "--include", "e",
    ])
    #expect(rules.dropFirst() == ["rule=-a", "rule=+b", "rule=+c", "rule=-d", "rule=+e"])
  }

  @Test func aTriggerMeansTheDynamicScope() throws {
    #expect(
      try selection(["--trigger", "f", "--trigger", "main"])
        == ["at=source", "scope=dynamic", "trigger=f", "trigger=main"])
    #expect(try selection(["--trigger", "f", "--scope", "dynamic"])[1] == "scope=dynamic")
    #expect(throws: Diagnostic.triggerInProgramScope("f")) {
      try selection(["--trigger", "f", "--scope", "program"])
    }
  }

  @Test func theNearestSourceOfRulesComesLast() throws {
    let file = try RulesFile(
      json: #"{"rules": ["-file:*"], "local": true, "minInstructions": 20, "depth": 10}"#,
      path: "/p/.rayc.json")
    let request = SelectionRequest(rules: [try Rule(parsing: "+c", origin: "o")], depth: 3)
    let selection = try request.selection(
      file: file, environment: ["RAYC_RULES": "+a; -b;"], modules: ["M", "N"])
    #expect(
      selection.rules.map(\.text) == [
        "-module:*", "+module:M", "+module:N", "-file:*", "+a", "-b", "+c",
      ])
    #expect(selection.minInstructions == 20)
    #expect(selection.depth == 3)
    #expect(selection.scope == .program)
  }

  @Test func anEmptyFileSaysNothing() throws {
    let file = try RulesFile(json: "{}", path: "f")
    #expect(!SelectionRequest().isLocal(with: file))
    #expect(
      try SelectionRequest().selection(file: file, environment: [:], modules: []) == Selection())
  }

  @Test(arguments: [
    (#"{"rule": []}"#, "'.rayc.json': there is no 'rule'; did you mean 'rules'?"),
    (#"{"rules": "x"}"#, "'rules' has to be a list of rules in quotes"),
    (#"{"rules": [1]}"#, "'rules' has to be a list of rules in quotes"),
    (#"{"local": "yes"}"#, "'local' has to be true or false"),
    (#"{"depth": 1.5}"#, "'depth' has to be a whole number"),
    (#"{"depth": "3"}"#, "'depth' has to be a whole number"),
    (#"{"depth": -1}"#, "'depth' is -1; write a number from 0 on"),
    (#"{"minInstructions": -1}"#, "'minInstructions' is -1"), ("[]", "write an object"),
    ("{", "it is not JSON"), ("", "it is not JSON"),
    (#"{"rules": ["x"]}"#, "pattern 'x' in '.rayc.json': a rule begins with '+'"),
    (#"{"rules": ["+/x"]}"#, "pattern '/x' in '.rayc.json': the regular expression is not closed"),
  ])
  func aFileThatIsWrong(_ text: String, _ words: String) {
    #expect {
      try RulesFile(json: text, path: ".rayc.json")
    } throws: { error in
      guard let diagnostic = error as? Diagnostic, let message = diagnostic.message else {
        return false
      }
      return message.contains(words) && diagnostic.exitStatus == 64
    }
  }

  @Test(arguments: [
    "module:MyLib", "module:*", "file:*Tests*", "file:Sources/[A-M]*.swift", #"file:a\[b"#,
    "file:{a,b}.swift", "/^main\\./", "/a;b/", "main", "Parser.parse(_:)", "MyLib.Parser",
    "static Int.+ infix", "closure #1 in f(x:)", "$s4main",
  ])
  func patternsAreTaken(_ text: String) throws {
    #expect(try Pattern.checked(text, origin: "o") == text)
  }

  @Test(arguments: [
    ("", "write 'module:NAME'"), ("  ", "write 'module:NAME'"), ("/x", "write '/x/'"),
    ("/", "not closed"), ("//", "is empty"), ("/(/", "cannot be read"), ("module:", "MyLib"),
    ("file:", "file:*Tests.swift"), ("modul:X", "did you mean 'module:'?"),
    ("x:Y", "'module:' or 'file:'"), ("file:[a", "the '[' is not closed"),
    ("file:{a,b", "the '{' is not closed"), ("a\nb", "one line"),
  ])
  func patternsAreRefused(_ text: String, _ words: String) {
    #expect {
      try Pattern.checked(text, origin: "'--include'")
    } throws: { error in
      let message = (error as? Diagnostic)?.message ?? ""
      return message.hasPrefix("pattern '\(text)' in '--include': ") && message.contains(words)
    }
  }
}

@Suite struct RayImportTests {
  @Test(arguments: [
    "import Ray", "  import Ray // for overdub", "public import Ray", "@_exported import Ray",
    "@preconcurrency internal import struct Ray.Site", "import A; import Ray",
    "let a = 1\nimport Ray",
    "#if canImport(Ray)\r\nimport Ray\r\n#endif", "import\tRay", "import Ray//",
  ])
  func found(_ source: String) { #expect(RayImport.isIn(source)) }

  @Test(arguments: [
    "import RayTracer", "// import Ray", "important Ray", "let x = \"import Ray\"",
    "import Foo.Ray",
    "", "import", "import struct", "Ray import",
  ])
  func notFound(_ source: String) { #expect(!RayImport.isIn(source)) }

  /// What no context of the program has a hook for is not handed on to any.
  @Test(arguments: [
    ("import Ray", [Point]()), ("func store<T>(_ value: T) {}", nil),
    ("import Ray\n  mutating func store<T>(_ value: T, at site: Site) -> T {", [.stores]),
    ("import Ray\nfunc runtime(_ o: RuntimeOperation, at site: Site) {}", [.runtime]),
  ])
  func points(_ source: String, _ expected: [Point]?) {
    #expect(RayImport.points(in: source) == expected.map { Set($0) })
  }
}

@Suite struct SwiftcArgumentTests {
  @Test(arguments: [
    (["-O", "a.swift"], ["--", "-O", "a.swift"]),
    (["-Werror", "X"], ["--", "-Werror", "X"]),
    (
      ["-W", "count", "--at=source", "--local", "-c"],
      ["-W", "count", "--at=source", "--local", "--", "-c"]
    ),
    (["--scope", "dynamic", "--", "-c"], ["--scope", "dynamic", "--", "-c"]),
    (["a.swift", "-W", "count"], ["--", "a.swift", "-W", "count"]),
    (["--version"], ["--", "--version"]), (["--help"], ["--help"]), ([], []), (["-W"], ["-W"]),
  ])
  func raycsOwnComeFirst(_ arguments: [String], _ expected: [String]) {
    #expect(SwiftcCommand.separated(["swiftc"] + arguments) == ["swiftc"] + expected)
    #expect(SwiftcCommand.separated(["run"] + arguments) == ["run"] + arguments)
  }
}
