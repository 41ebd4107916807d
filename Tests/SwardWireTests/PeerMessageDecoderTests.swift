// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardPrimitives
import SwardWire
import Testing

@Suite("Cutting messages from a stream") struct PeerMessageDecoderTests {
    private func drain(_ decoder: inout PeerMessageDecoder) throws -> [PeerMessage] {
        var messages: [PeerMessage] = []
        while let message = try decoder.next() { messages.append(message) }
        return messages
    }

    @Test("what is written is read, whole, byte by byte and in any pieces", arguments: 0..<40)
    func roundTrips(_ seed: Int) throws {
        var generator = SplitMix64(seed: UInt64(seed))
        let messages = (0..<30).map { _ in generator.message() }
        var stream = ByteBuffer()
        for message in messages { message.write(into: &stream) }

        var whole = PeerMessageDecoder()
        whole.append(stream)
        #expect(try drain(&whole) == messages)

        var cut = PeerMessageDecoder()
        var found: [PeerMessage] = []
        var rest = stream
        while let slice = rest.readSlice(length: min(rest.readableBytes, 1 + generator.below(9000))),
            slice.readableBytes > 0
        {
            cut.append(slice)
            found += try drain(&cut)
        }
        #expect(found == messages)
    }

    @Test("every single cut of a short stream gives the same messages")
    func cutsAnywhere() throws {
        let messages: [PeerMessage] = [
            .keepAlive, .have(PieceIndex(7)),
            .piece(PieceIndex(1), begin: 16_384, ByteBuffer(string: "payload")),
            .choke, .request(BlockRequest(piece: PieceIndex(2), begin: 0, length: 16_384)), .keepAlive,
            .haveAll,
        ]
        var stream = ByteBuffer()
        for message in messages { message.write(into: &stream) }
        var single = PeerMessageDecoder()
        var byByte: [PeerMessage] = []
        for byte in stream.readableBytesView {
            single.append(ByteBuffer(integer: byte))
            byByte += try drain(&single)
        }
        #expect(byByte == messages)
        for cut in 0...stream.readableBytes {
            var decoder = PeerMessageDecoder()
            decoder.append(stream.getSlice(at: 0, length: cut)!)
            let first = try drain(&decoder)
            decoder.append(stream.getSlice(at: cut, length: stream.readableBytes - cut)!)
            #expect(first + (try drain(&decoder)) == messages, "cut at \(cut)")
        }
    }

    @Test("a block that came in one read is a slice of it")
    func copiesNothing() throws {
        var stream = ByteBuffer()
        for piece in 0..<3 {
            PeerMessage.piece(PieceIndex(piece), begin: 0, ByteBuffer(repeating: 1, count: 16_384)).write(
                into: &stream)
        }
        var decoder = PeerMessageDecoder()
        decoder.append(stream)
        let storage = stream.withUnsafeReadableBytes { UInt(bitPattern: $0.baseAddress) }
        for piece in 0..<3 {
            guard case .piece(_, _, let payload) = try decoder.next() else {
                Issue.record("no piece \(piece)")
                return
            }
            let place = payload.withUnsafeReadableBytes { UInt(bitPattern: $0.baseAddress) }
            #expect(place - storage == UInt(piece * (16_384 + 13) + 13))
        }
    }

    @Test("a piece header with its payload behind it is a piece message")
    func writesHeader() {
        var apart = ByteBuffer()
        PeerMessage.writePieceHeader(
            BlockRequest(piece: PieceIndex(3), begin: 16_384, length: 5), into: &apart)
        #expect(apart.readableBytes == PeerMessage.pieceHeaderLength)
        apart.writeString("hello")
        var together = ByteBuffer()
        PeerMessage.piece(PieceIndex(3), begin: 16_384, ByteBuffer(string: "hello")).write(into: &together)
        #expect(apart == together)
    }

    // MARK: Hostile

    struct Refusal: CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var error: WireError
        var testDescription: String { name }
    }

    private static func bytes(_ length: UInt32, _ rest: [UInt8]) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) } + rest
    }

    private static let root = Digest256([UInt8](repeating: 9, count: 32))!

    private static func hashes(_ request: HashRequest, count: Int) -> [UInt8] {
        var buffer = ByteBuffer()
        PeerMessage.hashes(request, ByteBuffer(repeating: 0, count: count * 32)).write(into: &buffer)
        return Array(buffer.readableBytesView)
    }

    private static func request(base: Int = 0, index: Int = 0, length: Int, proof: Int = 0) -> HashRequest {
        HashRequest(piecesRoot: root, baseLayer: base, index: index, length: length, proofLayers: proof)
    }

    static let refusals: [Refusal] = [
        Refusal(
            name: "a piece of 2 GiB", bytes: bytes(1 << 31, [7]),
            error: .tooLong(message: 7, length: 1 << 31, limit: 9 + 16_384)),
        Refusal(
            name: "the longest length", bytes: bytes(.max, [7]),
            error: .tooLong(message: 7, length: Int(UInt32.max), limit: 9 + 16_384)),
        Refusal(
            name: "a piece of one byte too much", bytes: bytes(9 + 16_385, [7]),
            error: .tooLong(message: 7, length: 9 + 16_385, limit: 9 + 16_384)),
        Refusal(
            name: "a piece without payload", bytes: bytes(9, [7]), error: .wrongLength(message: 7, length: 9)),
        Refusal(
            name: "a piece without header", bytes: bytes(5, [7]), error: .wrongLength(message: 7, length: 5)),
        Refusal(
            name: "a choke with a body", bytes: bytes(2, [0, 0]), error: .wrongLength(message: 0, length: 2)),
        Refusal(
            name: "an unchoke of 4 GiB", bytes: bytes(.max, [1]),
            error: .wrongLength(message: 1, length: Int(UInt32.max))),
        Refusal(
            name: "a short have", bytes: bytes(4, [4, 0, 0, 0]), error: .wrongLength(message: 4, length: 4)),
        Refusal(
            name: "a bitfield over the cap", bytes: bytes(2 + (1 << 20), [5]),
            error: .tooLong(message: 5, length: 2 + (1 << 20), limit: 1 + (1 << 20))),
        Refusal(name: "a long request", bytes: bytes(14, [6]), error: .wrongLength(message: 6, length: 14)),
        Refusal(name: "a short cancel", bytes: bytes(12, [8]), error: .wrongLength(message: 8, length: 12)),
        Refusal(name: "a short port", bytes: bytes(2, [9, 0]), error: .wrongLength(message: 9, length: 2)),
        Refusal(
            name: "a have all with a body", bytes: bytes(5, [14]), error: .wrongLength(message: 14, length: 5)
        ),
        Refusal(
            name: "a reject without length", bytes: bytes(9, [16]),
            error: .wrongLength(message: 16, length: 9)),
        Refusal(
            name: "an extended message without number", bytes: bytes(1, [20]),
            error: .wrongLength(message: 20, length: 1)),
        Refusal(
            name: "an extended message of a megabyte", bytes: bytes(1 << 20, [20]),
            error: .tooLong(message: 20, length: 1 << 20, limit: 2 + (1 << 17))),
        Refusal(
            name: "a short hash request", bytes: bytes(48, [21]), error: .wrongLength(message: 21, length: 48)
        ),
        Refusal(
            name: "a long hash reject", bytes: bytes(50, [23]), error: .wrongLength(message: 23, length: 50)),
        Refusal(
            name: "hashes without numbers", bytes: bytes(40, [22]),
            error: .wrongLength(message: 22, length: 40)),
        Refusal(
            name: "more hashes than anyone asks for", bytes: bytes(1 << 16, [22]),
            error: .tooLong(message: 22, length: 1 << 16, limit: 49 + 32 * (512 + 64))),
        Refusal(
            name: "hashes of a length that is no power of two", bytes: hashes(request(length: 3), count: 3),
            error: .badHashRequest(request(length: 3))),
        Refusal(
            name: "hashes at an index that is no multiple",
            bytes: hashes(request(index: 2, length: 4), count: 4),
            error: .badHashRequest(request(index: 2, length: 4))),
        Refusal(
            name: "hashes of length 0", bytes: hashes(request(length: 0), count: 0),
            error: .badHashRequest(request(length: 0))),
        Refusal(
            name: "hashes with 2^32 - 1 proof layers",
            bytes: hashes(request(length: 2, proof: Int(UInt32.max)), count: 2),
            error: .badHashRequest(request(length: 2, proof: Int(UInt32.max)))),
        Refusal(
            name: "fewer hashes than said", bytes: hashes(request(length: 4, proof: 3), count: 4),
            error: .wrongLength(message: 22, length: 49 + 4 * 32)),
        Refusal(
            name: "an unknown message of 16 MiB", bytes: bytes(1 << 24, [200]),
            error: .tooLong(message: 200, length: 1 << 24, limit: 1 + (1 << 17))),
    ]

    @Test("what no message may be is refused at its header, whole or byte by byte", arguments: refusals)
    func refuses(_ row: Refusal) {
        var whole = PeerMessageDecoder()
        whole.append(ByteBuffer(bytes: row.bytes))
        #expect(throws: row.error) { try whole.next() }
        // From then on it stays refused, whatever comes.
        whole.append(ByteBuffer(bytes: [0, 0, 0, 0]))
        #expect(throws: row.error) { try whole.next() }

        var byByte = PeerMessageDecoder()
        #expect(throws: row.error) {
            for byte in row.bytes {
                byByte.append(ByteBuffer(integer: byte))
                while try byByte.next() != nil {}
            }
        }
    }

    @Test("random bytes never crash the decoder, and cost no more memory than a message", arguments: 0..<200)
    func survivesNoise(_ seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        var decoder = PeerMessageDecoder()
        do {
            for _ in 0..<50 {
                var noise = generator.bytes(generator.below(200))
                // Lengths small enough to get past the first check, often.
                for place in stride(from: 0, to: noise.count - 5, by: 7) where generator.oneIn(2) {
                    noise.replaceSubrange(place..<(place + 3), with: [0, 0, 0])
                }
                decoder.append(ByteBuffer(bytes: noise))
                while try decoder.next() != nil {}
            }
        } catch {
            #expect(throws: error) { try decoder.next() }
        }
    }
}
