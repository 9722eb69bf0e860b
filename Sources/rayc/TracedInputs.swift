import Foundation
import RayDriver
import RaySource
import SystemPackage

/// What a function is called with when its program runs: its first call, as `rayc trace` tells it.
enum TracedInputs {
  private struct Event: Decodable {
    struct Argument: Decodable {
      var label: String?
      var value: String
    }

    var event: String
    var calleeMangled: String?
    var arguments: [Argument]?
  }

  /// - Returns: the arguments as one writes them: `[0.5, 0.25], scale: 2.0`.
  /// - Throws: `Diagnostic.notWritable` where it is not called, or a value is no literal.
  static func arguments(
    of function: SILFunction, _ files: [String], _ build: BuildOptions
  ) async throws -> String {
    let trace = Files.temporary(beside: FilePath(NSTemporaryDirectory() + "rayc-inputs"))
    defer { Files.remove(trace) }
    let options = build.compilerArguments.flatMap { ["-Xswiftc", $0] }
    _ = try await Tool.output(
      Toolkit.ofThisProcess().executable,
      ["trace", "--format", "json", "--no-operators", "--length", "1000000", "-o", trace.string]
        + options + files)
    for line in try Files.read(trace).split(separator: "\n") where line.contains(function.symbol) {
      guard let event = try? JSONDecoder().decode(Event.self, from: Data(line.utf8)),
        event.event == "call", event.calleeMangled == function.symbol
      else { continue }
      let arguments = event.arguments ?? []
      if let other = arguments.first(where: { !isLiteral($0.value) }) {
        throw Diagnostic.notWritable(
          "'\(function.plainName)' was called with '\(other.value)', which is no literal: "
            + "write the arguments yourself, with '--arguments'")
      }
      return arguments.map { ($0.label.map { $0 + ": " } ?? "") + $0.value }
        .joined(separator: ", ")
    }
    throw Diagnostic.notWritable(
      "'\(function.plainName)' is not called when the program runs: write the arguments "
        + "yourself, with '--arguments'")
  }

  /// Whether Swift reads the text as the value that it shows: numbers, texts, arrays, and structs
  /// made of these.
  private static func isLiteral(_ text: String) -> Bool {
    var isQuoted = false
    var isEscaped = false
    for letter in text {
      defer { isEscaped = letter == "\\" && !isEscaped }
      if letter == "\"", !isEscaped { isQuoted.toggle() }
      if isQuoted || letter == "\"" { continue }
      guard letter.isLetter || letter.isNumber || "[](), :.-+_".contains(letter) else {
        return false
      }
    }
    return !isQuoted && !text.contains("0x")
  }
}
