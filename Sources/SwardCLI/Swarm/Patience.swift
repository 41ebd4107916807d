// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardEngine
import SwardSwarm
import Synchronization

/// Stops a fetch to which nothing comes for too long.
final class Patience: Sendable {
    private struct State {
        var lastNews = ContinuousClock.now
        var received: Int64 = 0
        var isOver = false
        var isLost = false
    }

    /// Of silence; `nil` waits for ever.
    private let limit: Duration?
    private let state = Mutex(State())

    init(limit: Duration?) { self.limit = limit }

    /// Whether it was the reason for the end.
    var isLost: Bool { state.withLock { $0.isLost } }

    /// From now on nothing is waited for: all that was wanted is here.
    func end() { state.withLock { $0.isOver = true } }

    /// What is done here, such as hashing what is on disk, keeps nobody waiting either.
    func sawWork() { state.withLock { $0.lastNews = .now } }

    /// Looks again and again, until the task is cancelled or nothing is waited for.
    func watch(_ handle: TorrentHandle) async {
        guard let limit else { return }
        let pause = min(limit / 4, .seconds(1))
        // That nothing comes is no event, so the counts are looked at again and again; a cancellation ends the sleep.
        while (try? await Task.sleep(for: pause)) != nil {
            let snapshot = await handle.snapshot()
            let received = snapshot.downloaded + Int64(snapshot.metadataReceived)
            let isDue: Bool? = state.withLock { state in
                if state.isOver { return nil }
                if received != state.received { (state.received, state.lastNews) = (received, .now) }
                state.isLost = .now - state.lastNews >= limit
                return state.isLost
            }
            guard let isDue else { return }
            if isDue { return await handle.stop() }
        }
    }
}
