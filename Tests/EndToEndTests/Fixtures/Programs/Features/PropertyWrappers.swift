// Property wrappers: stored, projected, composed, local, of parameters, static, with enclosing self.

@propertyWrapper struct Clamped<V: Comparable> {
  private var value: V
  let range: ClosedRange<V>
  private(set) var clamps = 0
  init(wrappedValue: V, _ range: ClosedRange<V>) {
    self.range = range
    value = min(max(wrappedValue, range.lowerBound), range.upperBound)
  }
  var wrappedValue: V {
    get { value }
    set {
      value = min(max(newValue, range.lowerBound), range.upperBound)
      if value != newValue { clamps += 1 }
    }
  }
  var projectedValue: Self { self }
}
@propertyWrapper final class Logged<V> {
  private var value: V
  var log: [String] = []
  init(wrappedValue: V) { value = wrappedValue; log.append("init \(wrappedValue)") }
  var wrappedValue: V {
    _read { log.append("read"); yield value }
    _modify { log.append("modify"); yield &value; log.append("now \(value)") }
  }
  var projectedValue: [String] { log }
  deinit { print("log ends with", log.last ?? "nothing") }
}
@propertyWrapper struct Lowercase { 
  var wrappedValue: String { didSet { wrappedValue = wrappedValue.lowercased() } }
  init(wrappedValue: String) { self.wrappedValue = wrappedValue.lowercased() }
  init(projectedValue: [String]) { wrappedValue = projectedValue.joined().lowercased() }
  var projectedValue: [String] { wrappedValue.map { "\($0)" } }
}
@propertyWrapper struct Lazily<V> {
  private enum State { case pending(() -> V), ready(V) }
  private var state: State
  init(wrappedValue: @autoclosure @escaping () -> V) { state = .pending(wrappedValue) }
  var wrappedValue: V {
    mutating get {
      switch state {
      case .ready(let value): return value
      case .pending(let make): let value = make(); state = .ready(value); return value
      }
    }
    set { state = .ready(newValue) }
  }
}
@propertyWrapper struct Announced<V> {
  private var stored: V
  init(wrappedValue: V) { stored = wrappedValue }
  @available(*, unavailable) var wrappedValue: V { get { fatalError() } set { fatalError() } }
  static subscript<E: Announcer>(
    _enclosingInstance object: E, wrapped wrapped: ReferenceWritableKeyPath<E, V>,
    storage storage: ReferenceWritableKeyPath<E, Self>
  ) -> V {
    get { object.announce("get \(object[keyPath: storage].stored)"); return object[keyPath: storage].stored }
    set { object.announce("set \(newValue)"); object[keyPath: storage].stored = newValue }
  }
}
protocol Announcer: AnyObject { func announce(_ text: String) }

struct Settings {
  @Clamped(0...10) var level = 50
  @Logged var name = "name"
  @Lowercase var title: String = "TITLE"
  @Logged @Clamped(1...3) var both = 9
  @Lazily var slow: [Int] = { print("computed"); return [1, 2, 3] }()
  @Clamped(0...1) static var ratio = 0.5
}
final class Model: Announcer {
  @Announced var count = 1
  @Announced var text: String? = "text"
  var heard: [String] = []
  func announce(_ text: String) { heard.append(text) }
}
func shout(@Lowercase _ text: String) -> String { text + "/" + $text.joined(separator: ".") }
func local() {
  @Clamped(0...5) var n = 3
  n += 10
  @Logged var list = [1]
  list.append(2)
  list[0] = 7
  print(n, $n.clamps, list, $list)
}

var settings = Settings()
print(settings.level, settings.title, settings.both)
settings.level -= 20
settings.level += 5
settings.name += " more"
settings.title = "ANOTHER"
settings.both = -4
print(settings.level, settings.$level.clamps, settings.name, settings.$name, settings.title, settings.$title)
print(settings.both, settings.$both, settings.slow.count)
settings.slow.append(4)
print(settings.slow)
Settings.ratio = 7
print(Settings.ratio, Settings.$ratio.range)
let model = Model()
model.count += 4
model.text?.append("!")
model.text = nil
print(model.count, model.text as Any, model.heard)
print(shout("ABC"), shout($_: ["X", "Y"]))
local()
settings = Settings(level: 3, name: "given", title: "T", both: 2, slow: [])
print(settings.level, settings.name, settings.slow)
