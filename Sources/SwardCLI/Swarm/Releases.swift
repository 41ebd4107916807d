// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardPackaging
import SwardPolicy
import SwardPrimitives

/// What the operator decided about held works, now or in an earlier run.
enum Releases {
    static let store = ReleaseStore(folder: Folders.live.releases)

    /// What is said now; kept when a work is found that it lets pass.
    static func given(_ reason: String?) throws -> OperatorRelease? {
        guard let reason else { return nil }
        guard let release = OperatorRelease(reason: reason) else {
            throw Misfortune("--release needs a reason in words")
        }
        return release
    }
}

extension OperatorRelease {
    /// What is said of it wherever it is at work.
    var line: String { "released: \(Words.shown(reason))" }
}
