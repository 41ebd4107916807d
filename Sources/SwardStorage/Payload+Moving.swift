// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import SwardMetainfo

/// Moving a whole payload to another folder while it is read.
///
/// First every file gets a second place, then whoever reads goes there, then the first places are given up: at every
/// instant one folder holds all of it.
extension Payload {
    /// The same files in another folder.
    package func moved(to folder: PayloadFolder) -> Payload {
        Payload(self, in: folder)
    }

    /// Makes every file of `self` be in the folder of `target` too: by a second name where one file system holds both,
    /// else by a copy that has reached the disk. What a failure interrupts is taken back.
    package func duplicate(
        to target: Payload, shouldContinue: (Int64) -> Bool = { _ in true }
    ) throws(StorageError) {
        var made: [Int] = []
        var done: Int64 = 0
        do throws(StorageError) {
            for index in 0..<fileCount {
                if try duplicate(index, to: target) { made.append(index) }
                done += layout.length(ofFile: index)
                guard shouldContinue(done) else {
                    throw StorageError(.system(.link, code: ECANCELED), at: path(index))
                }
            }
        } catch {
            target.remove(made)
            throw error
        }
        try target.synchronize()
    }

    /// Takes every file out of the folder, and the folders that are empty then.
    package func removeFiles() {
        releaseDescriptors()
        remove(Array(0..<fileCount))
        folder.release()
    }

    private func remove(_ files: [Int]) {
        var folders: Set<[String]> = []
        for index in files {
            let path = path(index)
            folder.remove(path)
            for depth in path.indices.dropFirst() { folders.insert(Array(path[..<depth])) }
        }
        for path in folders.sorted(by: { $0.count > $1.count }) { folder.removeIfEmpty(path) }
    }

    /// - Returns: Whether it was made here and now.
    private func duplicate(_ index: Int, to target: Payload) throws(StorageError) -> Bool {
        let file = file(index)
        if let text = file.linkText {
            try target.folder.makeSymbolicLink(target.path(index), saying: text)
            return true
        }
        if try folder.link(path(index), to: target.folder, as: target.path(index)) { return true }
        if try target.folder.length(of: target.path(index)) != nil {
            if try folder.isSame(path(index), as: target.path(index), in: target.folder) { return false }
            throw StorageError(.alreadyThere, at: target.path(index))
        }
        try copy(index, to: target)
        return true
    }

    private func copy(_ index: Int, to target: Payload) throws(StorageError) {
        let source = try openForReading(index)
        var status = stat()
        guard fstat(source.number, &status) == 0 else {
            throw StorageError(.system(.readStatus, code: errno), at: path(index))
        }
        let path = target.path(index)
        var draft = path
        // Whoever finds it after a kill knows what it is, and it is begun anew.
        draft[draft.count - 1] = ".sward-moving.\(getpid())"
        target.folder.remove(draft)
        guard let file = try target.folder.openFile(draft, access: .write) else { return }
        let isCopied =
            Self.clone(source.number, file.number)
            || Self.copy(source.number, file.number, length: Int64(status.st_size))
        guard isCopied else {
            let code = errno
            target.folder.remove(draft)
            throw StorageError(.system(.write, code: code), at: path)
        }
        var times = [status.st_atim, status.st_mtim]
        guard fchmod(file.number, status.st_mode & 0o7777) == 0, futimens(file.number, &times) == 0 else {
            let code = errno
            target.folder.remove(draft)
            throw StorageError(.system(.setMode, code: code), at: path)
        }
        guard fdatasync(file.number) == 0 else {
            let code = errno
            target.folder.remove(draft)
            throw StorageError(.system(.synchronize, code: code), at: path)
        }
        try target.folder.rename(draft, to: path[path.count - 1])
    }
}

extension PayloadFolder {
    /// Gives a file a second name in another folder.
    ///
    /// - Returns: `false` where that is not possible, because another file system is there or something has the name.
    func link(_ elements: [String], to other: PayloadFolder, as name: [String]) throws(StorageError) -> Bool {
        guard let from = try openParent(of: elements, creating: false),
            let to = try other.openParent(of: name, creating: true)
        else { throw StorageError(.system(.open, code: ENOENT), at: elements) }
        if linkat(from.number, elements[elements.count - 1], to.number, name[name.count - 1], 0) == 0 {
            return true
        }
        guard errno != ENOENT else { throw StorageError(.system(.link, code: errno), at: elements) }
        return false
    }

    /// Whether two names are of one file.
    func isSame(
        _ elements: [String], as name: [String], in other: PayloadFolder
    ) throws(StorageError) -> Bool {
        guard let here = try openParent(of: elements, creating: false),
            let there = try other.openParent(of: name, creating: false)
        else { return false }
        var (first, second) = (stat(), stat())
        return fstatat(here.number, elements[elements.count - 1], &first, AT_SYMLINK_NOFOLLOW) == 0
            && fstatat(there.number, name[name.count - 1], &second, AT_SYMLINK_NOFOLLOW) == 0
            && first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }

    /// Takes a file away, if it is there.
    func remove(_ elements: [String]) {
        guard let parent = try? openParent(of: elements, creating: false) else { return }
        unlinkat(parent.number, elements[elements.count - 1], 0)
    }

    func removeIfEmpty(_ elements: [String]) {
        guard let parent = try? openParent(of: elements, creating: false) else { return }
        unlinkat(parent.number, elements[elements.count - 1], AT_REMOVEDIR)
    }
}
