// Stage 5: the context `profile`: who called whom, how often, for how long, and with what memory.
import CRay
import Glibc
import Ray

/// Counts calls, loads, retains, releases and allocations exactly, and takes the time of calls from
/// the processor's timestamp counter. At the end it writes all of it to a file as the JSON of
/// Sources/RayReport/Profile.swift.
///
/// `-W 'profile -o FILE'`; `rayc profile` is a command of its own, and shows the result.
///
/// Cost: some tens of nanoseconds a call, two of them looks at the counter; a nanosecond or two for
/// a load or a retain.
struct Profile: ConfigurableContext {
  private let thread: UnsafeMutablePointer<ThreadProfile>

  init(thread: UnsafeMutablePointer<ThreadProfile>) { self.thread = thread }

  init(arguments: [String]) throws {
    _ = try ProfileOptions.shared(arguments)
    thread = .allocate(capacity: 1)
    thread.initialize(to: ThreadProfile())
  }

  mutating func willCall(_ site: Site, _ arguments: Arguments) {
    thread.pointee.call(site.index, isTimed: site.kind == .call)
  }

  mutating func didCall(_ site: Site, _ outcome: Outcome) { thread.pointee.endCall(site.index) }

  mutating func didEnter(_ function: Site) { thread.pointee.enter(Int32(function.index)) }

  mutating func willLeave(_ function: Site) { thread.pointee.leave(Int32(function.index)) }

  mutating func load<T>(_ value: T, at site: Site) -> T {
    thread.pointee.sites.add(1, 0, at: site.index)
    return value
  }

  mutating func runtime(_ operation: RuntimeOperation, at site: Site) {
    thread.pointee.runtime(operation, site.index)
  }

  mutating func merge(_ other: Profile) {
    other.thread.pointee.end()
    thread.pointee.merge(&other.thread.pointee)
    other.thread.deinitialize(count: 1)
    other.thread.deallocate()
  }

  mutating func finish() {
    thread.pointee.end()
    let text = ProfileText(thread.pointee).text
    guard let file = (try? ProfileOptions.shared([]))?.file else { return }
    if let problem = _replace(file, with: text) {
      _write("rayc: cannot write '\(file)': \(problem)\n", to: 2)
    }
  }
}

struct ProfileOptions: Sendable {
  var file = ""

  nonisolated(unsafe) private static var parsed: ProfileOptions?

  static func shared(_ arguments: [String]) throws -> ProfileOptions {
    if let parsed { return parsed }
    var options = ProfileOptions()
    var arguments = _ContextArguments(arguments, known: "-o FILE")
    while let argument = arguments.next() {
      guard argument == "-o" else { throw arguments.unknown(argument) }
      options.file = _outputPath(try arguments.value(of: argument))
    }
    if options.file.isEmpty {
      throw _ContextProblem("write where the profile goes: 'profile -o FILE'")
    }
    parsed = options
    ProfileClock.start()
    return options
  }
}
