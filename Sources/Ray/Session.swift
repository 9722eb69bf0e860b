// Stage 5: contexts that have something to do around a run, or say how the program is run.
public import CRay
import Glibc

/// What one run under `rayc run` knows of the others.
///
/// A session is one `rayc run`: with `--loop`, or where the context says how often the program
/// runs (``RunnerContext``), it has several runs, each a process of its own.
public struct Session: Sendable {
  /// The run's number, from 1.
  public let run: Int

  /// What earlier runs have left, and later ones find; kept when a run has ended in the ordinary
  /// way.
  public var notes: [String: String]
}

/// A context with something to do around each run of the program.
public protocol SessionContext: RayContext {
  /// Is called before the program's first line, on the value of the thread that has the process's
  /// first event, which is the main thread's.
  mutating func enter(_ session: inout Session)

  /// Is called behind `finish`, on the merged value.
  ///
  /// Where `finish` is not called, because the program was killed, neither is this.
  mutating func leave(_ session: inout Session)
}

extension SessionContext {
  public mutating func enter(_ session: inout Session) {}
  public mutating func leave(_ session: inout Session) {}
}

/// A context that says how often `rayc run` runs the program, and with what.
public protocol RunnerContext: RayContext {
  /// The runs, in order. Asked for in a process of its own, which ends before the program's first
  /// line.
  static var runs: [ProgramRun] { get }
}

/// One run of a program.
public struct ProgramRun: Hashable, Sendable {
  /// The program's arguments, behind those of the command line.
  public var arguments: [String]

  /// What it reads from standard input; nil: what rayc's own standard input has.
  public var input: String?

  public init(arguments: String..., input: String? = nil) {
    (self.arguments, self.input) = (arguments, input)
  }

  public init(arguments: [String], input: String? = nil) {
    (self.arguments, self.input) = (arguments, input)
  }
}

// What the glue calls. The overloads go by the context's type, so a context that is neither has
// nothing of this.

@inlinable @inline(__always)
public func _enterSession<Context: RayContext>(
  _: Context.Type, at value: UnsafeMutableRawPointer
) {}

@inlinable
public func _enterSession<Context: SessionContext>(
  _: Context.Type, at value: UnsafeMutableRawPointer
) {
  guard rayc_is_first_value() else { return }
  _withSession { value.assumingMemoryBound(to: Context.self).pointee.enter(&$0) }
}

@inlinable @inline(__always)
public func _leaveSession<Context: RayContext>(
  _: Context.Type, at value: UnsafeMutableRawPointer
) {}

@inlinable
public func _leaveSession<Context: SessionContext>(
  _: Context.Type, at value: UnsafeMutableRawPointer
) {
  _withSession { value.assumingMemoryBound(to: Context.self).pointee.leave(&$0) }
}

@inlinable @inline(__always)
public func _answerRuns<Context: RayContext>(_: Context.Type) {}

@inlinable
public func _answerRuns<Context: RunnerContext>(_: Context.Type) {
  if rayc_session("runs") != nil { _answer(Context.runs) }
}

/// Reads the notes, and writes them again if they have changed.
public func _withSession(_ body: (inout Session) -> Void) {
  let file = rayc_session("notes").map { String(cString: $0) }
  let run = rayc_session("run").flatMap { Int(String(cString: $0)) } ?? 1
  let words = file.map { SessionFile.read($0) } ?? []
  var notes: [String: String] = [:]
  for index in stride(from: 0, to: words.count - 1, by: 2) {
    notes[words[index]] = words[index + 1]
  }
  var session = Session(run: run, notes: notes)
  body(&session)
  guard let file, session.notes != notes else { return }
  SessionFile.write(session.notes.flatMap { [$0.key, $0.value] }, to: file)
}

/// Tells rayc the runs, and ends: this process was started for nothing else.
public func _answer(_ runs: [ProgramRun]) -> Never {
  let words = runs.flatMap { run in
    ["\(run.arguments.count)"] + run.arguments + (run.input.map { ["1", $0] } ?? ["0"])
  }
  SessionFile.write(words, to: String(cString: rayc_session("runs")!))
  _exit(0)
}

/// Words in a file, each as its length in bytes, a colon and itself, so that any text can be one.
enum SessionFile {
  static func read(_ path: String) -> [String] {
    guard let file = fopen(path, "re") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 12)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return words(in: bytes[...])
  }

  private static func words(in bytes: ArraySlice<UInt8>) -> [String] {
    var (words, rest): ([String], ArraySlice<UInt8>) = ([], bytes)
    while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
      let text = rest[(colon + 1)...]
      guard let length = Int(String(decoding: rest[..<colon], as: UTF8.self)), length >= 0,
        length <= text.count
      else { break }
      words.append(String(decoding: text.prefix(length), as: UTF8.self))
      rest = text.dropFirst(length)
    }
    return words
  }

  /// As a whole: a run that is ended meanwhile leaves the old file.
  static func write(_ words: [String], to path: String) {
    let unfinished = "\(path).\(getpid())"
    guard let file = fopen(unfinished, "we") else { return }
    for word in words {
      let text = Array("\(word.utf8.count):\(word)".utf8)
      fwrite(text, 1, text.count, file)
    }
    if fclose(file) == 0 { rename(unfinished, path) } else { unlink(unfinished) }
  }
}
