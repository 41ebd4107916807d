// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Synchronization

/// Lets a cancellation meet the transfer it is for, whichever of the two comes first.
final class TransferBox: Sendable {
    private struct State {
        var transfer: Transfer?
        var isCancelled = false
    }

    private let state = Mutex(State())

    /// - Returns: Whether it was cancelled before it began.
    func set(_ transfer: Transfer) -> Bool {
        state.withLock {
            $0.transfer = transfer
            return $0.isCancelled
        }
    }

    /// - Returns: The transfer, if it has begun.
    func cancel() -> Transfer? {
        state.withLock {
            $0.isCancelled = true
            return $0.transfer
        }
    }
}
