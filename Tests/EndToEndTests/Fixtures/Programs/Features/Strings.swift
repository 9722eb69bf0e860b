// Strings: characters, views, slices, interpolation, formatting, Regex literals and builders.

import Foundation
import RegexBuilder

struct Money: CustomStringConvertible { var cents: Int; var description: String { "\(cents / 100).\(String(format: "%02d", cents % 100))" } }
extension String.StringInterpolation {
  mutating func appendInterpolation(_ n: Int, base: Int) { appendLiteral(String(n, radix: base)) }
  mutating func appendInterpolation<T>(maybe value: T?) { if let value { appendInterpolation(value) } else { appendLiteral("-") } }
}
struct Html: ExpressibleByStringInterpolation { var text: String
  init(stringLiteral s: String) { text = s }
  struct StringInterpolation: StringInterpolationProtocol { var out = ""; init(literalCapacity: Int, interpolationCount: Int) {}
    mutating func appendLiteral(_ s: String) { out += s }
    mutating func appendInterpolation<T>(_ v: T) { out += "\(v)".replacing("<", with: "&lt;") } }
  init(stringInterpolation i: StringInterpolation) { text = i.out }
}
func vowels(_ s: some StringProtocol) -> Int { s.count { "aeiou".contains($0) } }
func caesar(_ s: String, _ n: UInt8) -> String { String(decoding: s.utf8.map { (97...122).contains($0) ? ($0 - 97 + n) % 26 + 97 : $0 }, as: UTF8.self) }
func tokens(_ s: String) -> [Substring] { s.split { !$0.isLetter && !$0.isNumber } }

let text = "Grüße, 世界! 👨‍👩‍👧‍👦 e\u{301}té — naïve"
print(text.count, text.unicodeScalars.count, text.utf16.count, text.utf8.count, String(text.reversed()))
print(text.uppercased(), text.lowercased(), text.split(separator: " "), text.prefix(3), text.dropFirst(20), text.firstIndex(of: "世").map { text[$0...].first! } as Any)
for c in text.prefix(8) { print(c, c.isLetter, c.isASCII, c.unicodeScalars.map(\.value), terminator: "|") }
print()
var s = "hello"
s.insert(contentsOf: " big", at: s.endIndex)
s.append(contentsOf: [" ", "w"])
s += "orld"
s.replaceSubrange(s.startIndex...s.startIndex, with: "J")
s.removeAll { $0 == "l" }
print(s, s.hasPrefix("Je"), s.hasSuffix("x"), s < "K", s == "Jeo big word", s.contains("big"), vowels(s), vowels(s.dropFirst(3)), s.hashValue == "Jeo big word".hashValue)
let i = s.index(s.startIndex, offsetBy: 4)
print(s[i], s[..<i], s[s.index(before: i)], s.distance(from: i, to: s.endIndex), s.indices.count, Array(s.utf8.prefix(3)))
print("\(255, base: 16) \(maybe: 5) \(maybe: Optional<Int>.none) \([1, 2]) \(Money(cents: 1205))", ("<b>\("<i>")" as Html).text, #"raw \n \#(1 + 1)"#)
print("""
  multi \
  line
    indented "quotes" \t tab
  """)
print(String(format: "%5.2f|%-6d|%06x|%@|%5d", 3.14159, 42, 255, "obj", 7), String(repeating: "ab", count: 3), String(12345.678), String(0xFF, radix: 2), Int("zz", radix: 36) as Any, Double("1e-3") as Any, Int("x") as Any)
print(caesar("hello, world", 3), tokens("a1, b2;c3"), ["b", "a", "C"].sorted(), ["b", "a", "C"].sorted { $0.lowercased() < $1.lowercased() }, "a,b,,c".components(separatedBy: ","), " x ".trimmingCharacters(in: .whitespaces))
print("e\u{301}" == "é", "e\u{301}".unicodeScalars.count, "é".precomposedStringWithCanonicalMapping.unicodeScalars.count, Character("🇩🇪").unicodeScalars.count, "ß".uppercased(), "ABC".caseInsensitiveCompare("abc") == .orderedSame)
var counts: [Character: Int] = [:]
for c in "mississippi" { counts[c, default: 0] += 1 }
print(counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key)\($0.value)" })
let utf16 = Array("x😀".utf16)
print(utf16, String(decoding: utf16, as: UTF16.self), String(validating: [0xFF, 0x41] as [UInt8], as: UTF8.self) as Any, String(cString: [72, 105, 0] as [CChar]), "abc".withCString { strlen($0) })

let log = "2024-01-15 ERROR [net] timeout after 350ms\n2024-02-20 INFO [db] ok in 12ms\nbad line"
for match in log.matches(of: #/(?<year>\d{4})-(\d\d)-(\d\d) (?<level>[A-Z]+) \[(?<area>\w+)\] .*?(?<ms>\d+)ms/#) { print(match.year, match.2, match.level, match.area, Int(match.ms)! + 1) }
let date = Regex { Capture { Repeat(.digit, count: 4) } transform: { Int($0)! }; "-"; TryCapture { OneOrMore(.digit) } transform: { Int($0).flatMap { $0 <= 12 ? $0 : nil } } }
print(log.firstMatch(of: date).map { "\($0.1 + 1) \($0.2)" } ?? "none", "2024-13".firstMatch(of: date) == nil)
let key = Reference(Substring.self)
let setting = Regex { Capture(as: key) { OneOrMore(.word) }; ZeroOrMore(.whitespace); "="; Optionally { " " }; Capture { ChoiceOf { "on"; "off"; OneOrMore(.digit) } } }.ignoresCase()
for line in ["a = ON", "b=12", "c = maybe"] { if let m = line.wholeMatch(of: setting) { print(m[key], m.2) } else { print("no match:", line) } }
print("a1b22c".replacing(#/\d+/#) { "<\($0.output.count)>" }, "one  two".split(separator: #/\s+/#), "aXbX".ranges(of: "X").count, (try? Regex("(")) == nil, try Regex("a(b)?").wholeMatch(in: "a")!.output[1].substring as Any)
var list = "c,a,b".split(separator: ",")
list.sort()
print(list.joined(separator: "|"), String(list[0]).appending("!"), list.map(String.init).description, "abc".map { "\($0)".unicodeScalars.first!.value })
