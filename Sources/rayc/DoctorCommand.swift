import ArgumentParser
import RayDriver

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check that everything rayc needs is there, and say how to mend what is not.")

  func run() async throws {
    let checks = await Doctor.check(
      toolkit: .ofThisProcess(), environment: processEnvironment())
    let width = checks.map(\.name.count).max() ?? 0
    for check in checks {
      let padding = String(repeating: " ", count: width - check.name.count)
      print("\(check.problem == nil ? "ok  " : "FAIL")  \(check.name)\(padding)  \(check.found)")
      if let problem = check.problem { print("      \(problem)") }
    }
    if checks.contains(where: { $0.problem != nil }) { throw ExitCode(1) }
  }
}
