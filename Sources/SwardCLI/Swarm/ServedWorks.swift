// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardEngine
import SwardPrimitives
import Synchronization

/// What is served, by the path of its torrent, and what is tried again: what failed, what was not all there, and the
/// second torrent of a work when the first has gone.
final class ServedWorks: Sendable {
    /// A work whose files are not all as its torrent says.
    private struct Partial {
        let data: String
        var stamp: PayloadStamp
        /// Since it was tried: another is being put there, and may not be at its end.
        var isChanged = false
    }

    private struct State {
        var works: [String: (handle: TorrentHandle, name: String)] = [:]
        var paths: [InfoHashes: String] = [:]
        /// Torrents of works that are served by another's path.
        var seconds: [String: InfoHashes] = [:]
        var partials: [String: Partial] = [:]
        /// At the partial ones; `nil` for at once.
        var nextLook: ContinuousClock.Instant?
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

    /// Its torrent is there no more.
    func forget(_ path: String) {
        state.withLock { state in
            state.failures[path] = nil
            state.due[path] = nil
            state.seconds[path] = nil
            state.partials[path] = nil
        }
    }

    // MARK: What is not all there

    /// - Parameters:
    ///   - data: The folder that holds the work.
    ///   - stamp: Of its files, before they were looked at.
    func notePartial(_ path: String, in data: String, _ stamp: PayloadStamp) {
        state.withLock { $0.partials[path] = Partial(data: data, stamp: stamp) }
    }

    /// - Returns: Whether it was not before.
    func noteWhole(_ path: String) -> Bool { state.withLock { $0.partials.removeValue(forKey: path) != nil } }

    /// Of the time between two looks one part at most is spent looking: works may be many, and of very many files.
    private static let share = 100

    /// Those whose files have changed since they were tried, and did not between two looks.
    func changed(at now: ContinuousClock.Instant) -> [String] {
        let partials = state.withLock { state in
            state.nextLook.map { now < $0 } ?? false ? [:] : state.partials
        }
        guard !partials.isEmpty else { return [] }
        var stamps: [String: PayloadStamp] = [:]
        let duration = ContinuousClock().measure {
            for (path, partial) in partials { stamps[path] = PayloadStamp(torrent: path, in: partial.data) }
        }
        return state.withLock { state in
            state.nextLook = now + duration * Self.share
            var changed: [String] = []
            for (path, stamp) in stamps {
                guard let partial = state.partials[path] else { continue }
                if partial.stamp != stamp {
                    state.partials[path] = Partial(data: partial.data, stamp: stamp, isChanged: true)
                } else if partial.isChanged {
                    state.partials[path]?.isChanged = false
                    changed.append(path)
                }
            }
            return changed.sorted()
        }
    }

    // MARK: What is served

    /// - Returns: The path by which the same work is served; this one takes its place when that has gone.
    func first(_ hashes: InfoHashes, before path: String) -> String? {
        state.withLock { state in
            guard let first = state.paths[hashes] else { return nil }
            state.seconds[path] = hashes
            return first
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
            let hashes = work.handle.infoHashes
            state.paths[hashes] = nil
            for (second, itsHashes) in state.seconds where itsHashes == hashes {
                state.seconds[second] = nil
                state.due[second] = .now
            }
            return work
        }
    }
}
