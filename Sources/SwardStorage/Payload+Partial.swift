// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SwardMetainfo
import Synchronization

/// Files that are not whole, marked by their names.
///
/// A file has one of two names at every instant: a rename replaces one by the other at once, whenever the process ends.
extension Payload {
    package static let partialSuffix = ".part"

    func partialPath(_ index: Int) -> [String] {
        var path = finalPath(index)
        path[path.count - 1] += Self.partialSuffix
        return path
    }

    /// How files that are not whole are called.
    package enum Naming: Sendable {
        /// By their names; what an earlier run marked is given its own name.
        case plain
        /// With ``partialSuffix`` until they are whole.
        case marked
        /// As they are found: nothing here is renamed.
        case asFound
    }

    /// Finds out under which of its names each file lies. Called once, before anything is read or written.
    package func settleNames(_ naming: Naming) throws(StorageError) {
        // A work of which nothing is here has nothing to look for, however many its files.
        if case .marked = naming {} else if !root.isEmpty, isAbsent(root) { return }
        let others = namesWithSuffix()
        for index in 0..<fileCount where layout.length(ofFile: index) > 0 {
            guard mayBeMarked(index, others), isAbsent(finalPath(index)) else { continue }
            let found = try folder.length(of: partialPath(index))
            switch naming {
            case .marked: partial.withLock { _ = $0.insert(index) }
            case .asFound: if found != nil { partial.withLock { _ = $0.insert(index) } }
            case .plain:
                // Room is made for the whole file with its first block; another length is someone else's file.
                guard found == layout.length(ofFile: index) else { continue }
                let path = partialPath(index)
                try folder.rename(path, to: finalPath(index)[path.count - 1])
            }
        }
    }

    /// The files that lie under their marked names, or will when they are made.
    package var partialFiles: [Int] { partial.withLock { $0.sorted() } }

    /// Marks files that lie under their own names and are not whole.
    package func markPartial(_ files: [Int]) throws(StorageError) {
        let others = namesWithSuffix()
        for index in files where mayBeMarked(index, others) && !partial.withLock({ $0.contains(index) }) {
            let path = finalPath(index)
            guard try folder.length(of: path) != nil else { continue }
            try folder.rename(path, to: partialPath(index)[path.count - 1])
            partial.withLock { _ = $0.insert(index) }
        }
    }

    /// Gives files that are whole their names.
    package func unmark(_ files: [Int]) throws(StorageError) {
        for index in files where partial.withLock({ $0.contains(index) }) {
            let path = partialPath(index)
            try folder.rename(path, to: finalPath(index)[path.count - 1])
            partial.withLock { _ = $0.remove(index) }
        }
    }

    /// Whether nothing has that name; what is no regular file is something.
    private func isAbsent(_ path: [String]) -> Bool {
        if case .some(.none) = try? folder.length(of: path) { true } else { false }
    }

    /// The work's own files whose names look like marked ones.
    private func namesWithSuffix() -> Set<[String]> {
        var names: Set<[String]> = []
        for index in 0..<fileCount {
            let path = finalPath(index)
            if path[path.count - 1].hasSuffix(Self.partialSuffix) { names.insert(path) }
        }
        return names
    }

    private func mayBeMarked(_ index: Int, _ others: Set<[String]>) -> Bool {
        let path = partialPath(index)
        return path[path.count - 1].utf8.count <= Int(NAME_MAX) && !others.contains(path)
    }
}
