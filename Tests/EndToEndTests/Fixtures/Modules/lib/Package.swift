// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "lib",
  products: [.library(name: "Shared", type: .dynamic, targets: ["Marks", "Shared", "Evolving"])],
  targets: [
    .target(name: "Marks"),
    .target(name: "Shared", dependencies: ["Marks"]),
    .target(
      name: "Evolving", dependencies: ["Marks"],
      swiftSettings: [.unsafeFlags(["-enable-library-evolution"])]),
  ],
  swiftLanguageModes: [.v5])
