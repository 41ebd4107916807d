// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import NIOCore
internal import SwardCrypto
internal import SwardHash
package import SwardPrimitives

/// The first bytes of a connection under message stream encryption, as either end.
///
/// The end that dialled sends its key and padding; the other answers with its own. With the shared secret the first
/// proves that it knows the torrent's info-hash, offers ciphers and sends what it has to say first; the other picks one.
///
/// - Memory: what has come and is not yet understood, below 70 000 bytes and what was read at once.
/// - Source: "Message Stream Encryption format specification", version 1.0.
package struct EncryptionHandshake: Sendable {
    package enum Action: Sendable {
        /// Send these bytes, which may be none, and read on.
        case proceed(send: ByteBuffer)
        /// Send these bytes. From here on both ends speak under `ciphers`, or plainly; `payload` came already.
        case finish(send: ByteBuffer, ciphers: StreamCiphers?, payload: ByteBuffer)
    }

    private enum State {
        case awaitingKey
        /// Answering: looks for the end of the padding behind the key, under the secret as each kind of peer writes it.
        case awaitingMark(secrets: [[UInt8]])
        /// Answering: the peer has named the torrent.
        case awaitingOffer(StreamCiphers)
        /// Initiating: looks for the end of the padding behind the key.
        case awaitingConstant(StreamCiphers)
        case done
    }

    private enum Role {
        case initiating(infoHash: Digest160, offer: CipherChoice, payload: [UInt8])
        case answering(EncryptionPolicy)
    }

    /// Of each of the four paddings, in bytes.
    package static let maximumPadding = 512
    private static let constant = [UInt8](repeating: 0, count: 8)

    private let role: Role
    private let exchange: KeyExchange768
    private let padding: [UInt8]
    private var state = State.awaitingKey
    private var waiting: [UInt8] = []

    /// What each end draws by chance.
    package struct Draw: Sendable {
        fileprivate let secret: [UInt8]
        fileprivate let padding: [UInt8]

        /// - Parameters:
        ///   - secret: 20 bytes.
        ///   - padding: at most ``maximumPadding`` bytes.
        package init(secret: [UInt8], padding: [UInt8]) {
            precondition(padding.count <= maximumPadding, "others take no more")
            self.secret = secret
            self.padding = padding
        }

        package init(from random: inout some RandomNumberGenerator) {
            func bytes(_ count: Int) -> [UInt8] {
                (0..<count).map { _ in .random(in: 0...255, using: &random) }
            }
            secret = bytes(KeyExchange768.secretByteCount)
            padding = bytes(.random(in: 0...maximumPadding, using: &random))
        }
    }

    /// - Parameter payload: what goes with the offer; at most 65 535 bytes.
    package init(initiating infoHash: Digest160, offer: CipherChoice, payload: ByteBuffer, draw: Draw) {
        let payload = Array(payload.readableBytesView)
        precondition(payload.count <= UInt16.max, "its length has two bytes")
        self.init(.initiating(infoHash: infoHash, offer: offer, payload: payload), draw)
    }

    package init(answering policy: EncryptionPolicy, draw: Draw) { self.init(.answering(policy), draw) }

    private init(_ role: Role, _ draw: Draw) {
        self.role = role
        exchange = KeyExchange768(secret: draw.secret)
        padding = draw.padding
    }

    /// What a listener can look incoming torrents up by: `HASH('req2', SKEY)`.
    package static func obfuscated(_ infoHash: Digest160) -> Digest160 {
        SHA1.hash(Array("req2".utf8) + infoHash.bytes)
    }

    /// What the initiating end sends before all else.
    package var opening: ByteBuffer { ByteBuffer(bytes: exchange.publicKey + padding) }

    /// - Parameter torrent: the info-hash behind an ``obfuscated(_:)`` one; asked by the answering end once.
    package mutating func received(
        _ bytes: ByteBuffer, torrent: (Digest160) -> Digest160? = { _ in nil }
    ) throws(WireError) -> Action {
        waiting += bytes.readableBytesView
        var out = ByteBuffer()
        while true {
            let state = state
            switch state {
            case .awaitingKey:
                guard waiting.count >= KeyExchange768.byteCount else { return .proceed(send: out) }
                guard let secret = exchange.shared(with: take(KeyExchange768.byteCount)) else {
                    throw .encryption(.weakKey)
                }
                keyArrived(secret, &out)
            case .awaitingMark(let secrets):
                let marks = secrets.map { SHA1.hash(Array("req1".utf8) + $0).bytes }
                guard let found = try find(marks),
                    waiting.count >= found.offset + 2 * Digest160.byteCount
                else { return .proceed(send: out) }
                _ = take(found.offset + Digest160.byteCount)
                let secret = secrets[found.mark]
                let mask = SHA1.hash(Array("req3".utf8) + secret).bytes
                let name = zip(take(Digest160.byteCount), mask).map { $0 ^ $1 }
                guard let infoHash = Digest160(name).flatMap(torrent) else {
                    throw .encryption(.unknownTorrent)
                }
                self.state = .awaitingOffer(
                    StreamCiphers(secret: secret, infoHash: infoHash, isInitiator: false))
            case .awaitingOffer(let ciphers):
                return try readOffer(ciphers, &out) ?? .proceed(send: out)
            case .awaitingConstant(let ciphers):
                return try readChoice(ciphers, &out) ?? .proceed(send: out)
            case .done:
                preconditionFailure("the handshake is over")
            }
        }
    }

    private mutating func keyArrived(_ secret: [UInt8], _ out: inout ByteBuffer) {
        switch role {
        case .answering:
            out.writeBytes(exchange.publicKey)
            out.writeBytes(padding)
            // rtorrent leaves out the zeros in front, so that one handshake in 256 would come to nothing. Where it answers
            // itself it is dialled again, with another key.
            let short = Array(secret.drop { $0 == 0 })
            state = .awaitingMark(secrets: short == secret ? [secret] : [secret, short])
        case .initiating(let infoHash, let offer, let payload):
            var ciphers = StreamCiphers(secret: secret, infoHash: infoHash, isInitiator: true)
            let mask = SHA1.hash(Array("req3".utf8) + secret).bytes
            out.writeBytes(SHA1.hash(Array("req1".utf8) + secret).bytes)
            out.writeBytes(zip(Self.obfuscated(infoHash).bytes, mask).map { $0 ^ $1 })
            let head =
                Self.constant + Self.bigEndian(offer.rawValue) + [0, 0]
                + Self.bigEndian(UInt16(payload.count))
            out.writeBytes(ciphers.encrypted(head + payload))
            state = .awaitingConstant(ciphers)
        }
    }

    /// The answering end: constant, offer, padding, and what the peer has to say first.
    private mutating func readOffer(
        _ ciphers: StreamCiphers, _ out: inout ByteBuffer
    ) throws(WireError) -> Action? {
        var ciphers = ciphers
        // Deciphered anew with each read until it is all there: a few hundred bytes, and few reads.
        let head = ciphers.decrypted(waiting.prefix(14))
        guard head.count == 14 else { return nil }
        guard head.prefix(8) == Self.constant[...] else { throw .encryption(.badConstant) }
        let offer = CipherChoice(rawValue: Self.number(head[8..<12]))
        let paddingLength = Int(Self.number(head[12..<14]))
        guard paddingLength <= Self.maximumPadding else {
            throw .encryption(.paddingTooLong(paddingLength))
        }
        let middle = ciphers.decrypted(waiting.dropFirst(14).prefix(paddingLength + 2))
        guard middle.count == paddingLength + 2 else { return nil }
        let payloadLength = Int(Self.number(middle.suffix(2)))
        guard waiting.count >= 16 + paddingLength + payloadLength else { return nil }
        _ = take(16 + paddingLength)
        guard case .answering(let policy) = role, let choice = policy.pick(from: offer) else {
            throw .encryption(.nothingInCommon)
        }
        var payload = ByteBuffer(bytes: ciphers.decrypted(take(payloadLength)[...]))
        out.writeBytes(ciphers.encrypted(Self.constant + Self.bigEndian(choice.rawValue) + [0, 0]))
        return finish(out, choice, ciphers, &payload)
    }

    /// The initiating end: constant, choice, padding.
    private mutating func readChoice(
        _ ciphers: StreamCiphers, _ out: inout ByteBuffer
    ) throws(WireError) -> Action? {
        guard case .initiating(_, let offer, _) = role else { return nil }
        var ciphers = ciphers
        var ahead = ciphers
        let mark = ahead.decrypted(Self.constant[...])
        guard let offset = try find([mark])?.offset else { return nil }
        let head = ciphers.decrypted(waiting.dropFirst(offset).prefix(14))
        guard head.count == 14 else { return nil }
        let choice = CipherChoice(rawValue: Self.number(head[8..<12]))
        guard choice == .plain || choice == .rc4, offer.contains(choice) else {
            throw .encryption(.nothingInCommon)
        }
        let paddingLength = Int(Self.number(head[12..<14]))
        guard paddingLength <= Self.maximumPadding else {
            throw .encryption(.paddingTooLong(paddingLength))
        }
        guard waiting.count >= offset + 14 + paddingLength else { return nil }
        _ = take(offset + 14)
        _ = ciphers.decrypted(take(paddingLength)[...])
        var payload = ByteBuffer()
        return finish(out, choice, ciphers, &payload)
    }

    private mutating func finish(
        _ answer: ByteBuffer, _ choice: CipherChoice, _ ciphers: StreamCiphers, _ payload: inout ByteBuffer
    ) -> Action {
        var ciphers = ciphers
        let rest = waiting
        waiting = []
        state = .done
        payload.writeBytes(choice == .rc4 ? ciphers.decrypted(rest[...]) : rest)
        return .finish(send: answer, ciphers: choice == .rc4 ? ciphers : nil, payload: payload)
    }

    // MARK: Bytes

    private mutating func take(_ count: Int) -> [UInt8] {
        defer { waiting.removeFirst(count) }
        return Array(waiting.prefix(count))
    }

    /// - Returns: where one of `marks`, all of one length, begins, at most ``maximumPadding`` in, and which it is; `nil`
    ///   while it may still come.
    private func find(_ marks: [[UInt8]]) throws(WireError) -> (offset: Int, mark: Int)? {
        guard let length = marks.first?.count else { return nil }
        let last = min(waiting.count - length, Self.maximumPadding)
        if last >= 0 {
            for offset in 0...last {
                let here = waiting[offset..<(offset + length)]
                if let mark = marks.firstIndex(where: { $0[...] == here }) { return (offset, mark) }
            }
        }
        if last == Self.maximumPadding { throw .encryption(.noMark) }
        return nil
    }

    private static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        var buffer = ByteBuffer()
        buffer.writeInteger(value)
        return Array(buffer.readableBytesView)
    }

    private static func number(_ bytes: some Collection<UInt8>) -> UInt32 {
        bytes.reduce(0) { $0 << 8 | UInt32($1) }
    }
}
