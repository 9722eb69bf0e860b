// Key paths: read, written, through references, appended, as functions, optional, subscripts, generic.

struct Point: Hashable { var x = 1, y = 2.5; var sum: Double { Double(x) + y }; subscript(_ n: Int) -> Int { get { x * n } set { x = newValue / n } } }
struct Line { var from = Point(), to = Point(x: 3, y: 4); var name: String? = "line"; lazy var length = to.x - from.x }
nonisolated(unsafe) var ends: [String] = []
class Shape {
  var lines = [Line(), Line()]
  var label: String { didSet { changes += 1 } }
  private(set) var changes = 0
  weak var parent: Shape?
  let id = 7
  init(_ label: String) { self.label = label }
  var first: Line { _read { yield lines[0] } _modify { yield &lines[0] } }
  deinit { ends.append("shape ends \(label)") }
}
final class Square: Shape { var side = 5.0; override var label: String { get { "square " + super.label } set { super.label = newValue } } }
struct Box<T> { var value: T; subscript<U: Hashable>(or other: U) -> U { value as? U ?? other } }
struct Tuple { var pair: (Int, String) = (1, "one") }
protocol Named { var name: String { get set } }
struct Person: Named { var name: String; var age: Int; var tags: [String: [Int]] = ["a": [1, 2]] }

func read<R, V>(_ root: R, _ path: KeyPath<R, V>) -> V { root[keyPath: path] }
func write<R, V>(_ root: inout R, _ path: WritableKeyPath<R, V>, _ value: V) { root[keyPath: path] = value }
func update<R: AnyObject, V>(_ root: R, _ path: ReferenceWritableKeyPath<R, V>, _ body: (inout V) -> Void) { body(&root[keyPath: path]) }
func rename<N: Named>(_ named: inout N) { named[keyPath: \.name] += "!"; write(&named, \N.name, named.name.uppercased()) }
func sorted<T, V: Comparable>(_ all: [T], by path: KeyPath<T, V>) -> [T] { all.sorted { $0[keyPath: path] < $1[keyPath: path] } }
func count<T>(_ all: [T], _ test: (T) -> Bool) -> Int { all.filter(test).count }

func run() {
  var line = Line()
  write(&line, \.from.x, 10)
  write(&line, \.to, Point(x: 20, y: 0.5))
  write(&line, \.name, nil)
  line[keyPath: \.to.y] *= 3
  line[keyPath: \.from[2]] = 40
  print(line.from, line.to, line.name as Any, read(line, \.from.sum), read(line, \.to[5]))
  let shape = Shape("shape"), square = Square("s")
  square.parent = shape
  update(shape, \.label) { $0 += " changed" }
  update(shape, \.lines[1].from.x) { $0 += 100 }
  update(shape, \.first.name) { $0 = $0.map { $0 + "?" } }
  update(square, \.side) { $0 /= 2 }
  update(square, \.label) { $0 = "new" }
  print(shape.label, shape.changes, shape.lines[1].from.x, shape.first.name!, square.side, square.label)
  print(square[keyPath: \.parent?.lines[0].name?.count] as Any, read(square, \.parent?.label) as Any)
  let base: KeyPath<Shape, Line> = \.first
  let appended = base.appending(path: \.to.y)
  print(shape[keyPath: appended], shape[keyPath: base.appending(path: \Line.name)] as Any)
  let partial: [PartialKeyPath<Point>] = [\.x, \.y, \.sum, \.[3]]
  print(partial.map { "\(Point()[keyPath: $0])" }, type(of: partial[0]).valueType)
  let any: AnyKeyPath = \Point.y
  print(Point()[keyPath: any] as Any, (any as? WritableKeyPath<Point, Double>) != nil, "x"[keyPath: any] as Any)
  if let composed = (\Line.to as AnyKeyPath).appending(path: \Point.x) { print(line[keyPath: composed] as Any) }
  let people = [Person(name: "cy", age: 30), Person(name: "al", age: 40), Person(name: "bo", age: 20)]
  print(people.map(\.name), sorted(people, by: \.age).map(\.name), sorted(people, by: \.name.count).count)
  print(people.map(\.tags["a"]?[1]), people.map(\.tags["a"]?.count), count(people.map(\.name), \.isEmpty))
  print(people.compactMap(\.tags["b"]), people.first.map(\.age) as Any, [[1], []].filter(\.isEmpty).count)
  let function: (Person) -> Int = \.age
  print(function(people[1]), (\Person.self as (Person) -> Person)(people[0]).name, 5[keyPath: \.self])
  var named = people[0]
  rename(&named)
  print(named.name)
  var box = Box(value: Box(value: [1, 2, 3]))
  box[keyPath: \.value.value[1]] = 20
  print(box.value.value, box[keyPath: \.value[or: "other"]], box[keyPath: \.value[or: [5]]])
  var tuple = Tuple()
  tuple[keyPath: \.pair.1] += " two"
  tuple[keyPath: \.pair] = (tuple[keyPath: \.pair.0] + 1, tuple.pair.1)
  print(tuple.pair, (5, "x")[keyPath: \.1])
  var paths: [AnyKeyPath: String] = [\Point.x: "x", \Line.from.y: "from y"]
  let i = 4
  paths[\Point.[i]] = "four"
  print(paths[\Point.x] as Any, paths[\Line.from.y] as Any, paths[\Point.[4]] as Any, \Point.[3] == \Point.[i])
  let dynamic: [(Point) -> Double] = [\Point.y, \Point.sum].map { path in { $0[keyPath: path] } }
  print(dynamic.map { $0(Point(x: 9, y: 9)) })
  print(people.reduce(into: 0) { $0 += $1[keyPath: \.tags["a"]!.count] })
  var numbers = [[1, 2], [3]]
  numbers[keyPath: \.[0][1]] = 7
  print(numbers, numbers[keyPath: \.last!.first!], numbers[keyPath: \.first?.count] as Any)
}
run()
// In which order is the optimiser's to choose.
print(ends.sorted())
