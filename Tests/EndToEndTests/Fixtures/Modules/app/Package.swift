// swift-tools-version: 6.0
import PackageDescription

let shared = Target.Dependency.product(name: "Shared", package: "lib")
let package = Package(
  name: "app", dependencies: [.package(path: "../lib")],
  targets: [
    .target(name: "Static", dependencies: [shared]),
    .target(name: "UseStatic", dependencies: ["Static", shared]),
    .target(name: "UseShared", dependencies: [shared]),
    .target(name: "UseEvolving", dependencies: [shared]),
    .executableTarget(
      name: "App", dependencies: ["UseStatic", "UseShared", "UseEvolving", shared]),
  ],
  swiftLanguageModes: [.v5])
