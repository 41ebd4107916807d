// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
package import NIOCore
import SwardHash
import SwardMetainfo
package import SwardPrimitives
import Synchronization

/// A block that came from a peer and is to be written.
package struct BlockWrite: Sendable {
    package let request: BlockRequest
    /// Its readable bytes are the block, usually a slice of what was read from the socket.
    package let data: ByteBuffer

    package init(request: BlockRequest, data: ByteBuffer) {
        self.request = request
        self.data = data
    }
}

/// What became of one ``BlockWrite``.
package struct BlockWriteResult: Sendable {
    package let request: BlockRequest
    /// SHA-256 of the block's bytes without padding; `nil` for a v1 torrent. Source: BEP 52, "pieces root".
    package let leaf: Digest256?
    /// SHA-1 of the whole piece, if this was the last of its blocks and all were hashed as they came; `nil` otherwise, and
    /// then ``Payload/sha1(of:)`` tells it.
    package let pieceSHA1: Digest160?
    package let error: StorageError?
}

extension Payload {
    /// Bytes of a block that lie together in one file.
    private struct Extent {
        let file: Int
        let offset: Int64
        let bytes: UnsafeRawBufferPointer
        let block: Int
    }

    /// Blocks hashed and then written together: few enough that their bytes are still in the core's own cache when
    /// they are copied to the file, and enough for all lanes.
    private static var groupSize: Int { 64 }

    /// Writes `blocks` with as few calls as their places allow, and hashes their leaves side by side.
    ///
    /// - Returns: One result per block, in the order given.
    package func write(_ blocks: [BlockWrite]) -> [BlockWriteResult] {
        var results: [BlockWriteResult] = []
        results.reserveCapacity(blocks.count)
        var rest = blocks[...]
        while !rest.isEmpty {
            let group = rest.prefix(Self.groupSize)
            write(group, into: &results)
            rest = rest.dropFirst(group.count)
        }
        return results
    }

    private func write(_ blocks: ArraySlice<BlockWrite>, into results: inout [BlockWriteResult]) {
        var extents: [Extent] = []
        extents.reserveCapacity(blocks.count)
        var leaves: [UnsafeRawBufferPointer] = []
        leaves.reserveCapacity(blocks.count)
        var running: [RunningDigests.Block] = []
        // The pointers outlive the closures that lend them: a buffer's storage neither moves nor goes away while it is
        // held and not changed, and `storages` holds each until the end of this function.
        var storages: [Unmanaged<AnyObject>] = []
        storages.reserveCapacity(blocks.count)
        defer { for storage in storages { storage.release() } }
        for (index, block) in blocks.enumerated() {
            let bytes = block.data.withUnsafeReadableBytesWithStorageManagement { bytes, storage in
                storages.append(storage.retain())
                return bytes
            }
            precondition(bytes.count == block.request.length)
            var start = 0
            var dataLength = 0
            var padding = 0
            let request = block.request
            layout.forEachSegment(of: request.piece, begin: request.begin, length: request.length) {
                segment in
                if let file = segment.file {
                    let part = UnsafeRawBufferPointer(rebasing: bytes[start..<(start + segment.length)])
                    extents.append(Extent(file: file, offset: segment.fileOffset, bytes: part, block: index))
                    dataLength = start + segment.length
                } else {
                    padding += segment.length
                }
                start += segment.length
            }
            leaves.append(UnsafeRawBufferPointer(rebasing: bytes[..<dataLength]))
            if hasPieceHashes {
                running.append(
                    RunningDigests.Block(request: request, bytes: bytes, isWhole: padding == 0))
            }
        }
        let digests = hasLeaves ? HashLanes.sha256(leaves) : []
        var pieces = follow(running)
        let errors = write(&extents, blockCount: blocks.count)
        for (block, error) in zip(blocks, errors) where error != nil {
            pieces[block.request.piece] = nil
            self.running.withLock { $0?.drop(block.request.piece) }
        }
        let first = results.count
        for (index, block) in blocks.enumerated().reversed() {
            // With the last of a piece that was handed in, whichever that is, all of it is written.
            results.append(
                BlockWriteResult(
                    request: block.request, leaf: hasLeaves ? digests[index] : nil,
                    pieceSHA1: pieces.removeValue(forKey: block.request.piece), error: errors[index]))
        }
        results[first...].reverse()
    }

    private func follow(_ blocks: [RunningDigests.Block]) -> [PieceIndex: Digest160] {
        guard !blocks.isEmpty else { return [:] }
        return running.withLock { running in
            var followed = running ?? RunningDigests()
            // One copy of the lanes, not two.
            running = nil
            defer { running = followed }
            return followed.take(blocks) { piece in
                let length = layout.length(of: piece)
                return length == layout.paddedLength(of: piece) ? length : nil
            }
        }
    }

    private func write(_ extents: inout [Extent], blockCount: Int) -> [StorageError?] {
        var errors = [StorageError?](repeating: nil, count: blockCount)
        extents.sort { ($0.file, $0.offset) < ($1.file, $1.offset) }
        var start = 0
        while start < extents.count {
            var end = start + 1
            var next = extents[start].offset + Int64(extents[start].bytes.count)
            while end < extents.count, end - start < Self.maximumVectors,
                extents[end].file == extents[start].file,
                extents[end].offset == next
            {
                next += Int64(extents[end].bytes.count)
                end += 1
            }
            do {
                try write(extents[start..<end])
            } catch {
                for extent in extents[start..<end] { errors[extent.block] = error }
            }
            start = end
        }
        return errors
    }

    /// Below every system's IOV_MAX (1024 on Linux).
    private static var maximumVectors: Int { 256 }

    /// Writes neighbours of one file.
    private func write(_ run: ArraySlice<Extent>) throws(StorageError) {
        guard let first = run.first else { return }
        let file = try openForWriting(first.file)
        var vectors = run.map {
            iovec(iov_base: UnsafeMutableRawPointer(mutating: $0.bytes.baseAddress), iov_len: $0.bytes.count)
        }
        var offset = off_t(first.offset)
        var done = 0
        while done < vectors.count {
            let count = vectors[done...].withUnsafeBufferPointer {
                pwritev(file.number, $0.baseAddress, Int32($0.count), offset)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw StorageError(.system(.write, code: errno), at: path(first.file))
            }
            offset += off_t(count)
            var written = count
            while done < vectors.count, written >= vectors[done].iov_len {
                written -= vectors[done].iov_len
                done += 1
            }
            if written > 0 {
                vectors[done].iov_base += written
                vectors[done].iov_len -= written
            }
        }
    }
}
