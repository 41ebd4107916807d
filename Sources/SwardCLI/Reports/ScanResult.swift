// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardPolicy
import SwardReport
import SwardSPDX

/// A scan as lines for people: what is wrong first, with its reason, then the licenses.
struct ScanResult {
    /// Files named for one problem, and problems of one kind; `--explain` shows all.
    private static let fewPaths = 3
    private static let fewProblems = 12
    /// Of the words behind a mark.
    private static let fewLetters = 160

    private let report: ScanReport
    private let explains: Bool
    /// By fingerprint, what makes the command end with 2 and so is shown whatever it weighs.
    private let reasons: Set<String>

    init(_ report: ScanReport, explains: Bool, reasons: [PolicyFinding] = []) {
        self.report = report
        self.explains = explains
        self.reasons = Set(reasons.map(\.fingerprint))
    }

    func write(to console: Console) {
        for line in lines(isPlain: false, console) { console.print(line) }
    }

    func lines(isPlain: Bool, _ console: Console = .live) -> [String] {
        func styled(_ text: String, _ style: (String) -> String) -> String {
            isPlain ? text : console.styled(text, style)
        }
        var lines = [headline(styled)]
        lines += problems(styled)
        lines += duties(styled)
        lines += licenses(styled)
        lines += explains ? files(styled) : unexplained(styled)
        lines += notes()
        return lines
    }

    private typealias Styled = (String, (String) -> String) -> String

    // MARK: The first line

    private func headline(_ styled: Styled) -> String {
        let verdict = report.judgement.verdict
        let size = "\(Amounts.count(report.counts.files, "file")), \(Amounts.bytes(report.counts.bytes))"
        if report.counts.files == 0, !report.isPartial {
            return "\(styled(Words.shown(report.rootName), Style.bold))  no files"
        }
        var words = verdict.redistribution.rawValue.replacingHyphens
        if let commons = verdict.commons { words += ", \(commons.rawValue)" }
        let isGood = verdict.redistribution == .permitted && verdict.commons != .enclosed
        var line = "\(styled(Words.shown(report.rootName), Style.bold))  \(size)  "
        line += styled(
            words, isGood ? Style.green : verdict.redistribution == .notPermitted ? Style.red : Style.yellow)
        if report.counts.fromCache > 0, explains {
            line += "  (\(report.counts.fromCache) known from before)"
        }
        if report.isPartial {
            let why = report.unread.isEmpty ? "the scan was stopped" : "some of it could not be read"
            line += "  " + styled("not whole: \(why)", Style.yellow)
        }
        return line
    }

    // MARK: Problems

    private struct Problem {
        let finding: PolicyFinding
        var paths: [String]
        /// Of files that are not among them; `nil` where nobody counted.
        var more: Int? = 0
    }

    /// Findings that say the same of several files are one problem.
    private func grouped() -> [Problem] {
        var problems: [Problem] = []
        var places: [String: Int] = [:]
        for finding in report.judgement.policyFindings
        where !finding.isInBaseline
            && (explains || finding.severity > .note || reasons.contains(finding.fingerprint))
        {
            let sentence =
                finding.path.isEmpty
                ? finding.message : finding.message.replacing(finding.path, with: "…")
            let key = "\(finding.rule)|\(finding.severity.rawValue)|\(finding.subject ?? "")|\(sentence)"
            if let place = places[key] {
                problems[place].paths += [shown(finding)] + finding.morePaths.map(Words.shown)
            } else {
                places[key] = problems.count
                var paths = finding.path.isEmpty ? [] : [shown(finding)]
                paths += finding.morePaths.map(Words.shown)
                let more = paths.count < Duty.maximumPlaces ? 0 : moreFiles(than: paths.count, finding)
                problems.append(Problem(finding: finding, paths: paths, more: more))
            }
        }
        return problems
    }

    /// Of the text of a license all files under it are in want.
    private func moreFiles(than count: Int, _ finding: PolicyFinding) -> Int? {
        guard finding.rule == Duty.rule(of: .licenseText) else { return nil }
        return report.judgement.duties.first { $0.rule == finding.rule && $0.license == finding.subject }
            .map { $0.fileCount - count }
    }

    private func shown(_ finding: PolicyFinding) -> String {
        Words.shown(finding.path) + (finding.lines.map { ":\($0.lowerBound)" } ?? "")
    }

    private func problems(_ styled: Styled) -> [String] {
        let problems = grouped()
        let old = report.judgement.policyFindings.count { $0.isInBaseline && $0.severity > .note }
        guard !problems.isEmpty || old > 0 else { return [] }
        var lines = [""]
        for problem in explains ? problems[...] : problems.prefix(Self.fewProblems) {
            let finding = problem.finding
            let label = finding.severity.rawValue
            let style =
                finding.severity == .error
                ? Style.red : finding.severity == .warning ? Style.yellow : Style.dim
            lines.append("\(styled(label, style))  \(Words.shown(finding.message))")
            let few = explains ? problem.paths[...] : problem.paths.prefix(Self.fewPaths)
            lines += few.map { "  \($0)" }
            if let words = words(of: finding) { lines.append("  \(styled("“\(words)”", Style.dim))") }
            let hidden = problem.paths.count - few.count
            if let more = problem.more {
                if hidden + more > 0 { lines.append("  and \(hidden + more) more") }
            } else {
                lines.append("  and \(hidden > 0 ? "\(hidden) more, or more than that" : "perhaps more")")
            }
            if let cure = finding.cure {
                lines.append("  \(styled("to do: ", Style.dim))\(Words.shown(cure))")
            }
            if explains {
                lines.append(
                    "  \(styled("by ", Style.dim))\(finding.decidedBy)\(finding.policyLine.map { ", line \($0)" } ?? "")"
                )
                if let exception = finding.exception {
                    lines.append("  let pass: \(Words.shown(exception.reason))")
                }
            }
        }
        if !explains, problems.count > Self.fewProblems {
            lines.append("and \(problems.count - Self.fewProblems) more; --explain shows all")
        }
        if old > 0 { lines.append("\(Amounts.count(old, "finding")) of the baseline not shown") }
        return lines
    }

    /// What a mark was read from, as it stands in the file: without it nobody can judge the mark.
    private func words(of finding: PolicyFinding) -> String? {
        guard
            let mark = report.judgement.marks.first(where: {
                finding.path == $0.path && finding.rule == "mark:\($0.mark.rawValue)" && $0.mark.isOfWords
            }), let quote = mark.evidence.first(where: { $0.lines != nil && !$0.quote.isEmpty })?.quote,
            mark.mark != .missingText, mark.mark != .wrongText
        else { return nil }
        let words = quote.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return Words.shown(words.count > Self.fewLetters ? words.prefix(Self.fewLetters) + "…" : words)
    }

    // MARK: Duties

    private func duties(_ styled: Styled) -> [String] {
        // In short, those that no problem above speaks of.
        let said = Set(report.judgement.policyFindings.map(\.rule))
        let shown = report.judgement.duties.filter {
            explains || ($0.isMet == false && $0.act == .share && !said.contains($0.rule))
        }
        guard !shown.isEmpty else { return [] }
        var lines = ["", explains ? "duties" : "duties not met, to pass it on as it is"]
        var seen: Set<String> = []
        for duty in shown {
            let state = duty.isMet.map { $0 ? "met" : "not met" } ?? "see to it"
            var line = "  \(duty.license): \(Words.shown(duty.statement))"
            if explains {
                line = "  \(state)  \(duty.act.rawValue)  \(duty.license): \(Words.shown(duty.statement))"
            }
            if let clause = duty.clause { line += styled("  (\(clause))", Style.dim) }
            guard seen.insert(line).inserted else { continue }
            lines.append(line)
            let few = duty.places.prefix(explains ? 8 : 2)
            lines += few.map { "    \(Words.shown($0))" }
            if duty.isMet == false, few.count < duty.places.count {
                lines.append("    and \(duty.places.count - few.count) more")
            }
        }
        return lines
    }

    // MARK: Licenses

    private func licenses(_ styled: Styled) -> [String] {
        var counts: [String: Int] = [:]
        var covered: [String: Int] = [:]
        var without: [String] = []
        var spellings: [LicenseExpression: LicenseExpression] = [:]
        /// "A AND B" and "B AND A" are one, by the spelling that comes first.
        func spelling(_ expression: LicenseExpression) -> String {
            guard expression.terms.count > 1 else { return expression.description }
            let known = spellings[expression] ?? spellings.values.first { $0.isEquivalent(to: expression) }
            spellings[expression] = known ?? expression
            return (known ?? expression).description
        }
        for reported in report.files {
            let file = reported.file
            if let expression = reported.concluded {
                if reported.cover != nil, file.content == .archive { continue }
                let terms = spelling(expression)
                counts[terms, default: 0] += 1
                if reported.cover != nil { covered[terms, default: 0] += 1 }
            } else if !file.isAboutWork, file.content != .archive {
                without.append(file.path)
            }
        }
        guard !counts.isEmpty || !without.isEmpty else { return [] }
        let rows = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let width = "\(rows.map(\.value).max() ?? without.count)".count
        func padded(_ number: Int) -> String {
            let digits = "\(number)"
            return String(repeating: " ", count: max(0, width - digits.count)) + digits
        }
        var lines = ["", "licenses"]
        for row in explains ? rows[...] : rows.prefix(20) {
            let some = covered[row.key].map { $0 == row.value ? "" : "\($0) of them " }
            let why = some.map { styled("  (\($0)by the license file or README above)", Style.dim) }
            let terms = explains ? Words.shown(row.key) : Words.shortened(row.key)
            lines.append("  \(padded(row.value))  \(terms)\(why ?? "")")
        }
        if !explains, rows.count > 20 { lines.append("  and \(rows.count - 20) more") }
        if !without.isEmpty {
            lines.append("  \(padded(without.count))  \(styled("nothing found or declared", Style.yellow))")
            let few = explains ? without[...] : without.prefix(Self.fewPaths)
            lines += few.map { "    \(Words.shown($0))" }
            if few.count < without.count { lines.append("    and \(without.count - few.count) more") }
        }
        return lines
    }

    // MARK: Unexplained words

    /// What license files say that no license does, the most of it first.
    private func unexplained(_ styled: Styled) -> [String] {
        // Test data and examples, which REUSE.toml overrules, are no words of the work.
        let all = report.files.flatMap { reported in
            reported.file.isOverruled ? [] : reported.file.residue.map { (reported.file.path, $0) }
        }
        guard !all.isEmpty else { return [] }
        let sorted = all.sorted { ($1.1.licenseWordCount, $0.0) < ($0.1.licenseWordCount, $1.0) }
        var lines = ["", "words in license files that are part of no license"]
        for (path, rest) in sorted.prefix(Self.fewPaths) {
            lines.append("  \(Words.shown(path)):\(rest.lines.lowerBound)")
            lines.append("    \(styled(Words.shown(String(rest.words.prefix(160))), Style.dim))")
        }
        if all.count > Self.fewPaths {
            lines.append("  and \(all.count - Self.fewPaths) more; --explain shows all")
        }
        return lines
    }

    // MARK: Files

    private func files(_ styled: Styled) -> [String] {
        var lines = ["", "files"]
        for reported in report.files {
            let file = reported.file
            guard
                !file.findings.isEmpty || !file.evidence.isEmpty || file.declared != nil
                    || !file.copyrights.isEmpty
            else { continue }
            lines.append(
                "  \(styled(Words.shown(file.path), Style.bold))  \(file.concluded?.description ?? "")")
            if let declared = file.declared {
                lines.append("    declared \(declared) in \(Words.shown(file.declaredIn ?? "the manifest"))")
            }
            for finding in file.findings {
                lines.append(
                    "    \(place(finding.lines))  \(finding.kind.rawValue)  \(finding.expression)  \(finding.score)  \(Words.shown(finding.rule))"
                )
            }
            for notice in file.copyrights.prefix(20) {
                lines.append("    \(place(notice.lines))  \(Words.shown(notice.text))")
            }
            for notice in file.declaredCopyrights.prefix(20) {
                lines.append("    declared \(Words.shown(notice.text))")
            }
            for fact in file.evidence {
                lines.append(
                    "    \(fact.lines.map(place) ?? "")  \(fact.mark.rawValue)  \(Words.shown(String(fact.quote.prefix(120))))"
                )
            }
            for rest in file.residue {
                lines.append(
                    "    \(place(rest.lines))  not part of any license: \(Words.shown(String(rest.words.prefix(120))))"
                )
            }
        }
        return lines
    }

    private func place(_ lines: ClosedRange<Int>) -> String {
        lines.count == 1 ? "\(lines.lowerBound)" : "\(lines.lowerBound)-\(lines.upperBound)"
    }

    private func notes() -> [String] {
        let shown = report.notes.filter { explains || $0.severity == .warning || $0.path == nil }
        guard !shown.isEmpty else { return [] }
        let few = explains ? shown[...] : shown.prefix(8)
        var lines = [""]
        lines += few.map { note in
            "note  \(note.path.map { Words.shown($0) + ": " } ?? "")\(Words.shown(note.text))"
        }
        if few.count < shown.count {
            lines.append("and \(shown.count - few.count) more; --explain shows all")
        }
        return lines
    }
}

extension String {
    fileprivate var replacingHyphens: String { String(map { $0 == "-" ? " " : $0 }) }
}
