// Becomes the modules that use MODULE.
import MODULE
import Marks

final class Derived: Base {
  override func name() -> String { mark(); return "derived " + super.name() }
  override var value: Int { didSet { mark() } }
  override func later() async -> String { mark(); return await super.later() }
}
struct Third: Part {
  func result() -> String { mark(); return "third" }
  func later() async throws -> String { mark(); return "later" }
}

public func useMODULE() -> String {
  var text = "\(direct(1)) \(inlinable(2)) \(twice(3) { mark(); return $0 * 2 }) \(adder(4)(5)) \(global.count)"
  let objects: [Base] = [Base(), Derived()]
  for object in objects { object.value += 1; text += " \(object.name())" }
  text += "\(all([Half(1)])) \(all([Third()])) \(anyDescription(Half(3))) \(anyDescription(Third()))"
  var half = Half(3)
  half.doubled += 1
  half[2] = half[1] + half[keyPath: \.doubled]
  return text + " \(half.n)"
}

public func useMODULELater() async throws -> String {
  let objects: [Base] = [Base(), Derived()]
  var text = ""
  for object in objects { text += await object.later() }
  let parts: [any Part] = [Half(1), Third()]
  for part in parts { text += "\(try await part.later())" }
  let counting = Counting()
  return text + "\(await counting.next() + counting.next()) \(await group(5) { mark(); await Task.yield(); return $0 })"
}
