// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SwardDetection
import SwardMetadata
import SwardSPDX

/// How well licenses are told, by class, over the labelled cases of `Fixtures/licenses` and the texts at hand.
///
///     license-eval [--verbose] CASES…
///
/// A case file holds records: a line `=== LABEL @ PATH`, then the bytes. The label is an SPDX expression or `NONE`; in
/// `marks.cases` it is a mark's name or `NONE`.
@main struct Evaluation {
    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let isVerbose = arguments.contains("--verbose")
        arguments.removeAll { $0 == "--verbose" }
        print("class           cases  exact  found   rate")
        for path in arguments {
            let cases = try LabelledCase.read(path)
            let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            var score = Score()
            for entry in cases {
                let outcome = name == "marks" ? entry.judgeMarks() : entry.judgeExpression()
                score.add(outcome)
                if isVerbose, !outcome.isExact {
                    print(
                        "  \(path):\(entry.line): \(entry.path): expected \(entry.label), got \(outcome.answer)"
                    )
                }
            }
            print(score.row(name))
        }
    }
}

struct Score {
    var cases = 0, exact = 0, found = 0

    mutating func add(_ outcome: Outcome) {
        cases += 1
        if outcome.isExact { exact += 1 }
        if outcome.answer != "NONE" { found += 1 }
    }

    func row(_ name: String) -> String {
        let rate = cases == 0 ? 0 : 100 * Double(exact) / Double(cases)
        let columns = [cases, exact, found].map { String($0).leftPadded(to: 7) }.joined()
        return name.padding(toLength: 14, withPad: " ", startingAt: 0) + columns
            + String(format: "%6.1f %%", rate)
    }
}

struct Outcome {
    var isExact: Bool
    var answer: String
}

struct LabelledCase {
    var label: String
    var path: String
    var text: [UInt8]
    /// Of the label, from 1.
    var line: Int

    static func read(_ path: String) throws -> [LabelledCase] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var cases: [LabelledCase] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("=== ") {
                let parts = line.dropFirst(4).split(separator: "@", maxSplits: 1)
                guard parts.count == 2 else { throw BadCase(path: path, line: index + 1) }
                cases.append(
                    LabelledCase(
                        label: parts[0].trimmingCharacters(in: .whitespaces),
                        path: parts[1].trimmingCharacters(in: .whitespaces), text: [], line: index + 1))
            } else if !cases.isEmpty {
                cases[cases.count - 1].text += Array(line.utf8) + [UInt8(ascii: "\n")]
            }
        }
        return cases
    }

    func detection() -> (FileDetection, [FileMetadata]) {
        unsafe text.withUnsafeBytes { bytes in
            unsafe (
                LicenseDetector().detect(bytes, role: FileRole(path: path)),
                MetadataReader.read(path: path, bytes: bytes, limits: MetadataLimits())
            )
        }
    }

    func judgeExpression() -> Outcome {
        let (detection, metadata) = detection()
        // A manifest's statement speaks where there is one: it is read more exactly than its words as prose.
        let stated = metadata.flatMap(\.findings).map(\.expression)
        let answer = stated.isEmpty ? detection.expression : LicenseExpression.all(stated).normalized
        let text = answer?.description ?? "NONE"
        if label == "NONE" { return Outcome(isExact: answer == nil, answer: text) }
        guard let expected = try? LicenseExpression.parse(label), let answer else {
            return Outcome(isExact: false, answer: text)
        }
        return Outcome(isExact: answer.isEquivalent(to: expected), answer: text)
    }

    func judgeMarks() -> Outcome {
        let (detection, metadata) = detection()
        let marks = Set((detection.evidence + metadata.flatMap(\.evidence)).map(\.mark.rawValue))
        let text = marks.isEmpty ? "NONE" : marks.sorted().joined(separator: " ")
        return Outcome(isExact: label == "NONE" ? marks.isEmpty : marks.contains(label), answer: text)
    }
}

struct BadCase: Error, CustomStringConvertible {
    var path: String, line: Int
    var description: String { "\(path):\(line): expected `=== LABEL @ PATH`" }
}

extension String {
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
