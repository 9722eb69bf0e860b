import FoundationEssentials
import SwiftOperators
import SwiftSyntax

/// The expressions of a module's files, by where debug information points; Passes/Expressions.h
/// describes the form.
struct ExpressionTable {
  private(set) var bytes: [UInt8] = []

  mutating func add(path: String, _ source: SourceText) {
    let name = Array(path.utf8)
    append(name.count)
    bytes += name + Array(repeating: 0, count: -name.count & 3)
    var rows: [[Int]] = []
    for token in source.tree.tokens(viewMode: .sourceAccurate) {
      guard let named = Expression.named(at: token) else { continue }
      let place = source.place(of: token.positionAfterSkippingLeadingTrivia)
      let call = Expression.call(at: token)
      rows.append([place.line, place.column] + range(named) + (call.map(range) ?? [0, 0]))
    }
    append(rows.count)
    for row in rows { for number in row { append(number) } }
  }

  private func range(_ node: Syntax) -> [Int] {
    let node = Expression.withEffects(node)
    return [
      node.positionAfterSkippingLeadingTrivia.utf8Offset,
      node.endPositionBeforeTrailingTrivia.utf8Offset,
    ]
  }

  private mutating func append(_ number: Int) {
    withUnsafeBytes(of: UInt32(number).littleEndian) { bytes += $0 }
  }
}

extension ExpressionTable {
  /// - Parameter files: those that cannot be read are left out: the compiler says what is wrong.
  init(files: [String]) {
    var operators = OperatorTable.standardOperators
    for file in files {
      let path = file.hasPrefix("/") ? file : FileManager.default.currentDirectoryPath + "/" + file
      if let source = SourceText(path: path, operators: &operators) { add(path: path, source) }
    }
  }
}
