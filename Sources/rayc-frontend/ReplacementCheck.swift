import Glibc

/// Says what of a context's replacements has no place in the program that was just linked.
///
/// Each object says in its section `rayc_overdubs` what its module has; the linked program has
/// the lines of all of them (Passes/OverdubRecords.h).
enum ReplacementCheck {
  /// The file a linking command makes.
  static func output(of arguments: [String]) -> String? {
    let expanded = ResponseFile.expand(arguments, read: Files.read)
    return expanded.lastIndex(of: "-o").flatMap { $0 + 1 < expanded.count ? expanded[$0 + 1] : nil }
  }

  /// Writes what is wrong to stderr.
  /// - Returns: false if a replacement does not fit what it is written for.
  static func check(_ program: String) -> Bool {
    guard let bytes = Files.readBytes(program) else { return true }
    let section = ObjectSections.find("rayc_overdubs", in: bytes) ?? []
    let problems = problems(in: String(decoding: section, as: UTF8.self))
    for problem in problems { Files.writeError("rayc: \(problem.text)\n") }
    return !problems.contains(where: \.isError)
  }

  struct Problem: Equatable {
    var isError: Bool
    var message: String
    var text: String { (isError ? "error: " : "warning: ") + message }
  }

  /// What the modules of a program said of one replacement.
  private struct Found {
    var text = ""
    var isBound = false
    var misfits: [String] = []
    var nearest: (distance: Int, name: String)?
  }

  static func problems(in lines: String) -> [Problem] {
    var all: [Int: Found] = [:]
    for line in lines.split(separator: "\n") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count >= 3, let index = Int(fields[1]) else { continue }
      var found = all[index, default: Found()]
      switch fields[0] {
      case "replacement": found.text = fields[2]
      case "bound": found.isBound = true
      case "misfit" where fields.count == 4:
        let misfit = "'\(fields[2])': \(fields[3])"
        if !found.misfits.contains(misfit) { found.misfits.append(misfit) }
      case "near" where fields.count == 4:
        let distance = Int(fields[2]) ?? .max
        if distance < found.nearest?.distance ?? .max { found.nearest = (distance, fields[3]) }
      default: break
      }
      all[index] = found
    }
    if all.isEmpty {
      let message =
        "the context replaces nothing: a type that conforms to Overdubs stands inside the "
        + "context's type, and neither it nor its static methods are private"
      return [Problem(isError: false, message: message)]
    }
    return all.sorted { $0.key < $1.key }.compactMap { problem(with: $0.value) }
  }

  private static func problem(with found: Found) -> Problem? {
    if found.isBound || found.text.isEmpty { return nil }
    if !found.misfits.isEmpty {
      return Problem(
        isError: true,
        message: "the replacement '\(found.text)' does not fit "
          + found.misfits.joined(separator: ",\n  nor "))
    }
    let suggestion = found.nearest.map { "; did you mean '\($0.name)'?" } ?? ""
    return Problem(
      isError: false,
      message: "the replacement '\(found.text)' stands for nothing in the program" + suggestion)
  }
}

/// Sections of an ELF file of 64 bits.
enum ObjectSections {
  static func find(_ name: String, in bytes: [UInt8]) -> ArraySlice<UInt8>? {
    func number(_ offset: Int, _ size: Int) -> Int? {
      guard offset >= 0, offset + size <= bytes.count else { return nil }
      return bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    guard bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2]), let table = number(0x28, 8),
      let entry = number(0x3a, 2), let count = number(0x3c, 2), let names = number(0x3e, 2),
      let nameTable = number(table + names * entry + 0x18, 8)
    else { return nil }
    let wanted = Array(name.utf8) + [0]
    for index in 0..<count {
      let header = table + index * entry
      guard let place = number(header, 4), let offset = number(header + 0x18, 8),
        let size = number(header + 0x20, 8), offset + size <= bytes.count,
        nameTable + place < bytes.count
      else { continue }
      if bytes[(nameTable + place)...].starts(with: wanted) { return bytes[offset..<offset + size] }
    }
    return nil
  }
}
