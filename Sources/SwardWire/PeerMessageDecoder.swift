// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore
internal import SwardPrimitives

/// Cuts a stream of bytes into messages, whatever pieces it comes in.
///
/// A message that lies whole in one read is handed out as slices of it. Only one that straddles two reads is
/// copied, into a buffer of exactly its length: with reads of 256 KiB that is one block in sixteen.
///
/// - Memory: at most one message beside the read in hand; lengths are checked before anything is allocated.
package struct PeerMessageDecoder: Sendable {
    /// Length prefix and type.
    private static let headerLength = 5

    private let limits: WireLimits
    /// What was read and not yet cut.
    private var chunk = ByteBuffer()
    /// The front of a message whose rest has not come.
    private var partial = ByteBuffer()
    /// The whole length of `partial`, once its header is there.
    private var partialLength: Int?
    private var failure: WireError?

    package init(limits: WireLimits = WireLimits()) { self.limits = limits }

    /// Hands in what was read; call ``next()`` until it returns `nil` before handing in more.
    package mutating func append(_ bytes: ByteBuffer) {
        if chunk.readableBytes == 0 {
            chunk = bytes
        } else {
            chunk.writeImmutableBuffer(bytes)
        }
    }

    /// - Returns: `nil` while bytes are missing.
    /// - Throws: the first offence of the stream, from then on at every call.
    package mutating func next() throws(WireError) -> PeerMessage? {
        if let failure { throw failure }
        do {
            return partial.readableBytes == 0 ? try nextWhole() : try nextStraddling()
        } catch {
            failure = error
            throw error
        }
    }

    private mutating func nextWhole() throws(WireError) -> PeerMessage? {
        guard let length = chunk.getInteger(at: chunk.readerIndex, as: UInt32.self) else {
            if chunk.readableBytes > 0 { stash(reserving: Self.headerLength) }
            return nil
        }
        if length == 0 {
            chunk.moveReaderIndex(forwardBy: 4)
            return .keepAlive
        }
        guard let identifier = chunk.getInteger(at: chunk.readerIndex + 4, as: UInt8.self) else {
            stash(reserving: Self.headerLength)
            return nil
        }
        let body = Int(length) - 1
        try check(identifier, bodyLength: body)
        guard chunk.readableBytes >= Self.headerLength + body else {
            stash(reserving: Self.headerLength + body)
            partialLength = Self.headerLength + body
            return nil
        }
        chunk.moveReaderIndex(forwardBy: Self.headerLength)
        return try Self.parse(identifier, bodyLength: body, from: &chunk)
    }

    private mutating func stash(reserving capacity: Int) {
        partial = ByteBuffer()
        partial.reserveCapacity(capacity)
        partial.writeBuffer(&chunk)
        chunk = ByteBuffer()
    }

    private mutating func nextStraddling() throws(WireError) -> PeerMessage? {
        if partialLength == nil {
            take(upTo: 4)
            guard let length = partial.getInteger(at: 0, as: UInt32.self) else { return nil }
            if length == 0 {
                partial = ByteBuffer()
                return .keepAlive
            }
            take(upTo: Self.headerLength)
            guard let identifier = partial.getInteger(at: 4, as: UInt8.self) else { return nil }
            try check(identifier, bodyLength: Int(length) - 1)
            partialLength = 4 + Int(length)
            partial.reserveCapacity(4 + Int(length))
        }
        guard let whole = partialLength else { return nil }
        take(upTo: whole)
        guard partial.readableBytes == whole, let identifier = partial.getInteger(at: 4, as: UInt8.self)
        else {
            return nil
        }
        var message = partial
        partial = ByteBuffer()
        partialLength = nil
        message.moveReaderIndex(forwardBy: Self.headerLength)
        return try Self.parse(identifier, bodyLength: whole - Self.headerLength, from: &message)
    }

    private mutating func take(upTo length: Int) {
        let missing = min(length - partial.readableBytes, chunk.readableBytes)
        guard missing > 0, var slice = chunk.readSlice(length: missing) else { return }
        partial.writeBuffer(&slice)
    }

    /// Refuses a length its type cannot have.
    @inline(__always)
    private func check(_ identifier: UInt8, bodyLength: Int) throws(WireError) {
        if identifier == 7 {
            guard bodyLength <= 8 + limits.blockPayloadLength else {
                throw .tooLong(
                    message: 7, length: bodyLength + 1, limit: 9 + limits.blockPayloadLength)
            }
            guard bodyLength > 8 else { throw .wrongLength(message: 7, length: bodyLength + 1) }
            return
        }
        try checkOther(identifier, bodyLength: bodyLength)
    }

    private func checkOther(_ identifier: UInt8, bodyLength: Int) throws(WireError) {
        let range: ClosedRange<Int>
        switch identifier {
        case 0, 1, 2, 3, 14, 15: range = 0...0
        case 4, 13, 17: range = 4...4
        case 5: range = 0...limits.bitfieldLength
        case 6, 8, 16: range = 12...12
        case 9: range = 2...2
        case 20: range = 1...(1 + limits.extendedLength)
        case 21, 23: range = HashRequest.byteCount...HashRequest.byteCount
        case 22:
            range =
                HashRequest
                .byteCount...(HashRequest.byteCount + Digest256.byteCount
                * (HashRequest.maximumLength + 64))
        default: range = 0...limits.extendedLength
        }
        guard bodyLength <= range.upperBound || range.lowerBound == range.upperBound else {
            throw .tooLong(message: identifier, length: bodyLength + 1, limit: range.upperBound + 1)
        }
        guard range ~= bodyLength else { throw .wrongLength(message: identifier, length: bodyLength + 1) }
    }

    /// Reads a body of a length that ``check(_:bodyLength:)`` has passed.
    @inline(__always)
    private static func parse(
        _ identifier: UInt8, bodyLength: Int, from buffer: inout ByteBuffer
    ) throws(WireError) -> PeerMessage {
        if identifier == 7 {
            guard let (piece, begin) = buffer.readMultipleIntegers(as: (UInt32, UInt32).self),
                let payload = buffer.readSlice(length: bodyLength - 8)
            else { throw .wrongLength(message: 7, length: bodyLength + 1) }
            return .piece(PieceIndex(Int(piece)), begin: Int(begin), payload)
        }
        return try parseOther(identifier, bodyLength: bodyLength, from: &buffer)
    }

    private static func parseOther(
        _ identifier: UInt8, bodyLength: Int, from buffer: inout ByteBuffer
    ) throws(WireError) -> PeerMessage {
        // The length has been checked, so that a missing byte is our mistake and not the peer's.
        guard var body = buffer.readSlice(length: bodyLength) else { preconditionFailure("body cut short") }
        func number() -> Int { Int(body.readInteger(as: UInt32.self) ?? 0) }
        func block() -> BlockRequest {
            BlockRequest(piece: PieceIndex(number()), begin: number(), length: number())
        }
        switch identifier {
        case 0: return .choke
        case 1: return .unchoke
        case 2: return .interested
        case 3: return .notInterested
        case 4: return .have(PieceIndex(number()))
        case 5: return .bitfield(body)
        case 6: return .request(block())
        case 8: return .cancel(block())
        case 9: return .port(body.readInteger() ?? 0)
        case 13: return .suggest(PieceIndex(number()))
        case 14: return .haveAll
        case 15: return .haveNone
        case 16: return .reject(block())
        case 17: return .allowedFast(PieceIndex(number()))
        case 20: return .extended(id: body.readInteger() ?? 0, body)
        case 21, 22, 23:
            guard let root = Digest256(body.readBytes(length: Digest256.byteCount) ?? []) else {
                throw .wrongLength(message: identifier, length: bodyLength + 1)
            }
            let request = HashRequest(
                piecesRoot: root, baseLayer: number(), index: number(), length: number(),
                proofLayers: number())
            if identifier == 21 { return .hashRequest(request) }
            if identifier == 23 { return .hashReject(request) }
            guard request.isSound else { throw .badHashRequest(request) }
            guard body.readableBytes == (request.length + request.uncleCount) * Digest256.byteCount else {
                throw .wrongLength(message: 22, length: bodyLength + 1)
            }
            return .hashes(request, body)
        default: return .unknown(identifier)
        }
    }
}
