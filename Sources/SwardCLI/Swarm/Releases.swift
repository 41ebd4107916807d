// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPackaging
import SwardPolicy
import SwardPrimitives

/// What the operator decided about held works, now or in an earlier run.
enum Releases {
    private static let store = ReleaseStore(folder: Folders.live.releases)

    /// - Parameter reason: Given now; it is kept. `nil` looks for an earlier one.
    static func decide(_ reason: String?, for hashes: InfoHashes) throws -> OperatorRelease? {
        guard let reason else { return try store.release(for: hashes) }
        guard let release = OperatorRelease(reason: reason) else {
            throw Misfortune("--release needs a reason in words")
        }
        try store.record(release, for: hashes)
        return release
    }
}
