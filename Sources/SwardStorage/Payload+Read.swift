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
        let readerIndex = buffer.readerIndex
        let result: Result<Void, StorageError> = buffer.withUnsafeMutableReadableBytes { memory in
            Result { () throws(StorageError) in try fill(gaps, in: memory, from: readerIndex) }
        }
        try result.get()
    }

    private func fill(
        _ gaps: [Gap], in memory: UnsafeMutableRawBufferPointer, from readerIndex: Int
    ) throws(StorageError) {
        var start = 0
        while start < gaps.count {
            var end = start + 1
            var length = gaps[start].length
            while end < gaps.count, end - start < 256, gaps[end].file == gaps[start].file,
                gaps[end].fileOffset == gaps[start].fileOffset + Int64(length)
            {
                length += gaps[end].length
                end += 1
            }
            let index = gaps[start].file
            let file = try openForReading(index)
            let vectors = gaps[start..<end].map {
                iovec(iov_base: memory.baseAddress! + ($0.bufferOffset - readerIndex), iov_len: $0.length)
            }
            let count = preadv(file.number, vectors, Int32(vectors.count), off_t(gaps[start].fileOffset))
            // Rare: at a signal, or where the file ends early. Read again one by one, which finds out which.
            if count != length {
                for gap in gaps[start..<end] {
                    try read(
                        index, at: gap.fileOffset,
                        into: UnsafeMutableRawBufferPointer(
                            start: memory.baseAddress! + (gap.bufferOffset - readerIndex), count: gap.length))
                }
            }
            start = end
        }
    }
}

extension Payload {
    /// The leaf hashes of whole pieces of a v2 or hybrid torrent, read from disk. Source: BEP 52, "hash request".
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
