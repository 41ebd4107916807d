// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import FoundationEssentials

enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

/// How every command shows its results.
struct OutputOptions: ParsableArguments {
    @Option(name: .long, help: "How to write results.") var format: OutputFormat = .text
    @Flag(name: .shortAndLong, help: "No progress, no remarks; results and errors only.") var quiet = false

    var console: Console { .live }

    /// Writes `report` as JSON, or hands the console to `text`.
    func show(_ report: some Encodable, text: (Console) -> Void) throws {
        switch format {
        case .text: text(console)
        case .json: try Self.printJSON(report, isPretty: true)
        }
    }

    /// One value as JSON; `isPretty` is off where each line is an event of a stream.
    static func printJSON(_ report: some Encodable, isPretty: Bool) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            isPretty
            ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
        Console.live.write([UInt8](try encoder.encode(report)) + [UInt8(ascii: "\n")])
    }
}
