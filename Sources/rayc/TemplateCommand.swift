import ArgumentParser
import RayDriver
import SystemPackage

struct TemplateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "Write a new context, ready to edit.",
    discussion: """
      Writes NAME.swift with a context NAME into this folder. It compiles and runs as it is.

      EXAMPLES:
        rayc template Patch                     hooks for calls and loads
        rayc template Patch --over main.swift   with the program's own names as cases
        rayc template Patch --cli               takes arguments: -W 'Patch.swift:Patch --verbose'
        rayc template Patch --runner            runs the program several times
        rayc template Patch --session           remembers things across the runs of '--loop'
        rayc template Patch --all -f            everything, over an older file
      """)

  @Argument(help: "The name of the context's type and of its file.")
  var name: String

  @Option(
    help: ArgumentHelp(
      "The program it is for, a file or a package's folder: its names become cases.",
      valueName: "program"), completion: .file(extensions: ["swift"]))
  var over: String?

  @Flag(help: "The context takes arguments from the command line.")
  var cli = false

  @Flag(help: "The context says how often the program runs, with which arguments and input.")
  var runner = false

  @Flag(help: "The context does something around each run, and keeps notes from run to run.")
  var session = false

  @Flag(help: "All of that, and a hook for every kind of event.")
  var all = false

  @Flag(name: .shortAndLong, help: "Write over a file that is there.")
  var force = false

  func run() async throws {
    if let reason = TypeName.obstacle(to: name) {
      throw Diagnostic.notATypeName(name, reason: reason)
    }
    let file = FilePath("\(name).swift")
    if !force, Files.exists(file) { throw Diagnostic.fileExists(file) }
    var template = ContextTemplate(name: name)
    template.takesArguments = cli || all
    template.hasRuns = runner || all
    template.hasSession = session || all
    template.isComplete = all
    if let over {
      template.program = programArguments(over)
      template.names = ProgramNames(try await records(of: over))
    }
    try Files.write(template.text, to: file)
    print("wrote \(file); to use it:\n\n    \(template.command)")
  }

  /// How `rayc run` is told of the program.
  private func programArguments(_ program: String) -> String {
    program.hasSuffix(".swift")
      ? ShellWords.quote(program) : "--package-path \(ShellWords.quote(program))"
  }

  private func records(of program: String) async throws -> [ReportRecord] {
    let path = FilePath(program)
    guard Files.exists(path) else { throw Diagnostic.noSuchFile(path) }
    let arguments =
      program.hasSuffix(".swift") ? [program] : ["--package-path", program, "--local"]
    return try await ListOptions.parse(arguments).records(.site, .function)
  }
}

/// What the type of a context may be called.
enum TypeName {
  /// Why a type cannot have this name; nil: it can.
  static func obstacle(to name: String) -> String? {
    if name.hasSuffix(".swift") {
      return "leave '.swift' out: the file and the type get the same name"
    }
    let isIdentifier =
      name.unicodeScalars.first.map { $0 == "_" || $0.properties.isXIDStart } == true
      && name.unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
    if !isIdentifier { return "it has to be a Swift identifier, such as 'Patch'" }
    if keywords.contains(name) { return "it is a word of the language; write '\(name)Context'" }
    if taken.contains(name) {
      return "the context uses a type of that name; write '\(name)Context'"
    }
    return nil
  }

  private static let keywords: Set<String> = [
    "Any", "Protocol", "Self", "Type", "_", "actor", "as", "associatedtype", "async", "await",
    "break",
    "case", "catch", "class", "continue", "default", "defer", "deinit", "do", "else", "enum",
    "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if", "import",
    "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup", "private",
    "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct", "subscript",
    "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
  ]

  /// What the template refers to.
  private static let taken: Set<String> = [
    "Arguments", "ConfigurableContext", "CustomStringConvertible", "Error", "Int", "Outcome",
    "ProgramRun", "Ray", "RayContext", "Result", "RunnerContext", "RuntimeOperation", "Session",
    "SessionContext", "Site", "String", "T", "UnknownArgument",
  ]
}
