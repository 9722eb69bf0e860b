// swift-tools-version: 6.0
import PackageDescription

// A NaN is born in Statistics and seen in app, three modules later.
let package = Package(
  name: "Origin",
  targets: [
    .target(name: "Statistics"),
    .target(name: "Survey", dependencies: ["Statistics"]),
    .target(name: "Model", dependencies: ["Survey"]),
    .executableTarget(name: "app", dependencies: ["Model"]),
  ]
)
