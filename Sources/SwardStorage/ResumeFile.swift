// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
package import SwardPrimitives
import Synchronization

/// Which pieces of one payload are verified and written, on disk, so that a killed run loses none of them.
///
/// - Invariant: a set bit means that the piece's bytes were written to the files before the bit was. A bit is set
///   by writing one byte, which a kill cannot tear; the file itself is made under another name and renamed.
package final class ResumeFile: Sendable {
    /// How far the bits found at opening can be believed.
    package enum Trust: Hashable, Sendable {
        /// There was no record, or a damaged one, or one of another torrent or place.
        case none
        /// The system went down without a clean stop: what was recorded may not have reached the disk.
        case afterPowerLoss
        case full
    }

    private struct State {
        var bits: [UInt8]
        /// `nil` while it rests.
        var file: Descriptor?
        /// The record that was found, locked and not yet replaced.
        var former: Descriptor?
    }

    package let path: String
    package let trust: Trust
    /// When the record that was found was last written, in nanoseconds since 1970; `nil` when there was none.
    package let lastWritten: Int64?
    /// Whether the run that wrote it ended in good order, so that nothing of ours was written to the files after it.
    private let wasSettled: Bool
    private let header: ResumeHeader
    private let bitsOffset: Int
    private let state: Mutex<State>

    /// How a record is taken up.
    package enum Opening: Sendable {
        /// Begun where there is none, and held against other processes.
        case forWork
        /// Only looked at; what is there stays as it is, and free for others, until something is to be recorded.
        case forReading
    }

    /// Opens the record at `path`.
    ///
    /// - Parameter location: The absolute path under which the payload lies.
    package init(
        path: String, infoHashes: InfoHashes, pieceCount: Int, location: String, opening: Opening = .forWork,
        bootIdentifier: String = ResumeFile.currentBoot()
    ) throws(StorageError) {
        self.path = path
        if opening == .forWork, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try PayloadFolder.makeDirectories(String(path[..<slash]))
        }
        header = ResumeHeader(
            infoHashes: infoHashes, pieceCount: pieceCount, location: location, bootIdentifier: bootIdentifier
        )
        var bits = [UInt8](repeating: 0, count: (pieceCount + 7) / 8)
        var trust = Trust.none
        var wasSettled = false
        // Held until the new file stands in its place and is locked itself.
        let former = try Self.lockedFile(at: path)
        if let former, let found = ResumeHeader.parse(try Self.contents(of: former, path: path)),
            found.header.describesSamePayload(as: header)
        {
            bits = Array(found.bits)
            wasSettled = found.header.isSettled
            trust =
                found.header.isSettled || found.header.bootIdentifier == bootIdentifier
                ? .full : .afterPowerLoss
        }
        self.trust = trust
        self.wasSettled = wasSettled
        lastWritten = former.flatMap { former in
            var status = stat()
            return fstat(former.number, &status) == 0 ? status.st_mtim.nanoseconds : nil
        }
        let start = header.encoded()
        bitsOffset = start.count
        let file = opening == .forWork ? try Self.replace(path, with: start + bits) : nil
        state = Mutex(State(bits: bits, file: file))
        withExtendedLifetime(former) {}
    }

    /// A run that was killed wrote blocks after the last piece it recorded; those of so many nanoseconds are taken for its
    /// own.
    private static let ownWrites: Int64 = 2_000_000_000

    /// Which of `files` were changed after the record was last written; for those it vouches no more.
    ///
    /// A changed file is known by the time that the kernel keeps of it, which no program can set back.
    package func changed(among files: some Sequence<String>) -> [Int] {
        guard let lastWritten else { return files.enumerated().map(\.offset) }
        let latest = wasSettled ? lastWritten : lastWritten + Self.ownWrites
        return files.enumerated().compactMap { index, path in
            var status = stat()
            return lstat(path, &status) == 0 && status.st_ctim.nanoseconds > latest ? index : nil
        }
    }

    /// Keeps other processes from the record, which stays as it is until something is to be recorded.
    package func hold() throws(StorageError) {
        let result: Result<Void, StorageError> = state.withLock { state in
            Result { () throws(StorageError) in
                guard state.file == nil, state.former == nil else { return }
                state.former = try Self.lockedFile(at: path)
            }
        }
        try result.get()
    }

    /// Says anew, from now on, what is recorded already: it was found right again.
    package func renew() throws(StorageError) {
        let result: Result<Void, StorageError> = state.withLock { state in
            Result { () throws(StorageError) in _ = try opened(&state) }
        }
        try result.get()
    }

    /// Closes the record, and lets others have it, until something is to be recorded: of what is complete nothing is.
    package func rest() { state.withLock { ($0.file, $0.former) = (nil, nil) } }

    /// Whether something was recorded since it was opened or last rested.
    package var isAtWork: Bool { state.withLock { $0.file != nil } }

    /// The record, open and ours; one that rested is written anew, by what is known here.
    private func opened(_ state: inout State) throws(StorageError) -> Descriptor {
        if let file = state.file { return file }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try PayloadFolder.makeDirectories(String(path[..<slash]))
        }
        let former = if let held = state.former { held } else { try Self.lockedFile(at: path) }
        let file = try Self.replace(path, with: header.encoded() + state.bits)
        withExtendedLifetime(former) {}
        (state.file, state.former) = (file, nil)
        return file
    }

    /// The bits, the first piece the highest bit of the first byte.
    package var bits: [UInt8] { state.withLock { $0.bits } }

    package func isRecorded(_ piece: PieceIndex) -> Bool {
        state.withLock { $0.bits[piece.rawValue / 8] & Self.mask(piece) != 0 }
    }

    /// Records that `piece` is verified and written; call only when both are so.
    package func record(_ piece: PieceIndex) throws(StorageError) {
        try update(piece) { byte, mask in byte | mask }
    }

    /// Forgets `piece`.
    package func clear(_ piece: PieceIndex) throws(StorageError) {
        try update(piece) { byte, mask in byte & ~mask }
    }

    /// Says that everything recorded so far was flushed to the disk, so that even a power cut loses none of it. Where
    /// nothing was recorded what the record says is left to stand.
    ///
    /// - Parameter time: When the files began to be read for what is recorded, in nanoseconds since 1970; by default now.
    ///   For what changed after it the record does not vouch.
    package func settle(asOf time: Int64? = nil) throws(StorageError) {
        let result: Result<Void, StorageError> = state.withLock { state in
            Result { () throws(StorageError) in
                guard let file = state.file else { return }
                var one: UInt8 = 1
                guard pwrite(file.number, &one, 1, off_t(ResumeHeader.settledOffset)) == 1 else {
                    throw StorageError(.system(.write, code: errno), at: path)
                }
                if let time {
                    let time = timespec(nanoseconds: time)
                    guard futimens(file.number, [time, time]) == 0 else {
                        throw StorageError(.system(.write, code: errno), at: path)
                    }
                }
                guard fdatasync(file.number) == 0 else {
                    throw StorageError(.system(.synchronize, code: errno), at: path)
                }
            }
        }
        try result.get()
    }

    /// Removes the record, for a payload that is no longer ours to look after.
    package func remove() throws(StorageError) {
        guard unlink(path) == 0 || errno == ENOENT else {
            throw StorageError(.system(.remove, code: errno), at: path)
        }
    }

    private func update(_ piece: PieceIndex, _ change: (UInt8, UInt8) -> UInt8) throws(StorageError) {
        precondition(piece.rawValue >= 0 && piece.rawValue < header.pieceCount)
        let index = piece.rawValue / 8
        // Under the lock: of two writers of one byte, the later must not bring back the earlier's.
        let result: Result<Void, StorageError> = state.withLock { state in
            Result { () throws(StorageError) in
                var byte = change(state.bits[index], Self.mask(piece))
                guard byte != state.bits[index] else { return }
                let file = try opened(&state)
                guard pwrite(file.number, &byte, 1, off_t(bitsOffset + index)) == 1 else {
                    throw StorageError(.system(.write, code: errno), at: path)
                }
                state.bits[index] = byte
            }
        }
        try result.get()
    }

    private static func mask(_ piece: PieceIndex) -> UInt8 { 0x80 >> UInt8(piece.rawValue % 8) }

    /// For ``settle(asOf:)``, in nanoseconds since 1970: no file that was changed before has a later time.
    package static func timeOfFiles() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time.nanoseconds
    }

    /// The kernel's name for the time since it started; empty where there is none.
    package static func currentBoot() -> String {
        let number = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return "" }
        let file = Descriptor(owning: number)
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = read(file.number, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(count, 0)).prefix { $0 > 32 }, as: UTF8.self)
    }

    /// Opens what stands at `path` and locks it.
    private static func lockedFile(at path: String) throws(StorageError) -> Descriptor? {
        while true {
            let number = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
            guard number >= 0 else {
                if errno == ENOENT { return nil }
                throw StorageError(.system(.open, code: errno), at: path)
            }
            let file = Descriptor(owning: number)
            guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
                if errno == EWOULDBLOCK { throw StorageError(.inUse, at: path) }
                throw StorageError(.system(.lock, code: errno), at: path)
            }
            // Between open and flock another process may have put a new file in its place.
            var held = Glibc.stat()
            var named = Glibc.stat()
            if fstat(number, &held) == 0, stat(path, &named) == 0, held.st_ino == named.st_ino { return file }
        }
    }

    private static func contents(of file: Descriptor, path: String) throws(StorageError) -> [UInt8] {
        var status = Glibc.stat()
        guard fstat(file.number, &status) == 0 else {
            throw StorageError(.system(.readStatus, code: errno), at: path)
        }
        // One bit for each of 2^32 pieces is the most a header can announce; a real record is far below.
        guard status.st_size <= 1 << 30 else { return [] }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        let count = pread(file.number, &bytes, bytes.count, 0)
        guard count >= 0 else { throw StorageError(.system(.read, code: errno), at: path) }
        return Array(bytes.prefix(count))
    }

    private static func replace(_ path: String, with bytes: [UInt8]) throws(StorageError) -> Descriptor {
        let draft = "\(path).\(getpid()).new"
        let number = open(draft, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else { throw StorageError(.system(.create, code: errno), at: draft) }
        let file = Descriptor(owning: number)
        func fail(_ operation: StorageError.Operation) -> StorageError {
            let code = errno
            unlink(draft)
            return StorageError(.system(operation, code: code), at: draft)
        }
        guard flock(number, LOCK_EX | LOCK_NB) == 0 else { throw fail(.lock) }
        guard pwrite(number, bytes, bytes.count, 0) == bytes.count else { throw fail(.write) }
        guard rename(draft, path) == 0 else { throw fail(.rename) }
        return file
    }
}

extension timespec {
    fileprivate var nanoseconds: Int64 { Int64(tv_sec) * 1_000_000_000 + Int64(tv_nsec) }

    fileprivate init(nanoseconds: Int64) {
        self.init(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }
}
