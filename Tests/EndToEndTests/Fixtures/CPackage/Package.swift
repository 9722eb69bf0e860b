// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "CPackage",
  targets: [
    .target(name: "Counting"),
    .executableTarget(name: "App", dependencies: ["Counting"]),
    .testTarget(name: "AppTests", dependencies: ["App"]),
  ])
