// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardPolicy
package import SwardPrimitives

/// The operator's decisions to let held works pass, each with its reason, kept from run to run.
package struct ReleaseStore: Sendable {
    private let folder: String

    /// - Parameter folder: An absolute path; made when the first decision is.
    package init(folder: String) { self.folder = folder }

    package func release(for hashes: InfoHashes) throws(PackagingError) -> OperatorRelease? {
        guard let bytes = try SmallFile.read(path(of: hashes), limit: 4096) else { return nil }
        return OperatorRelease(reason: String(decoding: bytes, as: UTF8.self))
    }

    package func record(_ release: OperatorRelease, for hashes: InfoHashes) throws(PackagingError) {
        try SmallFile.makeFolder(folder)
        try SmallFile.write(Array(release.reason.utf8), to: path(of: hashes))
    }

    private func path(of hashes: InfoHashes) -> String {
        folder + "/" + (hashes.v2?.hex ?? hashes.v1?.hex ?? "")
    }
}
