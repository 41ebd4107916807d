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
        var known: [String: (path: String, rule: String)] = [:]
        for debt in debts {
            for (fingerprint, path) in zip(debt.fingerprints, [debt.path] + debt.morePaths) {
                known[fingerprint] = (path, debt.rule)
            }
            if let common = debt.commonFingerprint { known[common] = (debt.path, debt.rule) }
        }
        fingerprints = Set(known.keys)
        entries =
            known
            .sorted { ($0.value.path, $0.value.rule, $0.key) < ($1.value.path, $1.value.rule, $1.key) }
            .map { "\($0.key)\t\($0.value.rule)\t\(Self.escaped($0.value.path))" }
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

    /// Whether it is known of all files that it is about; old debt may shrink, and may not grow.
    public func contains(_ finding: PolicyFinding) -> Bool {
        finding.commonFingerprint.map(fingerprints.contains) ?? false
            || finding.fingerprints.allSatisfy(fingerprints.contains)
    }

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
