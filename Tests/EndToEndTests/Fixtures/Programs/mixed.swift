import Foundation

protocol Shape { var area: Double { get } }
final class Square: Shape {
  let side: Double
  init(_ side: Double) { self.side = side }
  var area: Double { side * side }
}
struct Circle: Shape {
  let radius: Double
  var area: Double { Double.pi * radius * radius }
}
enum Failure: Error { case odd(Int) }

func check(_ value: Int) throws -> Int {
  if value % 2 == 1 { throw Failure.odd(value) }
  return value / 2
}

@MainActor func slow(_ value: Int) async -> Int {
  await Task.yield()
  return value + 1
}

let shapes: [any Shape] = [Square(2), Circle(radius: 1)]
print(shapes.map(\.area).reduce(0, +))
for value in 0..<4 {
  do { print(try check(value)) } catch { print("caught \(error)") }
}
var words: [String: Int] = [:]
for word in "a b a c b a".split(separator: " ") { words[String(word), default: 0] += 1 }
print(words.sorted { $0.key < $1.key })
print(await slow(1), await slow(2))
FileHandle.standardError.write(Data("to stderr \(CommandLine.arguments.dropFirst())\n".utf8))
exit(Int32(CommandLine.arguments.count))
