// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Old debt: findings that were there when the baseline was written, and do not fail a run.
///
/// As text: a line of words for people, then one finding a line, its fingerprint, rule and path separated by tabs, sorted.
public struct PolicyBaseline: Hashable, Sendable {
    public private(set) var fingerprints: Set<String>
    private var entries: [String]

    private static let heading =
        "# sward baseline 1: findings that are known; write it anew with --write-baseline"
    private static let maximumLines = 1 << 20

    /// What notes say fails no run, so it needs no baseline.
    public init(_ findings: [PolicyFinding]) {
        let debts = findings.filter { $0.severity > .note && $0.exception == nil }
        fingerprints = Set(debts.map(\.fingerprint))
        var seen: Set<String> = []
        entries = debts.filter { seen.insert($0.fingerprint).inserted }
            .sorted { ($0.path, $0.rule, $0.fingerprint) < ($1.path, $1.rule, $1.fingerprint) }
            .map { "\($0.fingerprint)\t\($0.rule)\t\(Self.escaped($0.path))" }
    }

    /// Reads ``text``; lines that are no entry are passed over, for people merge such files.
    public init(text: String) {
        fingerprints = []
        entries = []
        for line in text.split(whereSeparator: \.isNewline).prefix(Self.maximumLines) {
            let fingerprint = line.prefix { $0 != "\t" }
            guard fingerprint.utf8.count == 32, fingerprint.allSatisfy(\.isHexDigit) else { continue }
            if fingerprints.insert(String(fingerprint)).inserted { entries.append(String(line)) }
        }
    }

    public var text: String { ([Self.heading] + entries).joined(separator: "\n") + "\n" }

    public func contains(_ finding: PolicyFinding) -> Bool { fingerprints.contains(finding.fingerprint) }

    /// The same findings, those it has marked.
    public func marking(_ findings: [PolicyFinding]) -> [PolicyFinding] {
        findings.map { finding in
            var finding = finding
            finding.isInBaseline = contains(finding)
            return finding
        }
    }

    private static func escaped(_ path: String) -> String {
        String(path.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }
}
