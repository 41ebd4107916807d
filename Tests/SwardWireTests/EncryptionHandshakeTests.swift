// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardCrypto
import SwardHash
import SwardPrimitives
import SwardWire
import Testing

@Suite("The encrypted handshake") struct EncryptionHandshakeTests {
    static let infoHash = Digest160([UInt8](repeating: 7, count: 20))!
    static let (theirs, ours) = ([UInt8](1...20), [UInt8](101...120))

    /// What a listener with one torrent knows.
    static func known(_ name: Digest160) -> Digest160? {
        name == EncryptionHandshake.obfuscated(infoHash) ? infoHash : nil
    }

    /// How one end came out of it.
    struct End {
        var machine: EncryptionHandshake
        var sent: [UInt8] = []
        var ciphers: StreamCiphers?
        var payload: [UInt8] = []
        var isDone = false

        init(_ machine: EncryptionHandshake) { self.machine = machine }

        mutating func receive(_ bytes: [UInt8]) throws {
            if isDone {
                var more = ByteBuffer(bytes: bytes)
                ciphers?.decrypt(&more)
                payload += more.readableBytesView
                return
            }
            switch try machine.received(ByteBuffer(bytes: bytes), torrent: known) {
            case .proceed(let send): sent += send.readableBytesView
            case .finish(let send, let ciphers, let payload):
                sent += send.readableBytesView
                self.ciphers = ciphers
                self.payload = Array(payload.readableBytesView)
                isDone = true
            }
        }
    }

    static func end(answering policy: EncryptionPolicy, padding: Int = 0) -> End {
        End(
            EncryptionHandshake(
                answering: policy,
                draw: .init(secret: ours, padding: [UInt8](repeating: 9, count: padding))))
    }

    static func end(offering offer: CipherChoice, padding: Int = 0, payload: String = "hello") -> End {
        End(
            EncryptionHandshake(
                initiating: infoHash, offer: offer, payload: ByteBuffer(string: payload),
                draw: .init(secret: theirs, padding: [UInt8](repeating: 8, count: padding))))
    }

    /// Computed with Python.
    static let request = """
        78fffb0f23055a793ff7609f359e04e383ec350571d78150e85448ce01f25cccacd68f4ff1fe589f6001a24df82bedd60d89ed971f5de1\
        fc607ed79b25
        """
    static let answer = "1f1175239bd82cb005687bc65ec4"

    @Test("both ends say the bytes that another implementation computed")
    func vectors() throws {
        var answering = Self.end(answering: .prefer)
        var initiating = Self.end(offering: [.plain, .rc4])
        try answering.receive(Array(initiating.machine.opening.readableBytesView))
        #expect(answering.sent.count == 96)
        try initiating.receive(answering.sent)
        #expect(initiating.sent.hex == Self.request)
        answering.sent = []
        try answering.receive(initiating.sent)
        #expect(answering.sent.hex == Self.answer)
        #expect(answering.payload == Array("hello".utf8))
        try initiating.receive(answering.sent)
        #expect(initiating.isDone)
    }

    /// Computed with Python; rtorrent 0.9.8 was seen to write the second mark.
    static let zeroInFront = [
        (
            request: """
            7c051e994ee036ac50d1c1d1bd58b51d8e32efd20cd1c51477192e479a5238a816234228f80d352cb04841a20c8cc5816d4d09abcdf5\
            f32623e48c4a5d
            """, answer: "f19f85fe74fb84729cc0e28f7577"
        ),
        (
            request: """
            a2cb2d14ba5841dbbcbf15725ba65712fe737919b203cb88ae5f93770d3bf46008f167ddf27c9bed41f18e16c7dd9157be6b45faa6a6\
            09c4281b117410
            """, answer: "d7d28433adf62ff9f0c567de2f32"
        ),
    ]

    @Test(
        "a peer that leaves out a zero in front of the secret is answered as one that writes it",
        arguments: zeroInFront)
    func leavesOutZeros(request: String, answer: String) throws {
        var answering = Self.end(answering: .prefer)
        let exchange = KeyExchange768(secret: [UInt8](1...18) + [0x03, 0x26])
        try answering.receive(exchange.publicKey + [8, 8, 8])
        #expect(exchange.shared(with: answering.sent)?.prefix(2) == [0, 0x86])
        answering.sent = []
        try answering.receive(#require([UInt8](hex: request)))
        #expect(answering.sent.hex == answer)
        #expect(answering.payload == Array("hello".utf8))
    }

    struct Meeting: CustomStringConvertible {
        var policy: EncryptionPolicy
        var offer: CipherChoice
        /// `nil`: it comes to nothing.
        var isEncrypted: Bool?
        var description: String { "\(policy), offered \(offer.rawValue)" }
    }

    static let meetings = [
        Meeting(policy: .allow, offer: [.plain, .rc4], isEncrypted: false),
        Meeting(policy: .allow, offer: .rc4, isEncrypted: true),
        Meeting(policy: .allow, offer: .plain, isEncrypted: false),
        Meeting(policy: .prefer, offer: [.plain, .rc4], isEncrypted: true),
        Meeting(policy: .prefer, offer: .plain, isEncrypted: false),
        Meeting(policy: .require, offer: [.plain, .rc4], isEncrypted: true),
        Meeting(policy: .require, offer: .plain, isEncrypted: nil),
        Meeting(policy: .require, offer: CipherChoice(rawValue: 0x84), isEncrypted: nil),
    ]

    @Test(
        "ends meet on a cipher both take, whatever the padding and the cuts", arguments: meetings,
        [1, 7, 4000])
    func meets(_ meeting: Meeting, step: Int) throws {
        for padding in [0, 1, 511, 512] {
            var one = Self.end(offering: meeting.offer, padding: padding)
            var other = Self.end(answering: meeting.policy, padding: 512 - padding)
            one.sent = Array(one.machine.opening.readableBytesView)
            let run = { try Self.exchange(&one, &other, step: step) }
            guard let isEncrypted = meeting.isEncrypted else {
                #expect(throws: WireError.encryption(.nothingInCommon), performing: run)
                continue
            }
            try run()
            #expect(one.isDone && other.isDone)
            #expect((one.ciphers != nil) == isEncrypted && (other.ciphers != nil) == isEncrypted)
            #expect(other.payload == Array("hello".utf8))
            // What comes behind is read as what was said, both ways.
            var words = ByteBuffer(string: "and then")
            one.ciphers?.encrypt(&words)
            try other.receive(Array(words.readableBytesView))
            #expect(other.payload == Array("helloand then".utf8))
            words = ByteBuffer(string: "so long")
            other.ciphers?.encrypt(&words)
            try one.receive(Array(words.readableBytesView))
            #expect(one.payload == Array("so long".utf8))
        }
    }

    static func exchange(_ one: inout End, _ other: inout End, step: Int) throws {
        var (fromOne, fromOther): ([UInt8], [UInt8]) = ([], [])
        while true {
            (fromOne, one.sent) = (fromOne + one.sent, [])
            (fromOther, other.sent) = (fromOther + other.sent, [])
            if fromOne.isEmpty, fromOther.isEmpty { return }
            if !fromOne.isEmpty {
                try other.receive(Array(fromOne.prefix(step)))
                fromOne.removeFirst(min(step, fromOne.count))
            }
            if !fromOther.isEmpty {
                try one.receive(Array(fromOther.prefix(step)))
                fromOther.removeFirst(min(step, fromOther.count))
            }
        }
    }

    /// An answering end that has our key already, and what the shared secret is.
    static func met(_ policy: EncryptionPolicy = .prefer) throws -> (End, secret: [UInt8]) {
        var end = end(answering: policy)
        let exchange = KeyExchange768(secret: theirs)
        try end.receive(exchange.publicKey)
        return (end, exchange.shared(with: end.sent)!)
    }

    static func mark(_ secret: [UInt8], naming infoHash: Digest160 = infoHash) -> [UInt8] {
        let mask = SHA1.hash(Array("req3".utf8) + secret).bytes
        return SHA1.hash(Array("req1".utf8) + secret).bytes
            + zip(EncryptionHandshake.obfuscated(infoHash).bytes, mask).map { $0 ^ $1 }
    }

    @Test("a stranger's torrent, endless padding, and wrong lengths are refused")
    func refuses() throws {
        var (end, secret) = try Self.met()
        #expect(throws: WireError.encryption(.unknownTorrent)) {
            try end.receive(Self.mark(secret, naming: Digest160([UInt8](repeating: 6, count: 20))!))
        }
        (end, secret) = try Self.met()
        #expect(throws: Never.self) { try end.receive([UInt8](repeating: 1, count: 512 + 19)) }
        #expect(throws: WireError.encryption(.noMark)) { try end.receive([1]) }
        let heads: [([UInt8], EncryptionFault)] = [
            ([0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0], .badConstant),
            ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 1], .paddingTooLong(513)),
        ]
        for (head, fault) in heads {
            (end, secret) = try Self.met()
            var ciphers = StreamCiphers(secret: secret, infoHash: Self.infoHash, isInitiator: true)
            var bytes = ByteBuffer(bytes: head)
            ciphers.encrypt(&bytes)
            try end.receive(Self.mark(secret))
            #expect(throws: WireError.encryption(fault)) { try end.receive(Array(bytes.readableBytesView)) }
        }
        end = Self.end(answering: .prefer)
        #expect(throws: WireError.encryption(.weakKey)) { try end.receive([UInt8](repeating: 0, count: 96)) }
    }

    @Test("an answer that was not offered is refused")
    func refusesAnswer() throws {
        for (offer, choice) in [(CipherChoice.rc4, UInt8(1)), ([.plain, .rc4], 3), ([.plain, .rc4], 0)] {
            var end = Self.end(offering: offer)
            let exchange = KeyExchange768(secret: Self.ours)
            try end.receive(exchange.publicKey)
            let secret = exchange.shared(with: KeyExchange768(secret: Self.theirs).publicKey)!
            var ciphers = StreamCiphers(secret: secret, infoHash: Self.infoHash, isInitiator: false)
            var bytes = ByteBuffer(bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, choice, 0, 0])
            ciphers.encrypt(&bytes)
            #expect(throws: WireError.encryption(.nothingInCommon)) {
                try end.receive(Array(bytes.readableBytesView))
            }
        }
    }
}
