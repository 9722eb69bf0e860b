// What Fuzz/Tags sees of a program: the inputs that each value came from which reaches a sink.
import Glibc
import Ray

struct TagBits: TaggingContext {
  private enum Role: UInt8 { case none, input, sink }
  private var roles: [Site: Role] = [:]
  private var bit: UInt64 = 0, number = 0

  private mutating func role(of site: Site) -> Role {
    if let known = roles[site] { return known }
    let name = site.shortCallee.split(separator: ".").last ?? ""
    let role: Role = name.hasPrefix("input") ? .input : name.hasPrefix("sink") ? .sink : .none
    roles[site] = role
    return role
  }

  // A condition is nothing that a value is made from, also where a branch has become a select.
  mutating func tag(of operation: TagOperation) -> Tag {
    guard operation.kind == .select else { return operation.union }
    return operation.operand(operation.operand(0).bool ? 1 : 2).tag
  }

  mutating func argument(_ value: TaggedValue, _ index: Int, at site: Site) {
    switch role(of: site) {
    case .none: return
    case .input where index == 0: bit = 1 << value.bits
    case .sink where index == 0: number = value.int
    case .sink:
      var line = "tag \(number) \(value.tag.rawValue)\n"
      line.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    default: return
    }
  }

  mutating func tag(ofResult value: TaggedValue, at site: Site) -> Tag {
    role(of: site) == .input ? Tag(rawValue: bit) : value.tag
  }
}
