// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import SwardWire

/// Gets a range of bytes of a URL, all of them or none: `consume` is handed them in order, on any thread, and says whether
/// it wants more; `done` is called once, with what went wrong or `nil`.
package typealias WebTransport =
    @Sendable (
        _ url: String, _ range: ClosedRange<Int64>,
        _ consume: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool,
        _ done: @escaping @Sendable (WebFailure?) -> Void
    ) -> Void

/// Why a web server did not give what was asked for.
package struct WebFailure: Error, Hashable, Sendable {
    package let reason: String
    /// Asking again would be in vain: the file is not there, or ranges are not served.
    package let isFinal: Bool

    package init(_ reason: String, isFinal: Bool) {
        self.reason = reason
        self.isFinal = isFinal
    }
}

/// A web server that has the files, as a peer that has all pieces and never chokes. Source: BEP 19.
///
/// The core deals with it as with any peer: it asks for blocks under the same gate, measures, takes blame and bans. Here
/// blocks that lie together become one request of HTTP, one at a time.
final class WebSeed {
    /// In bytes; long enough that the time between two requests does not count.
    private static let longestRun = 4 << 20
    private static let longestWait = 900

    let url: String
    /// Of no machine: a name by which books tell web seeds apart.
    let address: PeerAddress
    var id: ConnectionID?
    private(set) var failures = 0
    private(set) var isGivenUp = false
    private(set) var notBefore = NIODeadline.distantPast
    private var waiting: [BlockRequest] = []
    private var running: [BlockRequest] = []
    private var parts: [Part] = []
    /// From the first part of a run until the transport is done with the last, which is after its last byte has come.
    private var isBusy = false
    private var bytes = ByteBuffer()
    /// Tells an answer to an earlier life.
    private var life = 0

    /// Bytes that lie together in one file, or `nil` for padding.
    private struct Part {
        var file: Int?
        var offset: Int64
        var length: Int
    }

    init(url: String, number: Int) {
        self.url = url
        // Never dialled, told of or listed by others: an address of 0/8 is nobody's.
        let ip = [0, 0, UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
        guard let address = PeerAddress(ip: ip, port: 1) else { preconditionFailure("four bytes") }
        self.address = address
    }

    var handshakeID: PeerID {
        var bytes = [UInt8]("-WS0000-".utf8) + [UInt8](repeating: 48, count: 12)
        for (index, byte) in address.ip.enumerated() { bytes[12 + index] = byte }
        guard let id = PeerID(bytes) else { preconditionFailure("twenty bytes") }
        return id
    }

    /// How it is shown among peers.
    var name: String {
        let host = url.drop { $0 != ":" }.dropFirst(3).prefix { $0 != "/" }
        return "web seed \(host)"
    }

    // MARK: From the core

    func ask(_ block: BlockRequest) { waiting.append(block) }

    /// - Returns: Whether the block had not been asked for yet.
    func cancel(_ block: BlockRequest) -> Bool {
        guard let index = waiting.firstIndex(of: block) else { return false }
        waiting.remove(at: index)
        return true
    }

    func disconnected() {
        life += 1
        id = nil
        waiting = []
        running = []
        parts = []
        isBusy = false
        bytes = ByteBuffer()
    }

    /// - Returns: How long to leave it alone.
    func failed(_ failure: WebFailure) -> TimeAmount {
        failures += 1
        if failure.isFinal { isGivenUp = true }
        let wait = TimeAmount.seconds(Int64(min(Self.longestWait, 5 << min(failures - 1, 10))))
        notBefore = .now() + wait
        return wait
    }

    // MARK: Requests

    /// Begins the next request, if none is under way.
    func pump(_ info: InfoDictionary, _ torrent: TorrentLoop, _ transport: @escaping WebTransport) {
        guard !isBusy, !waiting.isEmpty, id != nil else { return }
        isBusy = true
        // The core asks by rarity, and here neighbours are cheap.
        waiting.sort { ($0.piece.rawValue, $0.begin) < ($1.piece.rawValue, $1.begin) }
        var count = 1
        var length = waiting[0].length
        while count < waiting.count, length < Self.longestRun,
            Self.follows(waiting[count], waiting[count - 1], info.layout)
        {
            length += waiting[count].length
            count += 1
        }
        running = Array(waiting[..<count])
        waiting.removeFirst(count)
        parts = []
        for block in running {
            info.layout.forEachSegment(of: block.piece, begin: block.begin, length: block.length) { segment in
                if let last = parts.last, last.file == segment.file, segment.file != nil,
                    last.offset + Int64(last.length) == segment.fileOffset
                {
                    parts[parts.count - 1].length += segment.length
                } else {
                    parts.append(Part(file: segment.file, offset: segment.fileOffset, length: segment.length))
                }
            }
        }
        fetchNextPart(info, torrent, transport)
    }

    private static func follows(_ next: BlockRequest, _ block: BlockRequest, _ layout: PieceLayout) -> Bool {
        if next.piece == block.piece { return next.begin == block.begin + block.length }
        return next.piece.rawValue == block.piece.rawValue + 1 && next.begin == 0
            && block.begin + block.length == layout.length(of: block.piece)
    }

    private func fetchNextPart(
        _ info: InfoDictionary, _ torrent: TorrentLoop, _ transport: @escaping WebTransport
    ) {
        while let part = parts.first, part.file == nil {
            bytes.writeRepeatingByte(0, count: part.length)
            parts.removeFirst()
        }
        deliver(to: torrent)
        guard let part = parts.first, let file = part.file else {
            isBusy = false
            return torrent.webSeedRests(self)
        }
        let me = NIOLoopBound(self, eventLoop: torrent.loop)
        let owner = NIOLoopBound(torrent, eventLoop: torrent.loop)
        let loop = torrent.loop
        let life = life
        let range = part.offset...(part.offset + Int64(part.length) - 1)
        transport(
            Self.url(of: file, in: info, at: url), range,
            { memory in
                let copy = ByteBuffer(bytes: memory)
                loop.execute {
                    guard me.value.life == life else { return }
                    me.value.arrived(copy, for: owner.value)
                }
                return true
            },
            { failure in
                loop.execute {
                    guard me.value.life == life else { return }
                    me.value.partEnded(failure, info, owner.value, transport)
                }
            })
    }

    private func arrived(_ data: ByteBuffer, for torrent: TorrentLoop) {
        guard !parts.isEmpty, data.readableBytes <= parts[0].length else { return }
        parts[0].length -= data.readableBytes
        parts[0].offset += Int64(data.readableBytes)
        bytes.writeImmutableBuffer(data)
        deliver(to: torrent)
        torrent.endOfTick()
    }

    private func partEnded(
        _ failure: WebFailure?, _ info: InfoDictionary, _ torrent: TorrentLoop,
        _ transport: @escaping WebTransport
    ) {
        if let failure { return torrent.webSeedFailed(self, failure) }
        guard !parts.isEmpty, parts[0].length == 0 else {
            return torrent.webSeedFailed(self, WebFailure("sent less than was asked for", isFinal: false))
        }
        failures = 0
        parts.removeFirst()
        fetchNextPart(info, torrent, transport)
    }

    /// Hands on every block that is whole.
    private func deliver(to torrent: TorrentLoop) {
        let now = ContinuousClock.now
        while let block = running.first, let id, bytes.readableBytes >= block.length,
            let payload = bytes.readSlice(length: block.length)
        {
            running.removeFirst()
            torrent.received(.piece(block.piece, begin: block.begin, payload), from: id, at: now)
        }
        if bytes.readableBytes == 0 { bytes = ByteBuffer() }
        torrent.perform()
    }

    // MARK: URLs

    /// "If the URL ends in a slash, the name is appended": of one file the name, of several the name and each path.
    static func url(of file: Int, in info: InfoDictionary, at base: String) -> String {
        if info.isSingleFile, base.last != "/" { return base }
        let path = info.isSingleFile ? [info.name] : [info.name] + info.files.path(of: file)
        return (base.last == "/" ? base : base + "/") + path.map(percentEncoded).joined(separator: "/")
    }

    private static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
