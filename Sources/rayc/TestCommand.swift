import ArgumentParser
import RayDriver
import SystemPackage

struct TestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run a package's tests, instrumented.",
    discussion: """
      What comes after '--' goes to 'swift test'. Optimised tests that import '@testable' need \
      '-Xswiftc -enable-testing', as they do with 'swift test'.

      EXAMPLES:
        rayc test
        rayc test --package-path MyPackage --filter ParserTests
        rayc test --local --exclude 'module:*Tests'
        rayc test --enable-code-coverage
        rayc test -c release -Xswiftc -enable-testing -- --parallel
      """)

  @Option(help: ArgumentHelp("Run only tests that match this pattern.", valueName: "pattern"))
  var filter: [String] = []

  @Flag(help: "Gather code coverage, as 'swift test' does.")
  var enableCodeCoverage = false

  @OptionGroup(title: "Context") var context: ContextOptions
  @OptionGroup(title: "What is observed") var selection: SelectionOptions
  @OptionGroup(title: "Build") var build: BuildOptions
  @OptionGroup(title: "Package") var package: PackageOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Argument(parsing: .postTerminator, help: "Further arguments for 'swift test'.")
  var arguments: [String] = []

  func run() async throws {
    try await withSession(output) { session in
      let more =
        filter.flatMap { ["--filter", $0] }
        + (enableCodeCoverage ? ["--enable-code-coverage"] : []) + arguments
      let reader = try package.reader(session)
      let request = try await package.request(reader, .test(arguments: more), build, output)
      var lock: FileLock?
      _ = try await Building.package(
        session, request, context.parsed(), selection, reader, holding: &lock)
      withExtendedLifetime(lock) {}
    }
  }
}
