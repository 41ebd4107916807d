// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Dispatch
import SwardEngine
import Synchronization

/// Takes what torrents tell off their event loops, and shows it in the order it was told.
///
/// Whoever reads our output may be slow or have stopped reading; the swarm must not wait for that. Of what waits to be
/// shown beyond a limit, events that later ones overtake are left out.
final class EventLine: Sendable {
    private let queue = DispatchQueue(label: "sward.events")
    private let waiting = Atomic<Int>(0)

    func pass(_ event: TorrentEvent, to show: @escaping @Sendable (TorrentEvent) -> Void) {
        if event.isPassing, waiting.load(ordering: .relaxed) >= TorrentEvents.limit { return }
        waiting.add(1, ordering: .relaxed)
        queue.async { [self] in
            show(event)
            waiting.subtract(1, ordering: .relaxed)
        }
    }

    /// Returns when all is shown that was told before.
    func drain() async {
        await withCheckedContinuation { continuation in queue.async { continuation.resume() } }
    }
}
