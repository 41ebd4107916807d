// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPolicy
internal import SwardReport

/// What the files of a work say of their terms; those that say nothing are left out, as of a hundred thousand files they
/// mostly are.
package struct WorkFindings: Sendable {
    private var declared: DeclaredTerms

    init(_ declared: DeclaredTerms) {
        self.declared = declared
        self.declared.resolve()
    }

    /// In the order of their paths.
    package func files(where isWanted: (ScannedFile) -> Bool) -> [ScannedFile] {
        declared.subjects.lazy.map(\.file).filter(isWanted)
    }

    /// Of the files that say something, in their order.
    package var paths: some Sequence<String> { declared.subjects.lazy.map(\.file.path) }

    /// - Returns: `nil` for one that says nothing.
    package func file(at path: String) -> ScannedFile? { declared.subject(at: path)?.file }

    /// A file for which ``file(at:)`` has nothing, with what the rest of the work declares for it, if anything.
    package mutating func silentFile(at path: String, length: Int64) -> ScannedFile {
        declared.silentFile(at: path, length: length)
    }
}

extension Examination {
    /// Whether the file neither states terms, for itself or for others, nor holds anything that speaks of them.
    var isSilent: Bool {
        expression == nil && findings.isEmpty && residue.isEmpty && evidence.isEmpty && packages.isEmpty
            && declarations.isEmpty && pointers.isEmpty && text == nil && members.isEmpty && !isArchive
    }
}
