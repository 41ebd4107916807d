// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardMetainfo
import SwardPrimitives
package import SwardStorage
import SwardSwarm

/// A payload as a check of every byte finds it, file by file.
package struct PayloadCondition: Sendable {
    package struct File: Sendable {
        package enum State: String, Sendable {
            case whole
            case missing
            /// Of another length than the torrent says.
            case wrongLength = "wrong length"
            /// Of the right length, with pieces that are not the torrent's.
            case damaged
        }

        package let path: [String]
        package let state: State
        /// In bytes.
        package let length: Int64
        /// `nil` where nothing is there.
        package let found: Int64?
        package let pieceCount: Int
        package let badPieces: Int
        /// Whether its name says that it is not whole.
        package let isMarkedPartial: Bool
    }

    package let pieceCount: Int
    package let goodPieces: Int
    /// In bytes: of the work, and of the pieces that are right.
    package let totalBytes: Int64
    package let goodBytes: Int64
    package let files: [File]
    /// Whether the record of what is verified says the same from now on; it does not where it cannot be written.
    package let isRecorded: Bool

    package var isSound: Bool { files.allSatisfy { $0.state == .whole } && goodPieces == pieceCount }

    /// Reads every byte of a payload and puts its record right. Files are only read.
    ///
    /// - Parameter shouldContinue: told now and then how many bytes are hashed; `false` ends it.
    /// - Throws: `StorageError`, also while another process works on the payload.
    package init(
        checking metainfo: Metainfo, in folder: String, resumePath: String?,
        shouldContinue: (Int64) -> Bool
    ) throws(StorageError) {
        var options = TorrentOptions(folder: folder)
        options.resumePath = resumePath
        options.writes = false
        options.rechecks = true
        let info = metainfo.info
        let opened = try OpenedPayload(
            info, layers: metainfo.pieceLayers.mapValues(\.bytes), options: options,
            descriptors: DescriptorCache(), shouldContinue: shouldContinue)
        let (layout, have) = (info.layout, opened.have)
        let lengths = opened.payload.lengthsOnDisk()
        let partial = Set(opened.payload.partialFiles)
        files = info.files.indices.compactMap { index in
            guard !info.files[index].isSymlink else { return nil }
            let (length, found) = (layout.length(ofFile: index), lengths[index])
            let pieces = layout.pieces(ofFile: index)
            let bad = pieces.count { !have.contains($0) }
            let state: File.State =
                if found == nil { .missing } else if found != length { .wrongLength } else if bad > 0 {
                    .damaged
                } else { .whole }
            return File(
                path: info.files.path(of: index), state: state, length: length, found: found,
                pieceCount: pieces.count, badPieces: bad, isMarkedPartial: partial.contains(index))
        }
        pieceCount = layout.pieceCount
        goodPieces = have.count
        totalBytes = layout.pieces.reduce(0) { $0 + Int64(layout.length(of: PieceIndex($1))) }
        var good: Int64 = 0
        have.forEach { good += Int64(layout.length(of: PieceIndex($0))) }
        goodBytes = good
        isRecorded = opened.resume != nil
        // What the record says now was read from the files; whether that has reached the disk is not ours to know.
        opened.payload.releaseDescriptors()
    }
}
