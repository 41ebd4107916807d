// swift-tools-version: 6.2
// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import PackageDescription

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")

/// Knows no Foundation, file, socket, clock or global random source.
func pure(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: [.strictMemorySafety()])
}

/// May touch the operating system.
func shell(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], in folder: String? = nil) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "Support"] + dependencies,
        path: folder.map { "Tests/\($0)" })
}

let package = Package(
    name: "sward",
    products: [
        .executable(name: "sward", targets: ["sward"]),
        .library(
            name: "Sward",
            targets: [
                "SwardPrimitives", "SwardSPDX", "SwardDetection", "SwardPolicy", "SwardReport", "SwardScan",
                "SwardCrypto", "SwardMetainfo", "SwardBundle", "SwardPackaging",
                "SwardDHT", "SwardWire", "SwardSwarm", "SwardStorage", "SwardEngine",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    ],
    targets: [
        // System libraries.
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"])]),
        .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlidec", providers: [.apt(["libbrotli-dev"])]),

        // Our C: hashing kernels, and data that is embedded rather than parsed at start.
        .target(name: "CSwardHash"),

        // libnatpmp and miniupnpc, loaded when a port is to be mapped.
        .target(name: "CPortMapping"),
        .target(name: "CLicenseIndex", exclude: ["data"]),

        // Pure.
        pure("SwardPrimitives"),
        pure("SwardBencode", ["SwardPrimitives"]),
        pure("SwardSPDX", ["SwardPrimitives", "CLicenseIndex"]),
        pure("SwardHash", ["SwardPrimitives", "CSwardHash", crypto]),
        pure("SwardCrypto", ["SwardPrimitives", "CSodium", "COpenSSL"]),
        pure("SwardMerkle", ["SwardPrimitives", "SwardHash"]),
        pure("SwardMetainfo", ["SwardPrimitives", "SwardBencode", "SwardHash", "SwardMerkle"]),
        pure("SwardJSON"),
        pure("SwardDetection", ["SwardPrimitives", "SwardSPDX", "CLicenseIndex"]),
        pure(
            "SwardMetadata",
            [
                "SwardPrimitives", "SwardSPDX", "SwardJSON", "SwardCrypto", "SwardDetection", "CZlib",
                "CBrotli",
                "CLZMA", crypto, cryptoExtras,
            ]),
        pure("SwardPolicy", ["SwardPrimitives", "SwardSPDX", "SwardDetection", "CLicenseIndex", toml]),
        pure(
            "SwardReport",
            ["SwardPrimitives", "SwardSPDX", "SwardHash", "SwardDetection", "SwardPolicy"]),
        pure(
            "SwardBundle",
            [
                "SwardPrimitives", "SwardBencode", "SwardSPDX", "SwardCrypto", "SwardMetainfo", "SwardPolicy",
            ]),
        pure(
            "SwardWire", ["SwardPrimitives", "SwardBencode", "SwardHash", "SwardCrypto", nioCore]),
        pure("SwardUTP", [collections, nioCore]),
        pure("SwardPCP", ["SwardPrimitives"]),
        pure("SwardTracker", ["SwardPrimitives", "SwardBencode", "SwardHash"]),
        pure("SwardDHT", ["SwardPrimitives", "SwardBencode", "SwardHash", "SwardCrypto", collections]),
        pure(
            "SwardSwarm",
            [
                "SwardPrimitives", "SwardBencode", "SwardHash", "SwardMerkle", "SwardMetainfo", "SwardWire",
                collections,
                nioCore,
            ]),

        // Shells.
        shell("SwardArchive", ["SwardPrimitives", "CArchive"]),
        shell("SwardFetch", ["SwardPrimitives", "SwardHash", "CCurl"]),
        shell(
            "SwardStorage",
            [
                "SwardPrimitives", "SwardBencode", "SwardHash", "SwardMerkle", "SwardMetainfo", nioCore,
                nioPosix,
            ]),
        shell(
            "SwardScan",
            [
                "SwardPrimitives", "SwardSPDX", "SwardJSON", "SwardHash", "SwardDetection", "SwardMetadata",
                "SwardPolicy", "SwardReport", "SwardArchive", toml, grdb,
            ]),
        shell(
            "SwardPackaging",
            [
                "SwardPrimitives", "SwardBencode", "SwardSPDX", "SwardJSON", "SwardHash", "SwardCrypto",
                "SwardMerkle",
                "SwardMetainfo", "SwardDetection", "SwardPolicy", "SwardReport", "SwardScan", "SwardBundle",
                "SwardArchive", "SwardFetch", "SwardStorage", toml,
            ]),
        shell(
            "SwardEngine",
            [
                "SwardPrimitives", "SwardBencode", "SwardHash", "SwardMerkle", "SwardMetainfo", "SwardPolicy",
                "SwardBundle", "SwardWire", "SwardUTP", "SwardTracker", "SwardDHT", "SwardSwarm",
                "SwardStorage", "SwardFetch", "SwardPCP", "CPortMapping",
                logging,
                nioCore, nioPosix,
            ]),

        // Products.
        shell(
            "SwardCLI",
            [
                "SwardPrimitives", "SwardBencode", "SwardSPDX", "SwardJSON", "SwardCrypto", "SwardMetainfo",
                "SwardDetection", "SwardPolicy", "SwardReport", "SwardScan", "SwardDHT",
                "SwardBundle", "SwardWire", "SwardSwarm", "SwardArchive",
                "SwardStorage", "SwardFetch", "SwardPackaging", "SwardEngine", argumentParser, logging, toml,
            ]),
        // The static library of Swift asks for each symbol to be exported and each address to be relocated one by one: six
        // megabytes that every start reads, and every process holds.
        .executableTarget(
            name: "sward", dependencies: ["SwardCLI"],
            linkerSettings: [
                .unsafeFlags(
                    [
                        "-use-ld=lld", "-Xlinker", "--no-export-dynamic", "-Xlinker", "--icf=safe",
                        "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs",
                    ],
                    .when(platforms: [.linux], configuration: .release))
            ]),
        .executableTarget(
            name: "swarm-bench",
            dependencies: [
                "SwardPrimitives", "SwardMerkle", "SwardMetainfo", "SwardWire", "SwardSwarm",
                "SwarmSimulation",
                "TorrentSupport", "Support", nioCore,
            ],
            path: "Benchmarks/swarm-bench"),

        // Makes the data of CLicenseIndex; run by hand when the SPDX list has a new version.
        .executableTarget(
            name: "license-index", dependencies: ["SwardSPDX", "SwardDetection", "CLicenseIndex"]),

        // Measures the hashing kernels; `Benchmarks/hash.sh` pairs it with openssl.
        .executableTarget(
            name: "sward-bench", dependencies: ["SwardHash", "SwardPrimitives", "SwardStorage"],
            path: "Benchmarks/sward-bench"),

        // How well licenses are told: `make eval`.
        .executableTarget(
            name: "license-eval",
            dependencies: [
                "SwardSPDX", "SwardDetection", "SwardMetadata", "SwardPolicy", "SwardReport", "SwardScan",
                "Hostile", "Support",
            ],
            path: "Benchmarks/license-eval"),

        // Tests.
        .target(
            name: "Support", dependencies: ["SwardPrimitives"], path: "Tests/Support"),
        .target(
            name: "Hostile", dependencies: ["SwardPrimitives", "SwardDetection"], path: "Tests/Hostile"),
        .target(
            name: "TorrentSupport",
            dependencies: ["Support", "SwardPrimitives", "SwardHash", "SwardMerkle", "SwardMetainfo"],
            path: "Tests/TorrentSupport"),
        // Many cores on one clock; tests run it for its rules, `swarm-bench` for its scale.
        .target(
            name: "SwarmSimulation",
            dependencies: [
                "Support", "TorrentSupport", "SwardPrimitives", "SwardHash", "SwardMetainfo", "SwardWire",
                "SwardSwarm", nioCore,
            ],
            path: "Tests/SwarmSimulation"),
        tests("SwardPrimitives"),
        tests("SwardBencode"),
        tests("SwardSPDX"),
        tests("SwardHash", [crypto]),
        tests("SwardCrypto"),
        .testTarget(
            name: "MinisignInteropTests", dependencies: ["SwardCrypto", "Support"],
            path: "Tests/Interop/minisign"),
        tests("SwardMerkle", ["SwardHash"]),
        tests("SwardMetainfo", ["SwardBencode", "SwardHash", "SwardMerkle"]),
        .target(
            name: "Fuzz",
            dependencies: [
                "SwardPrimitives", "SwardBencode", "SwardHash", "SwardMetainfo", "SwardCrypto",
                "SwardTracker", "SwardDHT",
                "SwardSPDX", "SwardPolicy", "SwardDetection", "SwardMetadata", "SwardArchive", "SwardScan",
                "SwardWire", "SwardUTP", "SwardSwarm", "SwardPCP", "SwardBundle", "SwardStorage",
                nioCore,
            ],
            path: "Tests/Fuzz/Entries"),
        .testTarget(
            name: "FuzzTests", dependencies: ["Fuzz", "Support", "SwardBencode"], path: "Tests/Fuzz/Replay"),
        tests("SwardJSON"),
        tests("SwardDetection", ["SwardSPDX", "CLicenseIndex", "Hostile"]),
        tests("SwardMetadata", ["SwardSPDX", "SwardJSON", "SwardDetection", "Hostile"]),
        tests("SwardPolicy", ["SwardSPDX", "SwardDetection"]),
        tests("SwardReport", ["SwardSPDX", "SwardHash", "SwardJSON", "SwardDetection", "SwardPolicy"]),
        tests("SwardScan", ["SwardSPDX", "SwardJSON", "SwardDetection", "SwardPolicy", "SwardReport"]),
        tests("SwardBundle", ["SwardBencode", "SwardSPDX", "SwardCrypto", "SwardMetainfo", "SwardPolicy"]),
        tests("SwardWire", ["SwardBencode", "SwardHash", "SwardCrypto", nioCore]),
        tests("SwardUTP", [nioCore]),
        tests("SwardPCP"),
        tests("SwardTracker", ["SwardBencode", "SwardHash"]),
        tests("SwardDHT", ["SwardBencode", "SwardHash", "SwardCrypto"]),
        .testTarget(
            name: "TrackerInteropTests",
            dependencies: ["SwardPrimitives", "SwardTracker", "SwardFetch", "Support"],
            path: "Tests/Interop/tracker"),
        tests(
            "SwardSwarm",
            [
                "SwardBencode", "SwardHash", "SwardMerkle", "SwardMetainfo", "SwardWire", "TorrentSupport",
                "SwarmSimulation",
                nioCore,
            ]),
        tests("SwardArchive"),
        tests("SwardFetch", ["SwardHash"]),
        tests(
            "SwardStorage",
            ["SwardHash", "SwardMerkle", "SwardMetainfo", "TorrentSupport", nioCore, nioPosix]),
        tests(
            "SwardPackaging",
            [
                "SwardBencode", "SwardSPDX", "SwardJSON", "SwardHash", "SwardCrypto", "SwardMetainfo",
                "SwardDetection", "SwardPolicy", "SwardReport", "SwardScan", "SwardBundle", "SwardArchive",
                "SwardFetch",
            ]),
        tests(
            "SwardEngine",
            [
                "SwardMetainfo", "SwardPolicy", "SwardBundle", "SwardWire", "SwardSwarm", "SwardStorage",
                "TorrentSupport", logging,
                nioCore,
                nioPosix,
            ]),
        // Sees what a package that depends on the library sees.
        .testTarget(
            name: "LibraryTests",
            dependencies: [
                "SwardPrimitives", "SwardSPDX", "SwardDetection", "SwardPolicy", "SwardReport", "SwardScan",
                "SwardCrypto", "SwardMetainfo", "SwardBundle", "SwardPackaging",
                "SwardDHT", "SwardSwarm", "SwardEngine", logging,
            ],
            packageAccess: false),
        .testTarget(
            name: "LicenseIndexTests",
            dependencies: ["license-index", "SwardDetection", "CLicenseIndex", "Support"]),
        tests("SwardCLI", ["SwardBundle", "SwardEngine", "SwardMetainfo", "SwardPackaging"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu17
)

// Links only with libFuzzer, so it is here only for `Tests/Fuzz/run`; what is ours is then built to be fuzzed.
if Context.environment["SWARD_FUZZ"] != nil {
    let isChecked = Context.environment["SWARD_FUZZ_SANITIZER"] == "address"
    let sanitizers = isChecked ? "-sanitize=fuzzer,address" : "-sanitize=fuzzer"
    for target in package.targets where target.type == .regular {
        if target.name.hasPrefix("Sward") {
            target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags([sanitizers])]
        } else if isChecked && target.name.first == "C" {
            target.cSettings = [.unsafeFlags(["-fsanitize=undefined", "-fno-sanitize-recover=undefined"])]
        }
    }
    package.targets.append(
        .executableTarget(
            name: "fuzzer", dependencies: ["Fuzz"], path: "Tests/Fuzz/LibFuzzer",
            swiftSettings: [.unsafeFlags(["-parse-as-library"])],
            // gold fails on libFuzzer's interceptors.
            linkerSettings: [.unsafeFlags([sanitizers, "-use-ld=lld"])]))
}

for target in package.targets where target.type != .system && target.name.first != "C" {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .treatAllWarnings(as: .error),
        ]
}
