// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Gathers what a renderer writes and hands it on in pieces, so that a report is never whole in memory.
struct ByteOutput {
    private static let pieceSize = 64 * 1024

    private var buffer: [UInt8] = []
    private let drain: ([UInt8]) -> Void

    init(drain: @escaping ([UInt8]) -> Void) {
        self.drain = drain
        buffer.reserveCapacity(Self.pieceSize + 4096)
    }

    mutating func write(_ text: String) {
        buffer.append(contentsOf: text.utf8)
        flushIfFull()
    }

    mutating func write(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
        flushIfFull()
    }

    /// For the few bytes between texts; does not look whether the piece is full.
    mutating func append(_ byte: UInt8) { buffer.append(byte) }

    mutating func flush() {
        guard !buffer.isEmpty else { return }
        drain(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private mutating func flushIfFull() {
        if buffer.count >= Self.pieceSize { flush() }
    }
}
