// swift-tools-version: 6.2
import PackageDescription

/// Measurements inside the library; a package of its own, so that no user builds it.
let package = Package(
  name: "stages",
  dependencies: [.package(name: "sidik", path: "../..")],
  targets: [
    .executableTarget(
      name: "stages",
      dependencies: [.product(name: "Sidik", package: "sidik")],
      path: "Sources/Stages",
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
      ]
    )
  ]
)
