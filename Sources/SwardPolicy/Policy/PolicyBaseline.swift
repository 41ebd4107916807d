// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Old debt: findings that were there when the baseline was written, and do not fail a run.
///
/// As text: a line of words for people, then one finding a line, its fingerprint, rule and path separated by tabs, sorted.
public struct PolicyBaseline: Hashable, Sendable {
    public private(set) var fingerprints: Set<String>
    private var entries: [String]

    /// How each baseline begins.
    public static let mark = "# sward baseline 1"
    private static let heading =
        "\(mark): findings that are known; write it anew with --write-baseline"
    private static let maximumLines = 1 << 20

    /// Notes as well, for a run may be told to fail by them; what an exception lets pass has its own reason.
    public init(_ findings: [PolicyFinding]) {
        let debts = findings.filter { $0.exception == nil }
        fingerprints = Set(debts.map(\.fingerprint))
        var seen: Set<String> = []
        entries = debts.filter { seen.insert($0.fingerprint).inserted }
            .sorted { ($0.path, $0.rule, $0.fingerprint) < ($1.path, $1.rule, $1.fingerprint) }
            .map { "\($0.fingerprint)\t\($0.rule)\t\(Self.escaped($0.path))" }
    }

    /// Reads ``text``; lines that are no entry are passed over, for people merge such files.
    ///
    /// - Returns: `nil` for a file that neither says that it is a baseline nor has an entry of one.
    public init?(text: String) {
        fingerprints = []
        entries = []
        for line in text.split(whereSeparator: \.isNewline).prefix(Self.maximumLines) {
            let fingerprint = line.prefix { $0 != "\t" }
            guard fingerprint.utf8.count == 32, fingerprint.allSatisfy(\.isHexDigit) else { continue }
            if fingerprints.insert(String(fingerprint)).inserted { entries.append(String(line)) }
        }
        guard !entries.isEmpty || text.contains(Self.mark) else { return nil }
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
