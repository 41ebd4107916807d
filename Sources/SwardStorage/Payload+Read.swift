// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
package import NIOCore
import SwardHash
import SwardMetainfo
package import SwardPrimitives

extension Payload {
    /// Where one segment of a block goes in memory.
    private struct Gap {
        let file: Int
        let fileOffset: Int64
        let bufferOffset: Int
        let length: Int
    }

    /// Appends each of `requests` to `buffer`, every block behind the head that `writeHead` puts before it.
    ///
    /// Blocks that follow each other in a file are read by one call, straight to behind their heads: what a peer
    /// asked for leaves in one piece, and its bytes are copied once out of the page cache and once into the socket.
    package func read(
        _ requests: [BlockRequest], into buffer: inout ByteBuffer, headLength: Int,
        writeHead: (BlockRequest, inout ByteBuffer) -> Void
    ) throws(StorageError) {
        let gaps = layOut(requests, in: &buffer, headLength: headLength, writeHead: writeHead)
        let readerIndex = buffer.readerIndex
        let result: Result<Void, StorageError> = buffer.withUnsafeMutableReadableBytes { memory in
            Result { () throws(StorageError) in try fill(gaps, in: memory, from: readerIndex) }
        }
        try result.get()
    }

    /// As ``read(_:into:headLength:writeHead:)``, but only if all of it lies in memory: an event loop may call it.
    ///
    /// - Returns: Whether it was read; if not, `buffer` is as it was.
    package func readWithoutWaiting(
        _ requests: [BlockRequest], into buffer: inout ByteBuffer, headLength: Int,
        writeHead: (BlockRequest, inout ByteBuffer) -> Void
    ) -> Bool {
        let end = buffer.writerIndex
        let gaps = layOut(requests, in: &buffer, headLength: headLength, writeHead: writeHead)
        let readerIndex = buffer.readerIndex
        let isRead = buffer.withUnsafeMutableReadableBytes { memory in
            runs(of: gaps).allSatisfy { run in
                guard let file = heldDescriptor(gaps[run.lowerBound].file) else { return false }
                let vectors = vectors(gaps[run], memory, readerIndex)
                let offset = off_t(gaps[run.lowerBound].fileOffset)
                let count =
                    file.isInMemory
                    ? preadv(file.number, vectors, Int32(vectors.count), offset)
                    : SystemCall.preadvWithoutWaiting(file.number, vectors, at: offset)
                return count == gaps[run].reduce(0) { $0 + $1.length }
            }
        }
        if !isRead { buffer.moveWriterIndex(to: end) }
        return isRead
    }

    /// Makes room for the blocks and writes their heads, and the zeros of pads.
    private func layOut(
        _ requests: [BlockRequest], in buffer: inout ByteBuffer, headLength: Int,
        writeHead: (BlockRequest, inout ByteBuffer) -> Void
    ) -> [Gap] {
        buffer.reserveCapacity(minimumWritableBytes: requests.reduce(0) { $0 + $1.length + headLength })
        var gaps: [Gap] = []
        gaps.reserveCapacity(requests.count)
        for request in requests {
            writeHead(request, &buffer)
            layout.forEachSegment(of: request.piece, begin: request.begin, length: request.length) {
                segment in
                if let file = segment.file {
                    gaps.append(
                        Gap(
                            file: file, fileOffset: segment.fileOffset, bufferOffset: buffer.writerIndex,
                            length: segment.length))
                    buffer.moveWriterIndex(forwardBy: segment.length)
                } else {
                    buffer.writeRepeatingByte(0, count: segment.length)
                }
            }
        }
        return gaps
    }

    /// Neighbours in one file.
    private func runs(of gaps: [Gap]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        while start < gaps.count {
            var end = start + 1
            while end < gaps.count, end - start < 256, gaps[end].file == gaps[start].file,
                gaps[end].fileOffset == gaps[end - 1].fileOffset + Int64(gaps[end - 1].length)
            {
                end += 1
            }
            runs.append(start..<end)
            start = end
        }
        return runs
    }

    private func vectors(
        _ gaps: ArraySlice<Gap>, _ memory: UnsafeMutableRawBufferPointer, _ readerIndex: Int
    ) -> [iovec] {
        gaps.map {
            iovec(iov_base: memory.baseAddress! + ($0.bufferOffset - readerIndex), iov_len: $0.length)
        }
    }

    private func fill(
        _ gaps: [Gap], in memory: UnsafeMutableRawBufferPointer, from readerIndex: Int
    ) throws(StorageError) {
        for run in runs(of: gaps) {
            let index = gaps[run.lowerBound].file
            let file = try openForReading(index)
            let vectors = vectors(gaps[run], memory, readerIndex)
            let count = preadv(
                file.number, vectors, Int32(vectors.count), off_t(gaps[run.lowerBound].fileOffset))
            // Rare: at a signal, or where the file ends early. Read again one by one, which finds out which.
            if count == gaps[run].reduce(0, { $0 + $1.length }) { continue }
            for gap in gaps[run] {
                try read(
                    index, at: gap.fileOffset,
                    into: UnsafeMutableRawBufferPointer(
                        start: memory.baseAddress! + (gap.bufferOffset - readerIndex), count: gap.length))
            }
        }
    }
}

extension Payload {
    /// The leaf hashes of whole pieces of a v2 or hybrid torrent, read from disk; of a v1 torrent the same of each block.
    /// Source: BEP 52, "hash request".
    package func leaves(of pieces: Range<Int>) throws(StorageError) -> [Digest256] {
        var leaves: [Digest256] = []
        let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: layout.pieceLength, alignment: 64)
        defer { scratch.deallocate() }
        for piece in pieces.map({ PieceIndex($0) }) {
            let length = layout.length(of: piece)
            let room = UnsafeMutableRawBufferPointer(rebasing: scratch[..<length])
            try read(BlockRequest(piece: piece, begin: 0, length: length), into: room)
            leaves += HashLanes.sha256(cutting: UnsafeRawBufferPointer(room), every: blockLength)
        }
        return leaves
    }
}
