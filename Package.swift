// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "rayc",
  products: [
    .library(name: "Ray", targets: ["Ray"]),
    .library(name: "RayGraph", targets: ["RayGraph"]),
    .executable(name: "rayc", targets: ["rayc"]),
    .executable(name: "rayc-frontend", targets: ["rayc-frontend"]),
    .plugin(name: "RaycCommand", targets: ["RaycCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    // 0: the contract between pass, runtime and Swift.
    .target(name: "CRay", dependencies: ["CTape"]),
    // 6: how a recording is written: what its writer, in C, and its reader share.
    .target(name: "CTape"),
    // 5: what a context imports, and the contexts that come with rayc.
    .target(name: "Ray", dependencies: ["CRay"], exclude: ["CMakeLists.txt", "Glue"]),
    .target(name: "RayContexts", dependencies: ["Ray", "RayGraph", "CTape"]),
    // 1-4: plan(request) -> [Job], then execute.
    .target(
      name: "RayDriver",
      dependencies: [
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    // 6: recordings, read.
    .target(name: "RayTrace", dependencies: ["CTape"]),
    // 7: what people look at.
    .target(name: "RayReport", dependencies: ["RayTrace"]),
    // 7: IR as text: taken apart, compared, shown.
    .target(name: "RayListing", exclude: ["diff.html"]),
    // Data-flow graphs: recorded, drawn, optimised, run.
    .target(name: "RayGraph", exclude: ["CMakeLists.txt", "graph.html"]),
    // 7: Swift written again of what the compiler made of it.
    .target(name: "RaySource"),
    .executableTarget(
      name: "rayc",
      dependencies: [
        "RayDriver", "RayGraph", "RaySource", "RayListing", "RayReport", "RayTrace",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // `swift package rayc …` in packages that depend on this one.
    .plugin(
      name: "RaycCommand",
      capability: .command(
        intent: .custom(
          verb: "rayc",
          description: "See every call and load of the package's programs and tests."))),
    // 1-3: runs once per compile job; links nothing but the standard library.
    .executableTarget(name: "rayc-frontend"),
    .testTarget(name: "RayDriverTests", dependencies: ["RayDriver", "rayc", "rayc-frontend"]),
    .testTarget(name: "RayGraphTests", dependencies: ["RayGraph"]),
    .testTarget(name: "RaySourceTests", dependencies: ["RaySource"]),
    .testTarget(name: "RayListingTests", dependencies: ["RayListing"]),
    .testTarget(name: "RayTraceTests", dependencies: ["RayTrace", "RayReport", "CTape"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["RayDriver", .product(name: "Subprocess", package: "swift-subprocess")],
      resources: [.copy("Fixtures")]),
  ],
  swiftLanguageModes: [.v6]
)
