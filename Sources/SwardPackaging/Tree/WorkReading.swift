// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection
internal import SwardHash
internal import SwardMetainfo
internal import SwardPrimitives
internal import SwardScan
internal import Synchronization

/// One reading of a whole work: what its files say of their terms, and their digests.
///
/// A small file is read once for all of it. Of one that fits a block (16 KiB) the SHA-256 is also its root in BEP 52, and
/// of one that fits a piece the SHA-1 of that piece is made along with the rest; what is longer is read again for it.
struct WorkReading {
    /// One for each entry of the tree; `nil` for links.
    let surveys: [FileSurvey?]
    let found: FoundInWork
    let small: SmallFiles

    /// - Parameters:
    ///   - digests: Without them only tags and terms are read, and the digests are zero.
    ///   - pieceLength: Expected of a hybrid, in bytes; `nil` where no digests of single pieces are wanted.
    ///   - progress: Called with bytes read, from any thread.
    init(
        _ tree: WorkTree, root: String, digests: Bool, pieceLength: Int?, cancellation: ScanCancellation,
        progress: (@Sendable (Int) -> Void)?
    ) throws(PackagingError) {
        let files = tree.entries.indices.filter { !tree.entries[$0].isSymlink }
        let isFilled = pieceLength.map { $0 <= ScanListing.room } ?? false
        let hashing = SmallFileHashing(
            lengths: files.map { tree.entries[$0].length }, digests: digests,
            pieceLength: isFilled ? pieceLength : nil, progress: progress)
        let listing = ScanListing(
            files: files.map { .init(path: tree.entries[$0].name, length: tree.entries[$0].length) }
        ) { hashing.didRead($0) }
        found = try FoundInWork(listing, root: root, cancellation: cancellation)
        var (known, small) = hashing.take()
        // What was too long to be held, and what could not be read, for which this says why.
        let rest = known.indices.filter { known[$0] == nil }
        let more = try FileSurvey.read(
            rest.map { listing.files[$0].path }, lengths: rest.map { listing.files[$0].length }, in: root,
            digests: digests, cancellation: cancellation, progress: progress)
        for (place, survey) in zip(rest, more) { known[place] = survey }
        if files.count < tree.entries.count {
            var spread = [FileSurvey?](repeating: nil, count: tree.entries.count)
            var spreadSmall = [SmallFiles.File?](repeating: nil, count: tree.entries.count)
            for (place, index) in files.enumerated() {
                spread[index] = known[place]
                spreadSmall[index] = small[place]
            }
            (known, small) = (spread, spreadSmall)
        }
        surveys = known
        self.small = SmallFiles(files: small, pieceLength: isFilled ? pieceLength ?? 0 : 0)
    }
}

/// What is known of files that were read whole, beside their surveys.
struct SmallFiles {
    struct File {
        /// `st_ctim` in nanoseconds since 1970, before it was read.
        var changedAt: Int64
        /// The SHA-1 of its only piece, with zeros to its end.
        var piece: Digest160?
    }

    /// One for each entry of the tree; `nil` for those that were not read so.
    fileprivate let files: [File?]
    /// For which pieces were hashed, in bytes.
    fileprivate let pieceLength: Int

    /// - Returns: Without a piece where pieces of another length were expected, or the file is longer.
    func file(_ entry: Int, pieceLength: Int) -> File? {
        guard var file = files[entry] else { return nil }
        if pieceLength != self.pieceLength { file.piece = nil }
        return file
    }
}

/// Digests and tags of small files, made from bytes that a scan has just read.
private final class SmallFileHashing: Sendable {
    private let lengths: [Int64]
    private let digests: Bool
    private let pieceLength: Int?
    private let progress: (@Sendable (Int) -> Void)?
    private let state: Mutex<(surveys: [FileSurvey?], small: [SmallFiles.File?])>

    init(lengths: [Int64], digests: Bool, pieceLength: Int?, progress: (@Sendable (Int) -> Void)?) {
        self.lengths = lengths
        self.digests = digests
        self.pieceLength = digests ? pieceLength : nil
        self.progress = progress
        state = Mutex(
            (
                [FileSurvey?](repeating: nil, count: lengths.count),
                [SmallFiles.File?](repeating: nil, count: lengths.count)
            ))
    }

    func didRead(_ contents: [ScanListing.Contents]) {
        // A file that has another length by now is left to whoever says so.
        // Longest first: what runs side by side then ends side by side, and lanes do not stand empty.
        let files = contents.filter { Int64($0.bytes.count) == lengths[$0.number] }
            .sorted { $0.bytes.count > $1.bytes.count }
        let messages = files.map(\.bytes)
        let single =
            pieceLength.map { length in files.filter { !$0.bytes.isEmpty && $0.bytes.count <= length } } ?? []
        // In one go: while few of the files are left, the kernel has pieces to hash beside them.
        let padded = single.map { UnsafeRawBufferPointer(rebasing: $0.padded[..<(pieceLength ?? 0)]) }
        let sha1 = digests ? HashLanes.sha1(messages + padded) : []
        let pieces = sha1.dropFirst(messages.count)
        let sha256 = digests ? HashLanes.sha256(messages) : []
        let tags = messages.map { bytes in
            var scanner = TagScanner()
            scanner.read(bytes.bindMemory(to: UInt8.self).span)
            return scanner.finish()
        }
        state.withLock { state in
            for (place, file) in files.enumerated() {
                state.surveys[file.number] = FileSurvey(
                    sha1: digests ? sha1[place] : .zero, sha256: digests ? sha256[place] : .zero,
                    tags: tags[place])
                state.small[file.number] = SmallFiles.File(changedAt: file.changedAt)
            }
            for (file, piece) in zip(single, pieces) { state.small[file.number]?.piece = piece }
        }
        progress?(messages.reduce(0) { $0 + $1.count })
    }

    /// All that was made; nothing is left here.
    func take() -> (surveys: [FileSurvey?], small: [SmallFiles.File?]) {
        state.withLock { state in
            defer { state = ([], []) }
            return state
        }
    }
}
