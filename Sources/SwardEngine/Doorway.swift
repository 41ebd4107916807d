// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Synchronization

/// What transports hand to the loops from threads of their own passes here, until the loops end: a server may take longer
/// over its answer than a session over its end.
final class Doorway: Sendable {
    private let isOpen = Mutex(true)

    /// - Returns: what `body` does; `nil` once it is closed, when nothing is done. `body` may not enter again.
    func pass<R>(_ body: () -> R) -> R? { isOpen.withLock { $0 ? body() : nil } }

    /// Whoever is in it goes through first.
    func close() { isOpen.withLock { $0 = false } }

    func guarding(_ transport: @escaping TrackerTransport) -> TrackerTransport {
        { url, limit, done in transport(url, limit) { result in _ = self.pass { done(result) } } }
    }

    func guarding(_ transport: @escaping WebTransport) -> WebTransport {
        { url, part, consume, done in
            transport(
                url, part, { bytes in self.pass { consume(bytes) } ?? false },
                { failure in _ = self.pass { done(failure) } })
        }
    }
}
