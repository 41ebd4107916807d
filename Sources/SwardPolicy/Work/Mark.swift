// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardDetection

/// A fence around the work, or a part of it, with its evidence. A fact to look at, not a verdict.
public struct Mark: Hashable, Sendable {
    public var mark: EnclosureMark
    public var severity: EnclosureSeverity
    /// As in ``ScannedFile/path``.
    public var path: String
    public var evidence: [EnclosureEvidence]
    /// Which freedom it takes and from where: one sentence, with the clause where one decides.
    public var statement: String
    public var clause: String?
    public var cure: String?

    public init(
        mark: EnclosureMark, severity: EnclosureSeverity, path: String, evidence: [EnclosureEvidence],
        statement: String, clause: String? = nil, cure: String? = nil
    ) {
        self.mark = mark
        self.severity = severity
        self.path = path
        self.evidence = evidence
        self.statement = statement
        self.clause = clause
        self.cure = cure
    }
}
