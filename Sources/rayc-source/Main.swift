// Stages 1 and 7: what of rayc reads Swift's syntax, with the toolchain's own swift-syntax.
import FoundationEssentials
import Glibc

/// `rayc-source check [--interface FILE] REPORT…`: holds the locations in reports of sites
/// against the source, and writes a verdict for each as a JSON line.
///
/// `rayc-source expressions TABLE FILE…`: writes the table of the files' expressions. A file whose
/// name begins with `@` names others, one a line.
@main
struct RaycSource {
  static func main() {
    var arguments = CommandLine.arguments.dropFirst()
    do {
      switch arguments.popFirst() {
      case "check": try check(Array(arguments))
      case "expressions": try writeExpressions(Array(arguments))
      default: fail("this tool is called by rayc, use 'rayc list sites --locations' instead", 64)
      }
    } catch {
      fail("\(error)", 1)
    }
  }

  private static func check(_ arguments: [String]) throws {
    var interface: String?
    var reports = arguments[...]
    if reports.first == "--interface" {
      interface = reports.dropFirst().first
      reports = reports.dropFirst(2)
    }
    let decoder = JSONDecoder()
    var records: [LocationCheck.Record] = []
    for report in reports {
      let data = try Data(contentsOf: URL(filePath: report))
      for line in data.split(separator: UInt8(ascii: "\n")) {
        records.append(try decoder.decode(LocationCheck.Record.self, from: line))
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    var check = LocationCheck(interface: interface)
    for verdict in check.verdicts(records) {
      print(String(decoding: try encoder.encode(verdict), as: UTF8.self))
    }
  }

  private static func writeExpressions(_ arguments: [String]) throws {
    guard let table = arguments.first else { fail("no table is named", 64) }
    let files = try arguments.dropFirst().flatMap { file in
      guard file.hasPrefix("@") else { return [file] }
      let list = try Data(contentsOf: URL(filePath: String(file.dropFirst())))
      return String(decoding: list, as: UTF8.self).split(separator: "\n").map(String.init)
    }
    try Data(ExpressionTable(files: files).bytes).write(to: URL(filePath: table))
  }

  private static func fail(_ text: String, _ status: Int32) -> Never {
    let line = Array("rayc-source: error: \(text)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(status)
  }
}
