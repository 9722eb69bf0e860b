// Codable: synthesised, written by hand, of enums, classes, generics, keyed by other things, with errors.

import Foundation

struct Address: Codable, Equatable { var street: String, number: Int?, tags: Set<String> = [] }
enum Role: String, Codable { case admin, user }
enum Event: Codable, Equatable { case login(user: String, at: Double), logout, many([Int], note: String?) }
struct Person: Codable, Equatable {
  var name: String, age: Int, role: Role, address: Address?, scores: [String: [Double]], events: [Event], id: UUID, when: Date, data: Data, url: URL
  enum CodingKeys: String, CodingKey { case name = "full_name", age, role, address, scores, events, id, when, data, url }
}
class Animal: Codable { var name: String; init(name: String) { self.name = name }
  required init(from decoder: any Decoder) throws { name = try decoder.container(keyedBy: Keys.self).decode(String.self, forKey: .name) }
  func encode(to encoder: any Encoder) throws { var c = encoder.container(keyedBy: Keys.self); try c.encode(name, forKey: .name) }
  private enum Keys: CodingKey { case name }
}
final class Dog: Animal { var legs = 4
  init(legs: Int) { self.legs = legs; super.init(name: "dog") }
  required init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: Keys.self)
    legs = try c.decodeIfPresent(Int.self, forKey: .legs) ?? -1
    try super.init(from: c.superDecoder())
  }
  override func encode(to encoder: any Encoder) throws { var c = encoder.container(keyedBy: Keys.self); try c.encode(legs, forKey: .legs); try super.encode(to: c.superEncoder()) }
  private enum Keys: CodingKey { case legs }
}
struct Box<T: Codable>: Codable { var value: T; var more: [Box<T>] = [] }
extension Box: Equatable where T: Equatable {}
struct Flat: Codable { var x: Int, rest: [String: Int]
  init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: Any_.self)
    x = 0
    rest = [:]
    for key in c.allKeys { if key.stringValue == "x" { x = try c.decode(Int.self, forKey: key) } else { rest[key.stringValue] = try c.decode(Int.self, forKey: key) } }
  }
  struct Any_: CodingKey { var stringValue: String; var intValue: Int?; init(stringValue: String) { self.stringValue = stringValue }; init?(intValue: Int) { nil } }
}
struct Row: Codable { var a: Int, b: String, c: [Bool]
  init(_ a: Int) { (self.a, b, c) = (a, "b\(a)", [a > 1]) }
  init(from decoder: any Decoder) throws { var u = try decoder.unkeyedContainer(); a = try u.decode(Int.self); b = try u.decode(String.self)
    var n = try u.nestedUnkeyedContainer(); c = []; while !n.isAtEnd { c.append(try n.decode(Bool.self)) } }
  func encode(to encoder: any Encoder) throws { var u = encoder.unkeyedContainer(); try u.encode(a); try u.encode(b); var n = u.nestedUnkeyedContainer(); for v in c { try n.encode(v) } }
}
struct Picky: Decodable { init(from decoder: any Decoder) throws { let c = try decoder.singleValueContainer(); let n = try c.decode(Int.self)
  if n > 5 { throw DecodingError.dataCorruptedError(in: c, debugDescription: "too big: \(n)") } } }

let encoder = JSONEncoder()
encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
encoder.dateEncodingStrategy = .secondsSince1970
let decoder = JSONDecoder()
decoder.dateDecodingStrategy = .secondsSince1970
func json<T: Encodable>(_ value: T) throws -> String { String(decoding: try encoder.encode(value), as: UTF8.self) }
func back<T: Codable & Equatable>(_ value: T) throws -> Bool { try decoder.decode(T.self, from: encoder.encode(value)) == value }
func read<T: Decodable>(_ type: T.Type, _ text: String) -> String {
  do { return "\(try decoder.decode(type, from: Data(text.utf8)))" } catch let e as DecodingError {
    switch e {
    case .keyNotFound(let key, let c): return "no \(key.stringValue) at \(c.codingPath.map(\.stringValue))"
    case .typeMismatch(let t, let c): return "not \(t) at \(c.codingPath.map(\.stringValue))"
    case .valueNotFound(let t, let c): return "null for \(t) at \(c.codingPath.map(\.stringValue))"
    case .dataCorrupted(let c): return "corrupted: \(c.debugDescription)"
    @unknown default: return "?"
    }
  } catch { return "\(error)" }
}

let person = Person(name: "ann", age: 30, role: .admin, address: Address(street: "main", number: nil, tags: ["a"]), scores: ["x": [1.5, 2], "y": []],
  events: [.login(user: "u", at: 1.5), .logout, .many([1, 2], note: nil)], id: UUID(uuidString: "E621E1F8-C36C-495A-93FC-0C247A3E6E5F")!, when: Date(timeIntervalSince1970: 1e9), data: Data([1, 2, 3]), url: URL(string: "https://example.org/a?b=c")!)
print(try json(person), try back(person))
print(try json(Dog(legs: 3)), (try decoder.decode(Dog.self, from: encoder.encode(Dog(legs: 3)))).name)
print(try json(Box(value: ["k": Box(value: 1, more: [Box(value: 2)])])), try back(Box(value: [1: "one"])), try back(Box(value: Optional<Int>.none)))
print(try json([Row(1), Row(2)]), try decoder.decode([Row].self, from: encoder.encode([Row(5)])))
print(read(Flat.self, #"{"x": 1, "y": 2}"#), read([Int].self, "[1, 2"), read([Int].self, #"[1, "2"]"#), read(Address.self, #"{"number": 1}"#), read([Role].self, #"["admin", "root"]"#))
print(read([Picky].self, "[1, 9]"), read(Person.self, #"{"full_name": null}"#), read([String: Int?].self, #"{"a": null}"#), read(Event.self, #"{"logout": {}}"#), read(Dog.self, #"{"super": {"name": "d"}}"#))
let plist = PropertyListEncoder()
plist.outputFormat = .xml
print(try PropertyListDecoder().decode(Person.self, from: plist.encode(person)) == person)
do { _ = try json(Double.nan) } catch EncodingError.invalidValue(let v, _) { print("invalid", v) }
