/// The source of a new context.
struct ContextTemplate {
  var name: String
  /// How the program is named on the command line; nil: any program.
  var program: String?
  /// Functions and variables of the program, to switch over.
  var names = ProgramNames()
  var takesArguments = false
  var hasRuns = false
  var hasSession = false
  /// Whether the hooks that see more than calls and loads are there as well.
  var isComplete = false

  /// The command that uses it.
  var command: String {
    let spec = "\(name).swift:\(name)"
    let quoted = takesArguments ? "'\(spec) --verbose'" : spec
    return "rayc run -W \(quoted) \(program ?? "main.swift")"
  }

  var text: String {
    ([head, declaration] + members).joined(separator: "\n\n").trimmingBlankLines + "\n}\n"
  }

  private var head: String {
    """
    // A context for rayc. Each hook says what it sees; delete those that you do not need: what is
    // not there is not instrumented and costs nothing.
    //
    //     \(command)
    import Glibc
    import Ray
    """
  }

  private var declaration: String {
    var protocols: [String] = []
    if takesArguments { protocols.append("ConfigurableContext") }
    if hasSession { protocols.append("SessionContext") }
    if hasRuns { protocols.append("RunnerContext") }
    if protocols.isEmpty { protocols = ["RayContext"] }
    return """
      struct \(name): \(protocols.joined(separator: ", ")) {
        // Each thread has a value of its own, so nothing here needs a lock.
        var calls = 0
        var loads = 0\(takesArguments ? "\n  var isVerbose = false" : "")
      """
  }

  private var members: [String] {
    [
      takesArguments ? Self.arguments : nil, hasRuns ? Self.runs : nil,
      hasSession ? Self.session : nil, willCall, result, load,
      isComplete ? Self.outcome : nil, Self.didCall, isComplete ? Self.points : nil, finish,
    ].compactMap { $0 }
  }

  private static let arguments = """
      /// What stands behind the type's name on the command line. An error that is thrown here is
      /// shown, and the program does not run.
      init(arguments: [String]) throws {
        for argument in arguments {
          switch argument {
          case "--verbose": isVerbose = true
          default: throw UnknownArgument(argument: argument)
          }
        }
      }

      struct UnknownArgument: Error, CustomStringConvertible {
        var argument: String
        var description: String { "unknown argument '\\(argument)'; it takes '--verbose'" }
      }
    """

  private static let runs = """
      /// How `rayc run` runs the program: once for each of these. Each run is a process of its own
      /// and gets the arguments behind the `--` of the command line first, then its own. Without
      /// `input` it reads rayc's standard input.
      static let runs = [
        ProgramRun(),
        ProgramRun(arguments: "10", input: "a line of input\\n"),
      ]
    """

  private static let session = """
      /// Before the program's first line, on the main thread's value. `session.notes` outlives the
      /// process: all runs of one `rayc run` share it, with '--loop' above all.
      mutating func enter(_ session: inout Session) {
        say("run \\(session.run)")
      }

      /// After the program's last line, behind `finish`.
      mutating func leave(_ session: inout Session) {
        let all = calls + (Int(session.notes["calls"] ?? "") ?? 0)
        session.notes["calls"] = "\\(all)"
        say("\\(all) calls in all runs")
      }
    """

  private var willCall: String {
    let act =
      takesArguments
      ? "    if isVerbose { say(\"\\(site.location)  \\(site.shortCallee)\\(arguments)\") }\n" : ""
    return """
        /// Before a call. `arguments` are typed values, read only if you look at them:
        /// `arguments[0] as? Int`.
        mutating func willCall(_ site: Site, _ arguments: Arguments) {
          calls += 1
      \(act)\(cases(names.functions, of: "site.shortCallee", otherwise: "break"))  }
      """
  }

  private var result: String {
    """
      /// A call's result. What is returned is what the program goes on with.
      mutating func result<T>(_ value: T, of site: Site) -> T {
    \(cases(names.functions, of: "site.shortCallee", otherwise: "return value", finally: "return value"))  }
    """
  }

  private var load: String {
    """
      /// A value that was read from memory, likewise; `site.variable` is the variable's name, if it
      /// has one. Only numbers that are read: `if let number = value as? Double { … }`.
      mutating func load<T>(_ value: T, at site: Site) -> T {
        loads += 1
    \(cases(names.variables, of: "site.variable", otherwise: "return value", finally: "return value"))  }
    """
  }

  private static let outcome = """
      /// How a call ended that can throw; what is returned is how it ends for the program: a throw
      /// may become a value, a value a throw.
      mutating func outcome<T>(
        _ outcome: Result<T, any Error>, of site: Site
      ) -> Result<T, any Error> {
        return outcome
      }
    """

  private static let didCall = """
      /// After a call has returned or thrown.
      mutating func didCall(_ site: Site, _ outcome: Outcome) {
        guard case .threw(let error) = outcome else { return }
        say("\\(site.location)  \\(site.shortCallee) threw \\(error)")
      }
    """

  private static let points = """
      /// A value that is about to be stored. What is returned is stored.
      mutating func store<T>(_ value: T, at site: Site) -> T {
        return value
      }

      /// What an operator computed, `site.callee`. What is returned is what the program goes on with.
      mutating func operation<T>(_ result: T, of site: Site, _ operands: Arguments) -> T {
        return result
      }

      /// Before a retain, release, allocation, cast, exclusivity check or copy.
      mutating func runtime(_ operation: RuntimeOperation, at site: Site) {}
    """

  private var finish: String {
    """
      /// Takes in what another thread's value has gathered, when that thread or the program ends.
      mutating func merge(_ other: \(name)) {
        calls += other.calls
        loads += other.loads
      }

      /// Once, at the end of the program, also after `exit()`.
      func finish() {
        say("\\(calls) calls, \\(loads) loads")
      }

      /// A line on standard error: standard output is the program's.
      private func say(_ line: String) {
        ("\(name): " + line + "\\n").withCString { _ = write(2, $0, strlen($0)) }
      }
    """
  }

  /// A `switch` with a case for each name; without names, what is done otherwise.
  private func cases(
    _ names: ProgramNames.List, of subject: String, otherwise: String, finally: String? = nil
  ) -> String {
    guard !names.shown.isEmpty else { return finally.map { "    \($0)\n" } ?? "" }
    var lines = ["    switch \(subject) {"]
    for name in names.shown { lines.append("    case \(StringLiteral.quote(name)): \(otherwise)") }
    if names.left > 0 {
      lines.append("    // \(names.left) more; 'rayc list sites \(program ?? "")' shows them.")
    }
    lines += ["    default: \(otherwise)", "    }"]
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Text as Swift's source has it.
enum StringLiteral {
  static func quote(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension String {
  fileprivate var trimmingBlankLines: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
