// Macros that come with the toolchain: @Observable, #Predicate, #expect-like ones are in packages.

import Foundation
import Observation

final class Owned { nonisolated(unsafe) static var live = 0; init() { Self.live += 1 }; deinit { Self.live -= 1 } }

@Observable final class Model {
  var count = 0
  var name = "name"
  var list: [String] = []
  var owned: Owned? = Owned()
  @ObservationIgnored var ignored = 0
  var doubled: Int { count * 2 }
  var checked = 1 { didSet { if checked < 0 { checked = oldValue } } }
}
struct Item: Codable { var name: String, price: Double, tags: [String], owner: String? }

final class Changes: @unchecked Sendable { var all: [String] = [] }

func observe() {
  let model = Model(), changes = Changes()
  func track(_ what: String, _ body: () -> Void) { withObservationTracking(body) { changes.all.append(what) } }
  track("count") { _ = model.count }
  track("doubled") { _ = model.doubled }
  track("ignored") { _ = model.ignored }
  track("list") { _ = model.list.count }
  model.ignored = 5
  model.count += 1
  model.count += 1
  model.list.append("a")
  model.name = "other"
  model.checked = -5
  model.owned = nil
  track("name") { _ = model.name }
  model.name += "!"
  model.name += "!"
  print(changes.all.sorted(), model.count, model.doubled, model.list, model.name, model.checked)
}

func predicates() throws {
  let items = [
    Item(name: "pen", price: 1.5, tags: ["office"], owner: nil),
    Item(name: "desk", price: 150, tags: ["office", "wood"], owner: "ann"),
    Item(name: "apple", price: 0.5, tags: [], owner: "bob"),
  ]
  let limit = 1.0
  let dear = #Predicate<Item> { $0.price > limit && $0.tags.contains("office") }
  let owned = #Predicate<Item> { item in if let owner = item.owner { owner.count == 3 } else { item.name == "pen" } }
  let text = #Predicate<Item> { $0.name.contains("p") && !($0.price > 1 || $0.tags.isEmpty == false) }
  for predicate in [dear, owned, text] { print(try items.filter(predicate).map(\.name)) }
  print(try dear.evaluate(items[0]), try #Expression<Int, Int> { $0 * 2 + 1 }.evaluate(20))
}

observe()
try predicates()
print(#function, #line, #fileID.hasSuffix("swift"), (#file as String).isEmpty, "live", Owned.live)
