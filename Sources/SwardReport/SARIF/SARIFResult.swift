// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardPolicy

/// One thing to be looked at, in SARIF's terms.
struct SARIFResult {
    enum Level: String { case note, warning, error }

    struct Place {
        var path: String
        var lines: ClosedRange<Int>?
        var bytes: Range<Int>?
        var quote = ""
        var note = ""
    }

    var rule: String
    var label: Labels.Label
    var level: Level
    var message: String
    /// The first is where it is shown; empty for the work as a whole.
    var places: [Place]
    var fingerprint: String
    /// `nil` where a baseline says nothing of such things.
    var isInBaseline: Bool?
    var exceptionReason: String?

    /// What the policy says, then what it is silent on: marks, conflicts, contradictions and unmet duties.
    static func all(of judgement: WorkJudgement) -> [SARIFResult] {
        var covered: Set<String> = []
        var results: [SARIFResult] = []
        for finding in judgement.policyFindings {
            covered.insert(finding.rule + "\u{0}" + finding.path)
            let mark = judgement.marks.first {
                finding.rule == "mark:\($0.mark.rawValue)" && finding.path == $0.path
            }
            results.append(SARIFResult(finding, mark: mark))
        }
        // A text that is missing is one matter, told as a duty.
        let isTextSaid = judgement.policyFindings.contains { $0.rule == Duty.rule(of: .licenseText) }
        func isNew(_ rule: String, _ path: String) -> Bool {
            !judgement.ignoredRules.contains(rule) && !covered.contains(rule + "\u{0}" + path)
        }
        for mark in judgement.marks
        where !(isTextSaid && mark.mark == .missingText) && isNew("mark:\(mark.mark.rawValue)", mark.path) {
            results.append(SARIFResult(mark))
        }
        for conflict in judgement.conflicts where conflict.result.answer != .yes {
            if isNew("conflict", conflict.paths.first ?? "") { results.append(SARIFResult(conflict)) }
        }
        for contradiction in judgement.contradictions where isNew("contradiction", contradiction.path) {
            results.append(SARIFResult(contradiction))
        }
        for duty in judgement.duties where duty.isMet == false {
            let rule = "duty:\(duty.kind.rawValue)"
            if isNew(rule, duty.places.first ?? ""), isNew(rule, "") { results.append(SARIFResult(duty)) }
        }
        return results
    }

    private static func sentence(_ statement: String, clause: String?, cure: String?) -> String {
        var text = statement
        if let clause { text += " (\(clause))" }
        if let cure { text += "; \(cure)" }
        return text
    }
}

extension SARIFResult {
    fileprivate init(_ mark: Mark) {
        rule = "mark:\(mark.mark.rawValue)"
        label = Labels.mark(mark.mark)
        level =
            switch mark.severity {
            case .forbids: .error
            case .clashes: .warning
            case .hint: .note
            }
        message = Self.sentence(mark.statement, clause: mark.clause, cure: mark.cure)
        places = Self.places(of: mark)
        fingerprint = Fingerprint.of(mark)
    }

    fileprivate init(_ finding: PolicyFinding, mark: Mark?) {
        rule = finding.rule
        label =
            mark.map { Labels.mark($0.mark) }
            ?? Labels.Label(Self.title(of: finding.rule), "Decided by the policy: \(finding.rule).")
        level =
            switch finding.severity {
            case .error: .error
            case .warning: .warning
            case .note: .note
            }
        message =
            "\(Self.sentence(finding.message, clause: mark?.clause, cure: finding.cure)) [\(finding.decidedBy)]"
        places = mark.map(Self.places) ?? []
        if places.isEmpty, !finding.path.isEmpty {
            places = ([finding.path] + finding.morePaths).map { Place(path: $0) }
        }
        if let lines = finding.lines, !places.isEmpty, places[0].lines == nil { places[0].lines = lines }
        fingerprint = finding.fingerprint
        isInBaseline = finding.isInBaseline
        exceptionReason = finding.exception?.reason
    }

    fileprivate init(_ conflict: Conflict) {
        rule = "conflict"
        label = Labels.Label(
            "License conflict",
            "Terms meet in one work that do not go together, or only on a condition that files cannot show.")
        level = conflict.result.answer == .no ? .error : .warning
        message = Self.sentence(conflict.statement, clause: conflict.result.clause, cure: conflict.cure)
        places =
            conflict.paths.map { Place(path: $0, note: conflict.part) }
            + conflict.wholePaths.map { Place(path: $0, note: conflict.whole) }
        fingerprint = Fingerprint.of(conflict)
    }

    fileprivate init(_ contradiction: Contradiction) {
        rule = "contradiction"
        label = Labels.Label(
            "Declared terms are not those found",
            "A file says something else of its terms than what is declared for it.")
        level = contradiction.holdsWork ? .error : .warning
        message = contradiction.statement
        places = [Place(path: contradiction.path)]
        fingerprint = Fingerprint.of(contradiction)
    }

    fileprivate init(_ duty: Duty) {
        rule = "duty:\(duty.kind.rawValue)"
        label = Labels.Label(
            Self.title(of: duty.kind.rawValue), "A license asks for something that the work does not have.")
        level = .warning
        message = Self.sentence("\(duty.license): \(duty.statement)", clause: duty.clause, cure: nil)
        places = duty.places.map { Place(path: $0) }
        fingerprint = Fingerprint.of(duty)
    }

    private static func places(of mark: Mark) -> [Place] {
        let places = mark.evidence.map {
            Place(path: mark.path, lines: $0.lines, bytes: $0.bytes, quote: $0.quote)
        }
        return places.isEmpty && !mark.path.isEmpty ? [Place(path: mark.path)] : places
    }

    /// `license-denied` as "License denied".
    private static func title(of name: String) -> String {
        let words = name.split(whereSeparator: { $0 == "-" || $0 == ":" }).joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
