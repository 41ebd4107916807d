// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardEngine
import SwardPrimitives
import Synchronization

/// What is served, by the path of its torrent, and what of it failed.
final class ServedWorks: Sendable {
    private struct State {
        var works: [String: (handle: TorrentHandle, name: String)] = [:]
        var paths: [InfoHashes: String] = [:]
        /// What was told last of each.
        var failures: [String: TorrentProblem] = [:]
        var due: [String: ContinuousClock.Instant] = [:]
    }

    /// Whoever fetches a work to a folder that is followed may be at it still when its torrent is there.
    private static let patience = Duration.seconds(10)

    private let state = Mutex(State())

    /// - Returns: Whether that is news.
    func failed(_ path: String, _ problem: TorrentProblem, at now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            state.due[path] = now + Self.patience
            return state.failures.updateValue(problem, forKey: path) != problem
        }
    }

    /// Those that failed and have waited.
    func dueAgain(at now: ContinuousClock.Instant) -> [String] {
        state.withLock { state in
            let due = state.due.filter { $0.value <= now }.keys.sorted()
            for path in due { state.due[path] = nil }
            return due
        }
    }

    func forgetFailure(of path: String) {
        state.withLock { state in
            state.failures[path] = nil
            state.due[path] = nil
        }
    }

    func add(_ handle: TorrentHandle, _ path: String, _ name: String) {
        state.withLock { state in
            state.works[path] = (handle, name)
            state.paths[handle.infoHashes] = path
        }
    }

    func take(_ path: String) -> (handle: TorrentHandle, name: String)? {
        state.withLock { state in
            guard let work = state.works.removeValue(forKey: path) else { return nil }
            state.paths[work.handle.infoHashes] = nil
            return work
        }
    }

    func path(of hashes: InfoHashes) -> String? { state.withLock { $0.paths[hashes] } }
}
