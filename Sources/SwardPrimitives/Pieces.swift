// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The unit that peers request and that BEP 52 hashes: 16 KiB.
public let blockLength = 16_384

/// Which piece of a torrent; made only where the piece count is known.
public struct PieceIndex: Hashable, Comparable, Sendable {
    public let rawValue: Int
    public init(_ rawValue: Int) { self.rawValue = rawValue }
    public static func < (a: PieceIndex, b: PieceIndex) -> Bool { a.rawValue < b.rawValue }
}

/// One request on the wire: part of a piece. Source: BEP 3, "request".
public struct BlockRequest: Hashable, Sendable {
    public let piece: PieceIndex
    /// Offset within the piece, in bytes.
    public let begin: Int
    /// In bytes; at most ``blockLength`` in what we send.
    public let length: Int

    public init(piece: PieceIndex, begin: Int, length: Int) {
        self.piece = piece
        self.begin = begin
        self.length = length
    }
}

/// Twenty bytes a client calls itself. Source: BEP 3 and BEP 20.
public struct PeerID: Hashable, Sendable {
    public let bytes: [UInt8]

    /// - Returns: `nil` unless `bytes` holds exactly 20 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 20 else { return nil }
        self.bytes = Array(bytes)
    }
}
