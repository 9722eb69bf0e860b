import Ray

/// Which outputs depend on an input? Every result of a function `input` gets a bit of its own, by
/// the order of the calls; what is given to a function `output` is asked for its bits.
///
///     $ rayc run -W 'Examples/DependsOn.swift:DependsOn 3' Examples/Forecast.swift
///     output 1 does not depend on input 3
///     chill 18.0
///     output 2 does not depend on input 3
///     comfort 40.5
///     output 3 depends on input 3
///     storm 20.0
struct DependsOn: ConfigurableContext, TaggingContext {
  private let wanted: Int
  private var inputs = 0, outputs = 0

  init(arguments: [String]) throws { wanted = arguments.first.flatMap { Int($0) } ?? 0 }

  mutating func tag(of operation: TagOperation) -> Tag { operation.union }

  mutating func tag(ofResult value: TaggedValue, at site: Site) -> Tag {
    guard site.shortCallee.contains(".input(") else { return value.tag }
    inputs += 1
    return Tag(rawValue: 1 << (inputs - 1))
  }

  mutating func argument(_ value: TaggedValue, _ index: Int, at site: Site) {
    guard index == 0, site.shortCallee.contains(".output(") else { return }
    outputs += 1
    let depends = value.tag.rawValue >> (wanted - 1) & 1 == 1
    print("output \(outputs) \(depends ? "depends" : "does not depend") on input \(wanted)")
  }
}
