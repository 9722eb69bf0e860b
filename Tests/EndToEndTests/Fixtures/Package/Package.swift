// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "Fixture",
  products: [.executable(name: "app", targets: ["App"])],
  targets: [
    .target(name: "CLib"),
    .target(name: "Lib", dependencies: ["CLib"], plugins: ["Generate"]),
    .executableTarget(name: "App", dependencies: ["Lib"]),
    .executableTarget(name: "Generator"),
    .plugin(name: "Generate", capability: .buildTool(), dependencies: ["Generator"]),
    .testTarget(name: "LibTests", dependencies: ["Lib"]),
  ])
