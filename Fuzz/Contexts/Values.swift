import Glibc
import Ray

/// Sends every result and loaded value through a copy in a box, and, if `FUZZ_MODE` says so, puts
/// the value that `first_12` returned in the place of what `give_12_…` return (`results`) or of
/// what `load_12_…` load (`loads`). Writes to the file `FUZZ_REPORT` what it has seen.
struct Values: RayContext {
  enum Mode: String { case identity, results, loads }

  /// What a site is in the generated program.
  enum Role {
    case first(Int)
    case give(Int, String)
    case load(Int, String)
    case forget
    case other
  }

  /// What was seen at the sites of one delivery.
  struct Seen {
    var number: Int
    var events = 0
    var replaced = 0
    var typing = ""
    var type: UInt = 0
  }

  /// What all threads know together; a task may go on another one.
  nonisolated(unsafe) static var firsts: [Int: Any] = [:]
  nonisolated(unsafe) static var firstTypes: [Int: Any.Type] = [:]
  nonisolated(unsafe) static var lock = pthread_mutex_t()

  let mode = getenv("FUZZ_MODE").flatMap { Mode(rawValue: String(cString: $0)) } ?? .identity
  var roles: [Site: Role] = [:]
  var seen: [String: Seen] = [:]
  var events = 0
  var exact = 0
  var types: Set<ObjectIdentifier> = []
  var names: [String] = []

  mutating func result<T>(_ value: T, of site: Site) -> T {
    var copy = count(value, site)
    switch role(of: site) {
    case .first(let number):
      note("first_\(number) result", number, site, T.self, false)
      guard site.typing == .exact, !isMachineLevel(T.self) else { break }
      Self.locked {
        Self.firsts[number] = copy
        Self.firstTypes[number] = T.self
      }
    case .give(let number, let delivery):
      let isReplaced = mode == .results && !site.isPlumbing && replace(&copy, number)
      note("\(delivery) result", number, site, T.self, isReplaced)
    case .forget:
      // What was kept is released outside the lock.
      var kept: [Int: Any] = [:]
      Self.locked { swap(&kept, &Self.firsts) }
    case .load, .other: break
    }
    return copy
  }

  mutating func load<T>(_ value: T, at site: Site) -> T {
    var copy = count(value, site)
    if case .load(let number, let delivery) = role(of: site), site.typing == .exact,
      Self.locked({ Self.firstTypes[number] }) == T.self
    {
      let isReplaced = mode == .loads && !site.isPlumbing && replace(&copy, number)
      note("\(delivery) load", number, site, T.self, isReplaced)
    }
    return copy
  }

  @inline(never) mutating func count<T>(_ value: T, _ site: Site) -> T {
    events += 1
    guard site.typing == .exact else { return value }
    exact += 1
    if types.insert(ObjectIdentifier(T.self)).inserted { names.append("\(T.self)") }
    let box: Any = Box(value)
    return (box as! Box<T>).value
  }

  static func locked<R>(_ body: () -> R) -> R {
    pthread_mutex_lock(&lock)
    defer { pthread_mutex_unlock(&lock) }
    return body()
  }

  func replace<T>(_ value: inout T, _ number: Int) -> Bool {
    let first = Self.locked { Self.firstTypes[number] == T.self ? Self.firsts[number] : nil }
    guard let first else { return false }
    value = first as! T
    return true
  }

  mutating func note(
    _ delivery: String, _ number: Int, _ site: Site, _ type: Any.Type, _ isReplaced: Bool
  ) {
    var seen = self.seen[delivery] ?? Seen(number: number)
    seen.events += 1
    seen.replaced += isReplaced ? 1 : 0
    if seen.typing != "exact" {
      seen.typing = isMachineLevel(type) ? "machineLevel" : "\(site.typing)"
      seen.type = address(of: type)
    }
    self.seen[delivery] = seen
  }

  mutating func role(of site: Site) -> Role {
    if let known = roles[site] { return known }
    let name = site.kind == .load ? site.function : site.callee
    let found = Self.role(name, isLoad: site.kind == .load)
    roles[site] = found
    return found
  }

  static func role(_ name: String, isLoad: Bool) -> Role {
    if !isLoad,
      ["closure #", "thunk", "partial apply", "default argument"].contains(where: {
        name.contains($0)
      }), !name.contains("dispatch thunk")
    {
      return .other
    }
    for word in isLoad ? ["load_"] : ["first_", "give_", "forget_"] {
      guard let start = name.firstRange(of: word) else { continue }
      let rest = name[start.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      if word == "forget_" { return .forget }
      guard let number = Int(rest.prefix { $0.isNumber }) else { continue }
      switch word {
      case "first_": return .first(number)
      case "give_": return .give(number, String(rest))
      default: return .load(number, String(rest))
      }
    }
    return .other
  }

  mutating func merge(_ other: Values) {
    events += other.events
    exact += other.exact
    types.formUnion(other.types)
    names += other.names
    for (delivery, more) in other.seen {
      guard var seen = seen[delivery] else {
        seen[delivery] = more
        continue
      }
      seen.events += more.events
      seen.replaced += more.replaced
      if seen.typing != "exact" { (seen.typing, seen.type) = (more.typing, more.type) }
      self.seen[delivery] = seen
    }
  }

  func finish() {
    guard let path = getenv("FUZZ_REPORT"), let file = fopen(path, "w") else { return }
    fputs("events \(events) \(exact)\n", file)
    for (number, type) in Self.firstTypes { fputs("first \(number) \(address(of: type))\n", file) }
    for name in Set(names) { fputs("type \(name)\n", file) }
    for (delivery, seen) in seen {
      fputs(
        "seen \(delivery) \(seen.number) \(seen.typing) \(seen.type) \(seen.events)"
          + " \(seen.replaced)\n", file)
    }
    fclose(file)
  }
}

/// Whether a type may stand in for one that the process could not find; such a value is bits, and
/// is not to be replaced by one that was not retained.
func isMachineLevel(_ type: Any.Type) -> Bool {
  let numbers = ["Int8", "Int16", "Int32", "Int64", "Bool", "Float", "Double"]
  let words = "\(type)".split { "(), ".contains($0) }
  return words.allSatisfy { numbers.contains(String($0)) || $0 == "Optional<UnsafeRawPointer>" }
}

/// A type's metadata, to be compared with what the program says.
func address(of type: Any.Type) -> UInt { UInt(bitPattern: unsafeBitCast(type, to: Int.self)) }

final class Box<T> {
  let value: T
  init(_ value: T) { self.value = value }
}
