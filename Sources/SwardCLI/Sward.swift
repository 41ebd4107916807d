// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser

/// The root command.
struct Sward: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "sward",
        abstract: "Share works of the commons over BitTorrent, with their licenses inside.",
        version: version,
        subcommands: [
            Pack.self, Inspect.self, Seed.self, Fetch.self, Verify.self, Scan.self, License.self, Key.self,
            DHT.self,
        ])
}
