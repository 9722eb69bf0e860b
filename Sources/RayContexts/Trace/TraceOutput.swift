// Stage 5: the lines that `trace` writes.
import Glibc
import Ray

/// One line an event, written at once. A line stays open until something else follows it: a
/// call's result, what the call does, or how often the same came.
final class TraceOutput: @unchecked Sendable {
  enum Event: String { case call, entered, load, operation, returned, threw, left, tail }

  static let shared = TraceOutput()

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

  func open(_ options: TraceOptions) throws {
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
    if TraceOptions.current.locations {
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

extension TraceOutput {
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
