// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOPosix

/// The threads that may wait for a disk. Event loops hand work here and never wait themselves.
///
/// The queue has no limit of its own: each torrent bounds what it has here by bytes, and stops reading from its peers
/// above that bound.
package final class DiskPool: Sendable {
    package let threads: Int
    private let pool: NIOThreadPool

    /// - Parameter threads: At least two, so that one slow disk call does not hold up hashing.
    package init(threads: Int) {
        self.threads = max(2, threads)
        pool = NIOThreadPool(numberOfThreads: self.threads)
        pool.start()
    }

    /// Runs `work` on one of the threads, in no promised order. After ``shutdown()`` it is dropped.
    package func submit(_ work: @escaping @Sendable () -> Void) {
        pool.submit { state in
            if case .active = state { work() }
        }
    }

    /// Ends the threads; work not yet begun is dropped, so torrents drain theirs before.
    package func shutdown() async throws { try await pool.shutdownGracefully() }
}
