import Ray

/// Whether a call is one that Programs/failing.swift makes to see it fail.
private func isOfInterest(_ site: Site) -> Bool {
  site.file.hasSuffix("failing.swift") && !site.shortCallee.contains("fail()")
    && site.shortFunction.hasSuffix(".main(_:)")
}

/// Writes how each call ends, and changes nothing.
struct Endings: RayContext {
  mutating func outcome<T>(
    _ outcome: Result<T, any Error>, of site: Site
  ) -> Result<T, any Error> {
    guard isOfInterest(site) else { return outcome }
    let name = site.shortCallee.drop { $0 != "." }.dropFirst().prefix { $0 != "(" }
    switch outcome {
    case .success: print("+ \(name) \(T.self)")
    case .failure(let error): print("+ \(name) \(T.self) threw \(type(of: error))")
    }
    return outcome
  }
  mutating func didCall(_ site: Site, _ outcome: Outcome) {
    if isOfInterest(site), case .threw(let error) = outcome { print("+ did throw \(type(of: error))") }
  }
}

/// Fails what succeeds, and lets succeed what fails.
struct Turning: RayContext {
  struct Turned: Error {}
  mutating func outcome<T>(
    _ outcome: Result<T, any Error>, of site: Site
  ) -> Result<T, any Error> {
    guard isOfInterest(site) else { return outcome }
    if case .success = outcome { return .failure(Turned()) }
    let values: [Any] = ["turned, long enough to lie on the heap", -1, -2.5, (), [9]]
    for case let value as T in values { return .success(value) }
    return outcome
  }
}

/// What an outcome has been turned into is what the hooks behind see.
struct Seeing: RayContext {
  mutating func result<T>(_ value: T, of site: Site) -> T {
    if isOfInterest(site), site.shortCallee.contains(".text(") { print("+ sees \(value)") }
    return value
  }
  mutating func didCall(_ site: Site, _ outcome: Outcome) {
    guard isOfInterest(site), site.shortCallee.contains(".text(") else { return }
    if case .threw(let error) = outcome { print("+ sees \(error)") }
  }
}

/// Puts another error in the place of one: of the type that is thrown, or of another.
struct Renaming: RayContext {
  struct Other: Error {}
  mutating func outcome<T>(
    _ outcome: Result<T, any Error>, of site: Site
  ) -> Result<T, any Error> {
    guard isOfInterest(site), case .failure = outcome else { return outcome }
    return .failure(Other())
  }
}
