// swift-tools-version: 6.2
import PackageDescription

/// Settings every Swift target is built with: each finding is an error.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let strictC: [CSetting] = [
  .enableWarning("all"),
  .enableWarning("extra"),
  .enableWarning("conversion"),
  .treatAllWarnings(as: .error),
]

/// A Swift target under `Sources/` with the strict settings.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A test target under `Tests/` with the strict settings.
func tests(
  _ name: String,
  _ dependencies: [Target.Dependency],
  exclude: [String] = []
)
  -> Target
{
  .testTarget(
    name: name,
    dependencies: dependencies,
    exclude: exclude,
    swiftSettings: strict
  )
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)

let package = Package(
  name: "sidik",
  products: [
    .library(name: "Sidik", targets: ["Sidik"]),
    .executable(name: "sidik", targets: ["SidikCLI"]),
    // libsidik_c.so, for C and all that can load it; its header is include/sidik.h.
    .library(name: "sidik_c", type: .dynamic, targets: ["SidikC"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    .target(name: "CSidikKernels", cSettings: strictC),
    // The parts of the report's page, embedded by the preprocessor.
    .target(name: "CSidikPage", exclude: ["Page"], cSettings: strictC),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    module("SidikCore", ["CSidikKernels", "COpenSSL"]),
    module("SidikIndex", ["SidikCore"]),
    module("SidikStore", ["SidikCore", "CSidikKernels", "CZstd"]),
    module("SidikPassages", ["SidikCore"]),
    module("SidikCluster", ["SidikIndex", "SidikStore", "SidikPassages", "SidikCore"]),
    module("SidikEvaluation", ["SidikCluster", "SidikIndex", "SidikCore"]),
    module("SidikFormats", ["SidikCore", "CSidikKernels", "CZlib", "CZstd"]),
    module(
      "SidikReport",
      [
        "SidikCluster", "SidikEvaluation", "SidikFormats", "SidikStore", "SidikIndex", "SidikCore",
        "CSidikPage",
      ]
    ),
    module(
      "Sidik",
      [
        "SidikCore", "SidikIndex", "SidikStore", "SidikPassages", "SidikCluster",
        "SidikEvaluation", "SidikFormats", "SidikReport",
      ]
    ),
    .systemLibrary(name: "CSidik", path: "include"),
    module("SidikC", ["Sidik", "CSidik"]),
    .executableTarget(
      name: "SidikCLI",
      dependencies: ["Sidik", argumentParser],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "IndexBenchmark",
      dependencies: ["Sidik"],
      path: "Benchmarks/Index"
    ),
    .target(
      name: "SidikTestSupport",
      dependencies: ["SidikCore"],
      path: "Tests/SidikTestSupport",
      swiftSettings: strict
    ),
    tests("KernelTests", ["CSidikKernels", "SidikCore", "SidikTestSupport"]),
    tests("SidikCoreTests", ["SidikCore", "SidikTestSupport"], exclude: ["Sketch/Vectors"]),
    tests("SidikIndexTests", ["SidikIndex", "SidikCore", "SidikTestSupport"]),
    tests("SidikStoreTests", ["SidikStore", "SidikCore", "SidikTestSupport"]),
    tests("SidikPassagesTests", ["SidikPassages", "SidikCore", "SidikTestSupport"]),
    tests(
      "SidikClusterTests",
      [
        "SidikCluster", "SidikReport", "SidikEvaluation", "SidikIndex", "SidikStore", "SidikCore",
        "SidikTestSupport",
      ]
    ),
    tests(
      "SidikEvaluationTests",
      [
        "SidikEvaluation", "SidikReport", "SidikCluster", "SidikFormats", "SidikIndex", "SidikCore",
        "SidikTestSupport",
      ]
    ),
    tests(
      "SidikFormatsTests",
      ["SidikFormats", "SidikCore", "SidikTestSupport", "CSidikKernels", "CZlib", "CZstd"]
    ),
    tests(
      "SidikReportTests",
      [
        "SidikReport", "SidikCluster", "SidikFormats", "SidikCore", "SidikTestSupport", "CZlib",
      ]
    ),
    tests(
      "SidikCLITests",
      ["SidikCLI", "Sidik", "SidikTestSupport"],
      exclude: ["Golden", "Index/kill-at-write.c"]
    ),
    tests("SidikCTests", ["SidikC", "CSidik", "Sidik", "SidikTestSupport"]),
    tests("ArchitectureTests", ["SidikTestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
