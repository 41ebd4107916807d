// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// How much a finding of the policy weighs. Raw values are the words of policy files and of reports.
public enum PolicySeverity: String, Hashable, Comparable, Sendable, CaseIterable {
    case note, warning, error

    public static func < (a: PolicySeverity, b: PolicySeverity) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// One thing in the work that the policy has something to say about, and the rule that says it.
public struct PolicyFinding: Hashable, Sendable {
    /// A stable name: `license-denied`, `mark:drm-pdf`, `conflict`, `duty:license-text`, `exception-expired` …
    public var rule: String
    public var severity: PolicySeverity
    /// As in ``ScannedFile/path``; empty for the work as a whole.
    public var path: String
    /// One sentence without full stop.
    public var message: String
    /// The rule as the policy file has it, such as `licenses.deny: category:proprietary`; the preset's name where that decided.
    public var decidedBy: String
    /// Of the policy file, from 1; `nil` where a preset decided.
    public var policyLine: Int?
    /// The license or mark it is about.
    public var subject: String?
    /// Where in the file, from 1.
    public var lines: ClosedRange<Int>?
    /// The exception that lets it pass; its severity is then `note`.
    public var exception: PolicyException?
    /// Other files that it is about too; none where it is about one.
    public private(set) var morePaths: [String]
    /// The same for the same fact, wherever in its file it moves: rule, content and path, no lines; without the path where
    /// it is about what the work as a whole lacks. 32 hexadecimal digits.
    public var fingerprint: String { fingerprints[0] }
    /// One for each of its paths.
    let fingerprints: [String]
    /// Where there are more paths than are kept: the same whichever of them are.
    let commonFingerprint: String?
    /// Whether the baseline has it: old debt, which does not fail a run.
    public var isInBaseline = false
    public var cure: String?

    /// - Parameters:
    ///   - morePaths: At most one fewer than ``Duty/maximumPlaces``; with so many there may be others.
    ///   - isOfWork: Whether it is about what the work lacks, for whatever files.
    public init(
        rule: String, severity: PolicySeverity, path: String, message: String, decidedBy: String,
        policyLine: Int? = nil, subject: String? = nil, lines: ClosedRange<Int>? = nil,
        exception: PolicyException? = nil, content: String = "", cure: String? = nil,
        morePaths: [String] = [], isOfWork: Bool = false
    ) {
        self.rule = rule
        self.severity = severity
        self.path = path
        self.message = message
        self.decidedBy = decidedBy
        self.policyLine = policyLine
        self.subject = subject
        self.lines = lines
        self.exception = exception
        self.cure = cure
        self.morePaths = morePaths
        let common = Fingerprint.of(["", rule, subject ?? "", content])
        fingerprints =
            isOfWork
            ? [common] : ([path] + morePaths).map { Fingerprint.of([$0, rule, subject ?? "", content]) }
        commonFingerprint = morePaths.count + 1 >= Duty.maximumPlaces ? common : nil
    }
}

extension PolicyFinding {
    /// The names of all rules.
    static let rules =
        [
            "license-denied", "license-review", "no-terms", "noncommercial-only", "conflict", "contradiction",
            "exception-expired", "exception-unused", "too-many", "not-looked-into",
        ] + EnclosureMark.allCases.map { "mark:\($0.rawValue)" } + Duty.Kind.allCases.map(Duty.rule)
}

extension PolicyRules {
    /// Those of the rules that it wants to hear nothing of.
    var ignoredRules: Set<String> {
        Set(
            PolicyFinding.rules.filter { rule in
                weights.last { Glob.matches(name: rule, $0.rule) }.map { $0.severity == nil } ?? false
            })
    }
}

/// Lets findings pass, for a reason that someone wrote down.
public struct PolicyException: Hashable, Sendable {
    /// Globs; empty means everywhere.
    public var paths: [String]
    /// License selectors, as in `licenses.deny`; empty means any.
    public var licenses: [String]
    /// Names of rules or marks; `*` stands for any run of characters; empty means any.
    public var rules: [String]
    public var reason: String
    public var added: CalendarDate?
    /// The first day on which it no longer counts.
    public var expires: CalendarDate?
    /// Of the policy file, from 1.
    public var line: Int?

    public init(
        paths: [String] = [], licenses: [String] = [], rules: [String] = [], reason: String,
        added: CalendarDate? = nil, expires: CalendarDate? = nil, line: Int? = nil
    ) {
        self.paths = paths
        self.licenses = licenses
        self.rules = rules
        self.reason = reason
        self.added = added
        self.expires = expires
        self.line = line
    }

    public func isExpired(on today: CalendarDate) -> Bool { expires.map { $0 <= today } ?? false }
}

/// Names for facts that stay the same while lines move. Not a seal: whoever wants a collision can have one.
enum Fingerprint {
    /// Runs of white space count as one space, so that a wrapped notice keeps its name.
    static func of(_ parts: [String]) -> String {
        // FNV-1a twice from different starts. Source: Fowler, Noll, Vo.
        var a: UInt64 = 0xcbf2_9ce4_8422_2325
        var b: UInt64 = 0x8422_2325_cbf2_9ce4
        func feed(_ byte: UInt8) {
            a = (a ^ UInt64(byte)) &* 0x100_0000_01b3
            b = (b ^ UInt64(byte &+ 0x5b)) &* 0x100_0000_01b3
        }
        for part in parts {
            var wasSpace = true
            for byte in part.utf8 {
                let isSpace = byte == 0x20 || 0x09...0x0d ~= byte
                if !isSpace {
                    feed(byte)
                } else if !wasSpace {
                    feed(0x20)
                }
                wasSpace = isSpace
            }
            feed(0)
        }
        return hexadecimal(a) + hexadecimal(b)
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
