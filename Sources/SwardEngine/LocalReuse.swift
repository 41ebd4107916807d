// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SwardMetainfo
import SwardPrimitives
import SwardStorage

/// Files of a v2 or hybrid torrent that lie in other folders already, told by length and `pieces root`, copied instead of
/// fetched. Source: BEP 52, "pieces root"; BEP 38 for the idea.
///
/// A copy shares its blocks where the file system can (`FICLONE`). It is no hard link: what is later written to one name
/// must not change the other's bytes.
struct LocalReuse {
    private static let maximumEntries = 1_000_000
    private static let maximumDepth = 64
    /// Of one length: each costs a reading of it.
    private static let maximumCandidates = 32

    let info: InfoDictionary
    let payload: Payload
    /// Whether a file is wanted, by its index.
    let isWanted: (Int) -> Bool

    /// - Returns: The files that were put in place; their pieces are still to be checked.
    func run(in folders: [String], shouldContinue: () -> Bool) -> [Int] {
        var missing: [Int64: [Int]] = [:]
        for index in info.files.indices where isWanted(index) {
            let length = info.layout.length(ofFile: index)
            guard length > 0, info.files.piecesRoot(of: index) != nil, payload.isAbsent(index) else {
                continue
            }
            missing[length, default: []].append(index)
        }
        guard !missing.isEmpty else { return [] }
        var candidates: [Int64: [String]] = [:]
        var entries = 0
        for folder in folders {
            walk(folder, depth: 0, entries: &entries) { path, length in
                guard missing[length] != nil, candidates[length, default: []].count < Self.maximumCandidates
                else {
                    return
                }
                candidates[length, default: []].append(path)
            }
        }
        var placed: [Int] = []
        for (length, paths) in candidates.sorted(by: { $0.key < $1.key }) {
            var open = missing[length] ?? []
            for path in paths.sorted() where !open.isEmpty && shouldContinue() {
                guard let root = root(of: path, length: length) else { continue }
                for index in open where info.files.piecesRoot(of: index) == root {
                    guard payload.adopt(path, asFile: index) else { continue }
                    placed.append(index)
                }
                open.removeAll { placed.contains($0) }
            }
        }
        return placed
    }

    private func root(of path: String, length: Int64) -> Digest256? {
        let layout = HashLayout(
            kind: .v2, pieceLength: info.pieceLength, files: [(path: path, length: length)])
        return (try? FileHasher(layout).run())?.trees.first?.root
    }

    /// Regular files only; no symbolic link is followed.
    private func walk(
        _ folder: String, depth: Int, entries: inout Int, _ body: (String, Int64) -> Void
    ) {
        guard depth < Self.maximumDepth, let stream = opendir(folder) else { return }
        defer { closedir(stream) }
        var subfolders: [String] = []
        while let entry = readdir(stream), entries < Self.maximumEntries {
            entries += 1
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            let path = "\(folder)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFREG: body(path, Int64(status.st_size))
            case S_IFDIR: subfolders.append(path)
            default: continue
            }
        }
        for subfolder in subfolders { walk(subfolder, depth: depth + 1, entries: &entries, body) }
    }
}
