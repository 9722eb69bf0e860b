// Stage 5: what the contexts that come with rayc have in common. A context is one file and may not
// use Foundation; names with an underscore are no promise to others.
import Glibc

/// Words behind a context's name, read from left to right.
public struct _ContextArguments {
  private var rest: ArraySlice<String>
  private let known: String

  /// - Parameter known: what the context takes, for messages: `--json FILE and --top N`.
  public init(_ arguments: [String], known: String) {
    (rest, self.known) = (arguments[...], known)
  }

  public mutating func next() -> String? { rest.popFirst() }

  /// The word behind an option.
  public mutating func value(of option: String) throws -> String {
    guard let value = rest.popFirst() else { throw _ContextProblem("'\(option)' needs a value") }
    return value
  }

  /// The number behind an option, from 0.
  public mutating func number(of option: String) throws -> Int {
    let value = try value(of: option)
    guard let number = Int(value), number >= 0 else {
      throw _ContextProblem("'\(option)' takes a number, not '\(value)'")
    }
    return number
  }

  /// The word behind an option, one of some.
  public mutating func choice(of option: String, _ choices: [String]) throws -> String {
    let value = try value(of: option)
    guard choices.contains(value) else {
      throw _ContextProblem(
        "'\(option)' takes \(choices.map { "'\($0)'" }.joined(separator: ", ")), not '\(value)'")
    }
    return value
  }

  public func unknown(_ argument: String) -> _ContextProblem {
    _ContextProblem("unknown argument '\(argument)'; it takes \(known)")
  }
}

/// What is wrong with a context's arguments.
public struct _ContextProblem: Error, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}

/// A path that still holds when the program has changed its working directory, with the process's
/// number for `%p`.
public func _outputPath(_ path: String) -> String {
  var expanded = ""
  var rest = path[...]
  while let percent = rest.firstIndex(of: "%") {
    expanded += rest[..<percent]
    rest = rest[rest.index(after: percent)...]
    let isProcess = rest.first == "p"
    expanded += isProcess ? "\(getpid())" : "%"
    if isProcess { rest = rest.dropFirst() }
  }
  expanded += rest
  guard !expanded.hasPrefix("/"), let directory = getcwd(nil, 0) else { return expanded }
  defer { free(directory) }
  return String(cString: directory) + "/" + expanded
}

/// A symbol's name as Swift writes it, and shortened; `<indirect>` for none.
public func _names(of symbol: String) -> (name: String, short: String) {
  symbol.isEmpty
    ? ("<indirect>", "<indirect>") : (Demangler.demangled(symbol), Demangler.shortened(symbol))
}

/// `1234567` as `1,234,567`.
public func _grouped(_ number: UInt64) -> String {
  var digits = Array(String(number))
  for index in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: index) }
  return String(digits)
}

/// A JSON string.
public func _quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\0"..<" ":
      result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// The width of the terminal behind stderr; 200 where it is none.
public func _terminalWidth() -> Int {
  var size = winsize()
  guard isatty(2) == 1, ioctl(2, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 200 }
  return max(40, Int(size.ws_col))
}

/// Replaces a file in one step. Returns what went wrong, or nil.
public func _replace(_ file: String, with text: String) -> String? {
  let temporary = "\(file).\(getpid())"
  let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0o644)
  guard descriptor >= 0 else { return String(cString: strerror(errno)) }
  let isWritten = _write(text, to: descriptor)
  guard isWritten, close(descriptor) == 0, rename(temporary, file) == 0 else {
    let problem = String(cString: strerror(errno))
    unlink(temporary)
    return problem
  }
  return nil
}

/// Writes all of a text. False: `errno` says why not.
@discardableResult
public func _write(_ text: String, to descriptor: Int32) -> Bool {
  var text = text
  return text.withUTF8 { bytes in
    var rest = UnsafeRawBufferPointer(bytes)
    while !rest.isEmpty {
      let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        return false
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
    return true
  }
}
