// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardDetection

/// A fence around the work, or a part of it, with its evidence. A fact to look at, not a verdict.
package struct Mark: Hashable, Sendable {
    package var mark: EnclosureMark
    package var severity: EnclosureSeverity
    /// As in ``ScannedFile/path``.
    package var path: String
    package var evidence: [EnclosureEvidence]
    /// Which freedom it takes and from where: one sentence, with the clause where one decides.
    package var statement: String
    package var clause: String?
    package var cure: String?

    package init(
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
