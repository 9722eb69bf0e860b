// Stage 5: the context `trace`: every call with its values, while the program runs.
import Glibc
import Ray

/// Writes the program's calls as an indented tree, each with its arguments and its result, and the
/// operators between them.
///
/// `-W trace`, `-W 'trace --loads -o FILE'`; `rayc trace` is a command of its own.
///
/// Cost: microseconds an event: each is a line that is written at once.
struct Trace: ConfigurableContext {
  private var tree = CallTree()

  init(arguments: [String]) throws { _ = try Options.shared(arguments) }

  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    tree.begin(site, arguments)
  }

  mutating func result<T>(_ value: T, of site: Site) -> T {
    tree.result(site) { Values.text(of: value, site) }
    return value
  }

  mutating func didCall(_ site: Site, _ outcome: Outcome) {
    if case .threw(let error) = outcome {
      tree.end(site, error: Values.text(ofAny: error))
    } else {
      tree.end(site, error: nil)
    }
  }

  mutating func didEnter(_ function: Site) { tree.enter(function) }
  mutating func willLeave(_ function: Site) { tree.leave(function) }

  mutating func load<T>(_ value: T, at site: Site) -> T {
    guard Options.current.loads, site.typing == .exact, site.line > 0 else { return value }
    tree.note(.load, site, (site.variable ?? "a value") + " → " + Values.text(of: value, site))
    return value
  }

  mutating func operation<T>(_ result: T, of site: Site, _ operands: Arguments) -> T {
    guard Options.current.operators else { return result }
    let text = Values.text(of: operands, operator: site)
    tree.note(.operation, site, "\(text) = \(Values.text(of: result, site))")
    return result
  }

  mutating func finish() { Output.shared.endLine() }
}

// Arguments -----------------------------------------------------------------------------

private struct Options: Sendable {
  enum Format { case text, json }
  var file: String?
  var format = Format.text
  var loads = false
  var values = true
  var operators = true
  var runtime = false
  var locations = true
  var length = 60
  var color = "auto"

  nonisolated(unsafe) private static var parsed: Options?
  static var current: Options { parsed ?? Options() }

  /// The options, parsed once: by the main thread, before the program runs.
  static func shared(_ arguments: [String]) throws -> Options {
    if let parsed { return parsed }
    let options = try Options(arguments)
    parsed = options
    try Output.shared.open(options)
    return options
  }

  private init() {}

  private init(_ arguments: [String]) throws {
    var arguments = _ContextArguments(
      arguments,
      known: "-o FILE, --format text|json, --loads, --runtime, --no-args, --no-operators, "
        + "--no-locations, --length N and --color auto|always|never")
    while let argument = arguments.next() {
      switch argument {
      case "-o": file = _outputPath(try arguments.value(of: argument))
      case "--format":
        format = try arguments.choice(of: argument, ["text", "json"]) == "json" ? .json : .text
      case "--loads": loads = true
      case "--runtime": runtime = true
      case "--no-args": values = false
      case "--no-operators": operators = false
      case "--no-locations": locations = false
      case "--length": length = max(8, try arguments.number(of: argument))
      case "--color": color = try arguments.choice(of: argument, ["auto", "always", "never"])
      default: throw arguments.unknown(argument)
      }
    }
  }
}

// Values --------------------------------------------------------------------------------

/// Values as Swift shows them, cut at a length. What is shown of a value may call the program's
/// code (`description` of a struct or enum); objects are named only, since theirs may take locks.
private enum Values {
  static func text<T>(of value: T, _ site: Site) -> String {
    guard Options.current.values else { return "" }
    switch site.typing {
    case .none: return ""
    case .function: return "(function)"
    // Registers of something that may be a string as well as an object.
    case .indirectCall where !(value is any BinaryInteger || value is Bool || value is Double):
      return ""
    default:
      return text(ofAny: value)
    }
  }

  static func text(ofAny value: Any) -> String {
    shortText(of: value, length: Options.current.length)
  }

  /// `(3, label: "a")`.
  static func arguments(_ arguments: Arguments, from first: Int = 0) -> String {
    guard Options.current.values else { return "(…)" }
    let texts = arguments.indices.dropFirst(first).map { position -> String in
      let label = arguments.label(at: position).map { "\($0): " } ?? ""
      if arguments.typing(at: position) == .function { return label + "(function)" }
      return label + (arguments.isInout(at: position) ? "&" : "") + text(ofAny: arguments[position])
    }
    return "(" + texts.joined(separator: ", ") + ")"
  }

  /// A call as Swift writes it: `area(width: 3.0, 4.0)`, `[1, 2][0]`, `"a" == "b"`.
  static func text(of arguments: Arguments, _ site: Site) -> String {
    let name = withoutModule(site.shortCallee, of: site)
    guard !name.hasPrefix("closure #") else { return name + " " + Self.arguments(arguments) }
    let given = Self.arguments(arguments)
    var path = name.split(separator: "(", maxSplits: 1).first.map(String.init) ?? name
    let accessor = path.split(separator: ".").last.map(String.init) ?? ""
    let isAccessor = ["getter", "setter", "modify", "read"].contains(accessor)
    if isAccessor { path.removeLast(accessor.count + 1) }
    let parts = path.split(separator: ".")
    let base = parts.last.map(String.init) ?? ""
    if path.hasSuffix(" infix"), arguments.count == 2, Options.current.values {
      let symbol = base.dropLast(6)
      return "\(text(ofAny: arguments[0])) \(symbol) \(text(ofAny: arguments[1]))"
    }
    if ["init", "__allocating_init"].contains(base) {
      // An object's initialiser proper, inside of what makes the object.
      let isOfObject = site.calleeMangled.hasSuffix("fc")
      return parts.dropLast().joined(separator: ".") + (isOfObject ? ".init" : "") + given
    }
    if base.hasSuffix("deinit") { return path }
    let type = parts.dropLast().joined(separator: ".")
    var owner = Options.current.values ? arguments.receiver.map { text(ofAny: $0) } : nil
    if let text = owner, text.utf8.count > 40 { owner = nil }
    let whose = owner ?? type
    let dotted = whose.isEmpty ? base : "\(whose).\(base)"
    guard isAccessor else { return dotted + given }
    guard base == "subscript" else {
      return accessor == "setter"
        ? "\(dotted) = \(given.dropFirst().dropLast())"
        : dotted + (accessor == "getter" ? "" : ".\(accessor)")
    }
    let isSetter = accessor == "setter" && arguments.count > 1 && Options.current.values
    let indices = Self.arguments(arguments, from: isSetter ? 1 : 0)
    return "\(whose)[\(indices.dropFirst().dropLast())]"
      + (isSetter ? " = \(text(ofAny: arguments[0]))" : accessor == "getter" ? "" : ".\(accessor)")
  }

  /// An operator as Swift writes it: `1 + 2`, `!true`, `Double(3)`.
  static func text(of operands: Arguments, operator site: Site) -> String {
    let callee = site.shortCallee
    let symbol = callee.split(separator: ".").last.map(String.init) ?? callee
    let isSymbol = symbol.unicodeScalars.allSatisfy { !$0.properties.isAlphabetic }
    guard Options.current.values, isSymbol else {
      let name = symbol == "init" ? String(callee.dropLast(5)) : symbol
      return (name.isEmpty ? "init" : name) + arguments(operands)
    }
    switch operands.count {
    case 2: return "\(text(ofAny: operands[0])) \(symbol) \(text(ofAny: operands[1]))"
    case 1: return symbol + text(ofAny: operands[0])
    default: return symbol
    }
  }

  /// A name without the program's own module in front.
  static func withoutModule(_ name: String, of site: Site) -> String {
    let module = site.module + "."
    return name.hasPrefix(module) ? String(name.dropFirst(module.count)) : name
  }

  /// A call of a function that was found out when it was entered: its own labels, where they fit
  /// what the machine passes, the object being last.
  static func text(of name: String, _ arguments: [String]) -> String {
    guard name.hasSuffix(")"), let begin = name.lastIndex(of: "(") else {
      return name.hasPrefix("<") ? "\(name)(\(arguments.joined(separator: ", ")))" : name
    }
    let labels = name[begin...].dropFirst().dropLast().split(separator: ":")
    guard labels.count...labels.count + 1 ~= arguments.count else { return name }
    let given = zip(labels, arguments).map { $0 == "_" ? $1 : "\($0): \($1)" }
    return "\(name[..<begin])(\(given.joined(separator: ", ")))"
  }

  static func texts(of arguments: Arguments) -> [String] {
    guard Options.current.values else { return [] }
    return arguments.indices.map { text(ofAny: arguments[$0]) }
  }

  /// `[{"label": "width", "type": "Double", "value": "3.0"}]`
  static func json(of arguments: Arguments) -> String {
    guard Options.current.values else { return "[]" }
    let fields = arguments.indices.map { position -> String in
      let value: Any =
        arguments.typing(at: position) == .function ? "(function)" : arguments[position]
      let label = arguments.label(at: position).map { "\"label\": \(_quoted($0)), " } ?? ""
      return "{\(label)\"type\": \(_quoted("\(type(of: value))")), "
        + "\"value\": \(_quoted(text(ofAny: value)))}"
    }
    return "[" + fields.joined(separator: ", ") + "]"
  }
}

// The tree of calls ---------------------------------------------------------------------

/// What a thread is in, as far as it is shown.
private final class CallTree {
  private struct Call {
    /// The call; nil for a function that no instrumented code called.
    var site: Site?
    /// The symbol of the function that it runs; empty where that is not known.
    var function: String
    var isShown: Bool
    var hasEntered = false
    var result: String?
    /// The arguments of a call whose callee is not known before it is entered, until then.
    var unnamed: [String]?
  }
  private var calls: [Call] = []
  /// How many of them are shown.
  private var depth = 0
  /// The call that the thread is at, if nothing came since.
  private var isAtCall = false
  /// What a guaranteed tail call leads to.
  private var tailCallee: String?
  private lazy var thread = currentThreadNumber
  private let output = Output.shared

  func begin(_ site: Site, _ arguments: Arguments) {
    nameCall("<indirect>")
    var call = Call(
      site: site, function: site.calleeMangled, isShown: Self.isShown(site), unnamed: nil)
    isAtCall = true
    if call.isShown, call.function.isEmpty {
      call.isShown = false
      call.unnamed = Values.texts(of: arguments)
      calls.append(call)
      return
    }
    calls.append(call)
    guard call.isShown else { return }
    show(.call, site, Values.text(of: arguments, site)) {
      [
        ("callee", _quoted(site.shortCallee)), ("calleeMangled", _quoted(site.calleeMangled)),
        ("arguments", Values.json(of: arguments)),
      ]
    }
  }

  /// Shows a call that was not shown, since its callee was not known.
  private func nameCall(_ name: String) {
    guard let call = calls.last, let site = call.site, let texts = call.unnamed else { return }
    calls[calls.count - 1].unnamed = nil
    // Code without a place in the source: what generic code does with its values.
    guard site.line > 0 else { return }
    calls[calls.count - 1].isShown = true
    let text = Values.text(of: name, texts)
    show(.call, site, text) { [("callee", _quoted(name)), ("text", _quoted(text))] }
  }

  private func show(
    _ kind: Output.Event, _ site: Site, _ text: String, json: () -> [(String, String)]
  ) {
    if output.isJSON {
      output.write(json: Output.fields(kind, site, thread, depth) + json())
    } else {
      output.begin(kind, site, thread, depth, text)
    }
    depth += 1
  }

  func result(_ site: Site, _ text: () -> String) {
    guard !site.isPlumbing, let index = calls.lastIndex(where: { $0.site == site }),
      calls[index].isShown || calls[index].unnamed != nil
    else { return }
    calls[index].result = text()
  }

  func end(_ site: Site, error: String?) {
    nameCall("<indirect>")
    guard let index = calls.lastIndex(where: { $0.site == site }) else { return }
    let call = calls[index]
    drop(to: index)
    isAtCall = false
    guard call.isShown else { return }
    let kind = error == nil ? Output.Event.returned : .threw
    let value = error ?? call.result.flatMap { $0.isEmpty ? nil : $0 }
    if output.isJSON {
      output.write(
        json: Output.fields(kind, site, thread, depth) + [("callee", _quoted(site.shortCallee))]
          + (value.map { [(error == nil ? "value" : "error", _quoted($0))] } ?? []))
    } else {
      let text = value.map { (error == nil ? " = " : " threw ") + $0 } ?? ""
      output.end(thread, depth, text.isEmpty ? "" : output.paint(text, kind))
    }
  }

  func enter(_ function: Site) {
    let symbol = function.functionMangled
    defer {
      isAtCall = false
      tailCallee = nil
    }
    if isAtCall, let call = calls.last, call.function.isEmpty || call.function == symbol {
      if Self.isHelper(function.function) {
        calls[calls.count - 1].unnamed = nil
      } else {
        nameCall(Values.withoutModule(function.shortFunction, of: function))
      }
      calls[calls.count - 1].hasEntered = true
      calls[calls.count - 1].function = symbol
      return
    }
    nameCall("<indirect>")
    // Called by a primitive, or behind a tail call, which has been shown.
    let isShown = Self.isShown(function: function) && tailCallee != symbol
    calls.append(Call(site: nil, function: symbol, isShown: isShown, hasEntered: true))
    if isShown {
      show(.entered, function, Values.withoutModule(function.shortFunction, of: function)) { [] }
    }
  }

  func leave(_ function: Site) {
    let symbol = function.functionMangled
    nameCall("<indirect>")
    if isAtCall, let call = calls.last, let site = call.site, site.functionMangled == symbol {
      // Nothing of the caller runs behind this call.
      drop(to: calls.count - 1)
      tailCallee = site.calleeMangled
      if call.isShown {
        if output.isJSON {
          output.write(json: Output.fields(.tail, site, thread, depth))
        } else {
          output.end(thread, depth, output.paint(" (tail call)", .tail))
        }
      }
    }
    isAtCall = false
    guard let index = calls.lastIndex(where: { $0.hasEntered && $0.function == symbol }) else {
      return
    }
    // A call's end comes with its result; who was called by a primitive has none.
    let call = calls[index]
    guard call.site == nil else { return drop(to: index + 1) }
    drop(to: index)
    guard call.isShown else { return }
    if output.isJSON {
      output.write(json: Output.fields(.left, function, thread, depth))
    } else {
      output.end(thread, depth, "")
    }
  }

  func note(_ kind: Output.Event, _ site: Site, _ text: String) {
    nameCall("<indirect>")
    isAtCall = false
    if output.isJSON {
      output.write(json: Output.fields(kind, site, thread, depth) + [("text", _quoted(text))])
    } else {
      output.note(kind, site, thread, depth, text)
    }
  }

  private func drop(to count: Int) {
    guard count < calls.count else { return }
    depth -= calls[count...].reduce(0) { $0 + ($1.isShown ? 1 : 0) }
    calls.removeSubrange(count...)
  }

  /// What the compiler calls for itself, and the runtime's work, is not what a program says.
  private static func isShown(_ site: Site) -> Bool {
    if Options.current.runtime { return true }
    guard site.kind == .call, !isHelper(site.callee) else { return false }
    // What the standard library has for the compiler, such as literals.
    let isLibrary = site.calleeMangled.hasPrefix("$ss") || site.calleeMangled.hasPrefix("$sS")
    guard isLibrary else { return true }
    let name = site.shortCallee.split(separator: "(", maxSplits: 1)
    return !(name.first?.split(separator: ".").last?.hasPrefix("_") ?? false)
      && !(name.last?.hasPrefix("_builtin") ?? false)
  }

  private static func isShown(function: Site) -> Bool {
    Options.current.runtime || !isHelper(function.function) && function.functionMangled != "main"
  }

  private static let helpers = [
    "type metadata ", "lazy protocol witness table ", "lazy cache variable", "outlined ",
    "merged outlined", "value witness", "associated type ", "associated conformance",
    "base witness", "generic protocol witness", "demangling cache variable", "__swift_", "swift_",
    "_swift_", "protocol witness for ", "reabstraction thunk ", "partial apply forwarder ",
    "dispatch thunk ", "default argument ", "variable initialization expression",
    "method lookup function", "nominal type descriptor",
  ]
  private static func isHelper(_ name: String) -> Bool {
    helpers.contains { name.hasPrefix($0) }
  }
}

// What is written -----------------------------------------------------------------------

/// One line an event, written at once. A line stays open until something else follows it: a
/// call's result, what the call does, or how often the same came.
private final class Output: @unchecked Sendable {
  enum Event: String { case call, entered, load, operation, returned, threw, left, tail }

  static let shared = Output()

  /// What the last line ends with.
  private enum Cursor: Equatable {
    case lineStart, leaf
    case call(thread: Int, depth: Int)
  }
  private struct Held {
    var site: Site, thread: Int, depth: Int, text: String, key: String
  }

  private var lock = pthread_mutex_t()
  private var descriptor: Int32 = 2
  private(set) var isJSON = false
  private var colors = false

  private var cursor = Cursor.lineStart
  /// The open call's line; the last leaf's, without and with its end.
  private var opening = "", lastOpening = "", lastLine = ""
  /// How often that leaf has come again.
  private var repeats: UInt64 = 0
  /// A call that begins like the last leaf: it is written when it turns out to be another.
  private var held: Held?
  private var location = ""

  private init() { pthread_mutex_init(&lock, nil) }

  func open(_ options: Options) throws {
    isJSON = options.format == .json
    if let file = options.file {
      descriptor = Glibc.open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_APPEND, 0o644)
      guard descriptor >= 0 else {
        throw _ContextProblem("cannot write '\(file)': \(String(cString: strerror(errno)))")
      }
    }
    let isWanted = isatty(descriptor) == 1 && getenv("NO_COLOR") == nil
    colors = options.color == "always" || options.color == "auto" && isWanted
  }

  /// A call begins, or a function that no instrumented code called.
  func begin(_ kind: Event, _ site: Site, _ thread: Int, _ depth: Int, _ text: String) {
    locked {
      writeHeld()
      let key = "\(thread) \(depth) \(site.index) \(text)"
      if cursor == .leaf, key == lastOpening {
        held = Held(site: site, thread: thread, depth: depth, text: paint(text, kind), key: key)
        return
      }
      startLine(site, thread, depth)
      emit(paint(text, kind))
      (cursor, opening) = (.call(thread: thread, depth: depth), key)
    }
  }

  /// It ends: ` = 3`.
  func end(_ thread: Int, _ depth: Int, _ ending: String) {
    locked {
      if let held, held.thread == thread, held.depth == depth, held.key + ending == lastLine {
        repeats += 1
        self.held = nil
        return
      }
      writeHeld()
      if cursor == .call(thread: thread, depth: depth) {
        emit(ending)
        (cursor, lastOpening, lastLine) = (.leaf, opening, opening + ending)
        return
      }
      startLine(nil, thread, depth)
      emit("}" + ending)
      (cursor, lastOpening, lastLine) = (.leaf, "", "")
    }
  }

  /// Something without an inside.
  func note(_ kind: Event, _ site: Site, _ thread: Int, _ depth: Int, _ text: String) {
    locked {
      writeHeld()
      let key = "\(thread) \(depth) \(site.index) \(text)"
      if cursor == .leaf, key == lastLine {
        repeats += 1
        return
      }
      startLine(site, thread, depth)
      emit(paint(text, kind))
      (cursor, lastOpening, lastLine) = (.leaf, "", key)
    }
  }

  func endLine() {
    locked {
      writeHeld()
      if cursor != .lineStart { emit(repeated + "\n") }
      cursor = .lineStart
    }
  }

  /// A JSON object a line.
  func write(json fields: [(String, String)]) {
    locked { emit("{" + fields.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}\n") }
  }

  func paint(_ text: String, _ kind: Event) -> String {
    guard colors else { return text }
    let color =
      switch kind {
      case .call, .entered: "1"
      case .operation, .load, .left: "2"
      case .returned: "32"
      case .threw: "31"
      case .tail: "33"
      }
    return "\u{1b}[\(color)m\(text)\u{1b}[0m"
  }

  private func writeHeld() {
    guard let call = held else { return }
    held = nil
    startLine(call.site, call.thread, call.depth)
    emit(call.text)
    (cursor, opening) = (.call(thread: call.thread, depth: call.depth), call.key)
  }

  private var repeated: String {
    defer { repeats = 0 }
    return repeats > 0 ? " × \(_grouped(repeats + 1))" : ""
  }

  /// Ends the line before, and begins one: the place if it is another, the thread, the depth.
  private func startLine(_ site: Site?, _ thread: Int, _ depth: Int) {
    var line = ""
    switch cursor {
    case .lineStart: break
    case .leaf: line += repeated + "\n"
    case .call: line += " {\n"
    }
    if Options.current.locations {
      let here = site.map { $0.line > 0 ? Self.place($0) : "" } ?? ""
      let shown = here == location ? "" : here
      if !here.isEmpty { location = here }
      let width = 24
      let cut = shown.count > width ? "…" + shown.suffix(width - 1) : shown
      line += paint(cut + String(repeating: " ", count: width - cut.count), .left) + "  "
    }
    if thread > 0 || currentTask != nil {
      line += "[\(thread)\(currentTask.map { " task \($0)" } ?? "")] "
    }
    emit(line + String(repeating: "  ", count: min(depth, 60)))
  }

  private static func place(_ site: Site) -> String {
    let name = site.file.utf8.lastIndex(of: UInt8(ascii: "/"))
    let file = name.map { site.file[site.file.index(after: $0)...] } ?? site.file[...]
    return "\(file):\(site.line)"
  }

  private func emit(_ text: String) { _write(text, to: descriptor) }

  private func locked(_ body: () -> Void) {
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    body()
  }
}

extension Output {
  /// The fields that every event has.
  static func fields(
    _ event: Event, _ site: Site, _ thread: Int, _ depth: Int
  ) -> [(String, String)] {
    var fields = [
      ("event", _quoted(event.rawValue)), ("thread", "\(thread)"), ("depth", "\(depth)"),
      ("site", _quoted(String(site.id, radix: 16))), ("function", _quoted(site.shortFunction)),
    ]
    if let task = currentTask { fields.insert(("task", "\(task)"), at: 2) }
    if site.line > 0 {
      fields += [
        ("file", _quoted(site.file)), ("line", "\(site.line)"), ("column", "\(site.column)"),
      ]
    }
    return fields
  }
}
