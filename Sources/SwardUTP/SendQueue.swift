// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import DequeModule
internal import NIOCore

/// Bytes to send, as they were given.
struct SendQueue: Sendable {
    private var buffers: Deque<ByteBuffer> = []
    /// In bytes.
    private(set) var count = 0
    var isEmpty: Bool { count == 0 }

    mutating func append(_ bytes: ByteBuffer) {
        guard bytes.readableBytes > 0 else { return }
        count += bytes.readableBytes
        buffers.append(bytes)
    }

    /// Takes the first `length` bytes, which there must be: a slice where one buffer has them all.
    mutating func take(_ length: Int) -> ByteBuffer {
        guard length > 0 else { return ByteBuffer() }
        count -= length
        if let slice = buffers[0].readSlice(length: length) {
            if buffers[0].readableBytes == 0 { buffers.removeFirst() }
            return slice
        }
        var taken = ByteBuffer()
        taken.reserveCapacity(length)
        while taken.readableBytes < length {
            let part = min(length - taken.readableBytes, buffers[0].readableBytes)
            if let slice = buffers[0].readSlice(length: part) { taken.writeImmutableBuffer(slice) }
            if buffers[0].readableBytes == 0 { buffers.removeFirst() }
        }
        return taken
    }
}
