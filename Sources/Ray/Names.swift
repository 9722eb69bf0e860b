// Stage 5: names and types from their mangled form, each looked up once.
import CRay
import Glibc

@_silgen_name("swift_demangle")
private func swiftDemangle(
  _ name: UnsafePointer<CChar>?, _ length: Int, _ buffer: UnsafeMutablePointer<CChar>?,
  _ size: UnsafeMutablePointer<Int>?, _ flags: UInt32
) -> UnsafeMutablePointer<CChar>?

/// A table of answers that any thread may ask; each answer is worked out once.
private final class Table<Answer>: @unchecked Sendable {
  private var answers: [String: Answer] = [:]
  private var lock = pthread_mutex_t()

  init() { pthread_mutex_init(&lock, nil) }

  func answer(for name: String, otherwise work: (String) -> Answer) -> Answer {
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    if let known = answers[name] { return known }
    let answer = work(name)
    answers[name] = answer
    return answer
  }
}

enum Demangler {
  private static let names = Table<String>()

  /// A symbol as Swift writes it; the symbol itself where it is none of Swift's.
  static func demangled(_ symbol: String) -> String {
    names.answer(for: symbol) { symbol in
      let demangled = symbol.utf8CString.withUnsafeBufferPointer {
        swiftDemangle($0.baseAddress, $0.count - 1, nil, nil, 0)
      }
      guard let demangled else { return symbol }
      defer { free(demangled) }
      return String(cString: demangled)
    }
  }
}

extension Demangler {
  private static let shortNames = Table<String>()

  /// A symbol as ``ShortName`` writes it.
  static func shortened(_ symbol: String) -> String {
    shortNames.answer(for: symbol) { ShortName.shortened(demangled($0)) }
  }
}

enum TypeNames {
  private static let types = Table<(any Any.Type)?>()

  /// The type with that mangled name; nil where this process does not have it.
  static func type(named name: String) -> Any.Type? {
    types.answer(for: name) { _typeByName($0) }
  }
}
