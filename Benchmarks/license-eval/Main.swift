// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Hostile
import Support
import SwardDetection
import SwardMetadata
import SwardPolicy
import SwardReport
import SwardScan
import SwardSPDX

/// How well licenses are told, by class, over the labelled cases of `Fixtures/licenses` and over trees at hand.
///
///     license-eval [--verbose] CASES… [--tree FOLDER LABELS…]
///     license-eval --hostile [MIB [NAME]]
///     license-eval --work FILES…
///
/// A case file holds records: a line `=== LABEL @ PATH`, then the bytes. The label is an SPDX expression or `NONE`; in
/// `marks.cases` it is a mark's name or `NONE`; `trees.cases` holds whole trees (``MarkedTree``). A label file names files of a folder, one a line: `LABEL<TAB>PATH`.
@main struct Evaluation {
    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let isVerbose = arguments.contains("--verbose")
        arguments.removeAll { $0 == "--verbose" }
        if arguments.first == "--hostile" {
            let rest = Array(arguments.dropFirst())
            HostileTimes.show(
                mebibytes: rest.first.flatMap(Double.init) ?? 1, named: rest.dropFirst().first ?? "")
            return
        }
        if arguments.first == "--work" {
            HostileTimes.showWork(Array(arguments.dropFirst()))
            return
        }
        print("class           cases  exact  found   rate   same     F1")
        var tree: LabelledTree?
        while let path = arguments.first {
            arguments.removeFirst()
            if path == "--tree" {
                guard let folder = arguments.first else { throw BadCase(path: "--tree", line: 0) }
                arguments.removeFirst()
                tree = try LabelledTree(folder)
                continue
            }
            let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
            var score = Score()
            func add(_ outcome: Outcome, _ place: String) {
                score.add(outcome)
                if isVerbose, !outcome.isExact {
                    print("  \(place): expected \(outcome.label), got \(outcome.answer)")
                }
            }
            if name == "trees" {
                for tree in try MarkedTree.all() {
                    add(try judge(tree), "\(path):\(tree.line): \(tree.path)")
                }
            } else if let tree {
                for (file, outcome) in try tree.judge(path) { add(outcome, file) }
            } else {
                for entry in try LabelledCase.read(path) {
                    add(
                        name == "marks" ? entry.judgeMarks() : entry.judgeExpression(),
                        "\(path):\(entry.line): \(entry.path)")
                }
            }
            print(score.row(name))
        }
    }

    /// Whether a tree bears its marks and no other; whether its license texts should be there is another matter.
    private static func judge(_ tree: MarkedTree) throws -> Outcome {
        var options = ScanOptions()
        options.selection = .everything
        options.today = CalendarDate(daysSince1970: Int64(Date.now.timeIntervalSince1970) / 86_400)
        let folder = try tree.folder()
        let marks = try Scanner(options).scan(folder.path).judgement.marks
            .filter { $0.mark != .missingText || tree.marks.contains($0.mark.rawValue) }
        let others = marks.filter { !tree.marks.contains($0.mark.rawValue) || $0.path != tree.path }
        return Outcome(
            label: tree.marks.isEmpty ? "NONE" : tree.marks.sorted().joined(separator: " "),
            answer: marks.isEmpty
                ? "NONE" : marks.map { "\($0.mark.rawValue) \($0.path)" }.joined(separator: ", "),
            isExact: others.isEmpty && Set(marks.map(\.mark.rawValue)) == tree.marks)
    }
}

struct Score {
    var cases = 0, exact = 0, found = 0, same = 0
    var overlap = 0.0

    mutating func add(_ outcome: Outcome) {
        cases += 1
        if outcome.isExact { exact += 1 }
        if outcome.answer != "NONE" { found += 1 }
        let (expected, given) = (Self.licenses(outcome.label), Self.licenses(outcome.answer))
        if outcome.isExact || expected == given { same += 1 }
        let common = Double(expected.intersection(given).count)
        overlap += outcome.isExact ? 1 : 2 * common / Double(max(1, expected.count + given.count))
    }

    func row(_ name: String) -> String {
        func rate(_ part: Double) -> String {
            String(format: "%6.1f %%", cases == 0 ? 0 : 100 * part / Double(cases)).leftPadded(to: 7)
        }
        let columns = [cases, exact, found].map { String($0).leftPadded(to: 7) }.joined()
        return name.padding(toLength: max(14, name.count), withPad: " ", startingAt: 0) + columns
            + rate(Double(exact)) + rate(Double(same)) + rate(overlap)
    }

    /// The licenses named, without how they are joined and whether later versions are meant.
    private static func licenses(_ text: String) -> Set<String> {
        guard let expression = try? LicenseExpression.parse(text) else { return [] }
        return Set(
            expression.normalized.terms.map { term in
                var name = term.license.identifier
                for ending in ["-only", "-or-later"] where name.hasSuffix(ending) {
                    name.removeLast(ending.count)
                }
                return name
            })
    }
}

/// A folder that was scanned, to be held against labels.
struct LabelledTree {
    private let found: [String: LicenseExpression]

    init(_ folder: String) throws {
        var options = ScanOptions()
        options.selection = .everything
        options.looksIntoArchives = false
        let report = try Scanner(options).scan(folder)
        found = Dictionary(
            report.files.compactMap { entry in entry.file.expression.map { (entry.file.path, $0) } },
            uniquingKeysWith: { first, _ in first })
    }

    func judge(_ labels: String) throws -> [(file: String, outcome: Outcome)] {
        let text = try String(contentsOfFile: labels, encoding: .utf8)
        return try text.split(separator: "\n").enumerated().map { index, line in
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2 else { throw BadCase(path: labels, line: index + 1) }
            return (String(parts[1]), Outcome(label: String(parts[0]), found[String(parts[1])]))
        }
    }
}

struct Outcome {
    var label: String
    var answer: String
    var isExact: Bool

    init(label: String, _ expression: LicenseExpression?) {
        self.label = label
        answer = expression?.description ?? "NONE"
        guard let expected = try? LicenseExpression.parse(label), label != "NONE", let expression else {
            isExact = label == "NONE" && expression == nil
            return
        }
        isExact = expression.isEquivalent(to: expected)
    }

    init(label: String, answer: String, isExact: Bool) {
        self.label = label
        self.answer = answer
        self.isExact = isExact
    }
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
                LicenseDetector().detect(
                    bytes, role: FileRole(path: path), isHistory: FileRole.isHistory(path: path)),
                MetadataReader.read(path: path, bytes: bytes, limits: MetadataLimits())
            )
        }
    }

    func judgeExpression() -> Outcome {
        let (detection, metadata) = detection()
        // As a scan joins them.
        let terms = FoundTerms.join(detection, metadata) {
            unsafe LicenseDetector().detect($0, role: .notice)
        }
        let answer = terms.expression?.normalized
        return Outcome(label: label, answer)
    }

    func judgeMarks() -> Outcome {
        let (detection, metadata) = detection()
        let marks = Set((detection.evidence + metadata.flatMap(\.evidence)).map(\.mark.rawValue))
        let text = marks.isEmpty ? "NONE" : marks.sorted().joined(separator: " ")
        return Outcome(
            label: label, answer: text, isExact: label == "NONE" ? marks.isEmpty : marks.contains(label))
    }
}

struct BadCase: Error, CustomStringConvertible {
    var path: String, line: Int
    var description: String { "\(path):\(line): expected `=== LABEL @ PATH` or `LABEL<TAB>PATH`" }
}

extension String {
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
