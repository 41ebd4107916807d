// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

/// Goes up once and stays up.
final class Latch: Sendable {
    private let value = Atomic(false)

    var isRaised: Bool { value.load(ordering: .acquiring) }

    /// - Returns: Whether it was up already.
    func raise() -> Bool { value.exchange(true, ordering: .acquiringAndReleasing) }
}
