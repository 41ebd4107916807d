// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Glibc

/// The root command.
struct Sward: AsyncParsableCommand {
    static let version = "0.1.0"

    /// What tells this build from any other: what another one found may be wrong by now.
    static var buildIdentity: String {
        var status = stat()
        guard stat("/proc/self/exe", &status) == 0 else { return version }
        return "\(version) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }

    static let configuration = CommandConfiguration(
        commandName: "sward",
        abstract: "Share works of the commons over BitTorrent, with their licenses inside.",
        version: version,
        subcommands: [
            Pack.self, Inspect.self, Seed.self, Fetch.self, Verify.self, Check.self, Scan.self, License.self,
            Key.self, Release.self, DHT.self,
        ])
}
