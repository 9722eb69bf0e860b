import FoundationEssentials
import SwiftOperators
import SwiftParser
import SwiftSyntax

/// A parsed source file, in which places are found by line and column as debug information
/// counts them: from 1, columns in bytes.
struct SourceText {
  let tree: Syntax
  private let lineStarts: [Int]
  private let length: Int

  /// - Parameter operators: the operators known so far; those of the file are added.
  init(_ text: String, operators: inout OperatorTable) {
    let parsed = Parser.parse(source: text)
    operators.addSourceFile(parsed, errorHandler: { _ in })
    // What is left unfolded has an operator that another module declares.
    tree = operators.foldAll(parsed, errorHandler: { _ in })
    var starts = [0]
    for (offset, byte) in text.utf8.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
    length = text.utf8.count
  }

  /// A file whose expressions are of no interest.
  static func tree(path: String) -> Syntax? {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
    return Syntax(Parser.parse(source: String(decoding: data, as: UTF8.self)))
  }

  /// - Returns: nil if the file cannot be read.
  init?(path: String, operators: inout OperatorTable) {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
    self.init(String(decoding: data, as: UTF8.self), operators: &operators)
  }

  /// The token at a place; nil outside of the text.
  func token(line: Int, column: Int) -> TokenSyntax? {
    guard lineStarts.indices.contains(line - 1), column > 0 else { return nil }
    let offset = lineStarts[line - 1] + column - 1
    guard offset < length else { return nil }
    return tree.token(at: AbsolutePosition(utf8Offset: offset))
  }

  /// The line and column of a place in the text.
  func place(of position: AbsolutePosition) -> (line: Int, column: Int) {
    let offset = position.utf8Offset
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return (low + 1, offset - lineStarts[low] + 1)
  }
}
