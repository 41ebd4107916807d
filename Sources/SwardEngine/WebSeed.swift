// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardMetainfo
import SwardPrimitives
import SwardSwarm
import SwardWire

/// What is wanted of a URL.
public enum WebPart: Hashable, Sendable {
    /// These bytes of what it names.
    case range(ClosedRange<Int64>)
    /// All of what it names, which are so many bytes.
    case whole(length: Int64)
}

/// Gets bytes of a URL, all of them or none: `consume` is handed them in order, on any thread, and says whether
/// it wants more; `done` is called once, with what went wrong or `nil`.
public typealias WebTransport =
    @Sendable (
        _ url: String, _ part: WebPart,
        _ consume: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool,
        _ done: @escaping @Sendable (WebFailure?) -> Void
    ) -> Void

/// Why a web server did not give what was asked for.
public struct WebFailure: Error, Hashable, Sendable {
    public let reason: String
    /// Asking again would be in vain: the file is not there, or ranges are not served.
    public let isFinal: Bool
    /// When the server wants to be asked again; it is at work, and no failure is counted.
    public var retryAfter: Duration?

    public init(_ reason: String, isFinal: Bool) {
        self.reason = reason
        self.isFinal = isFinal
    }
}

/// A web server that has the files, or the pieces, as a peer that has all and never chokes. Source: BEP 19, BEP 17.
///
/// The core deals with it as with any peer: it asks for blocks under the same gate, measures, takes blame and bans. Here
/// blocks that lie together become one request of HTTP, one at a time.
final class WebSeed {
    enum Manner: Sendable {
        /// Serves ranges of files. Source: BEP 19.
        case files
        /// Serves parts of one piece at a time. Source: BEP 17.
        case pieces
    }

    /// In bytes; long enough that the time between two requests does not count.
    private static let longestRun = 4 << 20
    private static let longestWait = 900
    /// In seconds: how soon, and how late, a server that names the time is asked again.
    private static let waits = 1...3600
    /// In one request of a script's; its URL must not become too long.
    private static let maximumSpans = 64

    let url: String
    let manner: Manner
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

    /// What one request of HTTP brings; without a request it is padding.
    private struct Part {
        var request: (url: String, part: WebPart)?
        /// In bytes, still to come.
        var length: Int
    }

    init(url: String, manner: Manner, number: Int) {
        self.url = url
        self.manner = manner
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
        if let asked = failure.retryAfter {
            let seconds = min(
                max(Int(asked.components.seconds), Self.waits.lowerBound), Self.waits.upperBound)
            notBefore = .now() + .seconds(Int64(seconds))
            return .seconds(Int64(seconds))
        }
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
        switch manner {
        case .files: takeRun(info)
        case .pieces: takePiece(info)
        }
        fetchNextPart(info, torrent, transport)
    }

    /// Blocks that lie together, whatever their pieces: for each file they lie in, a range of it.
    private func takeRun(_ info: InfoDictionary) {
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
        var segments: [PieceLayout.Segment] = []
        for block in running {
            info.layout.forEachSegment(of: block.piece, begin: block.begin, length: block.length) { segment in
                if let last = segments.last, last.file == segment.file, segment.file != nil,
                    last.fileOffset + Int64(last.length) == segment.fileOffset
                {
                    segments[segments.count - 1] = .init(
                        file: last.file, fileOffset: last.fileOffset, length: last.length + segment.length)
                } else {
                    segments.append(segment)
                }
            }
        }
        parts = segments.map { segment in
            guard let file = segment.file else { return Part(request: nil, length: segment.length) }
            let end = segment.fileOffset + Int64(segment.length) - 1
            return Part(
                request: (Self.url(of: file, in: info, at: url), .range(segment.fileOffset...end)),
                length: segment.length)
        }
    }

    /// Blocks of one piece, by as many spans as they make.
    private func takePiece(_ info: InfoDictionary) {
        let piece = waiting[0].piece
        var spans: [Range<Int>] = []
        var (count, length) = (0, 0)
        while count < waiting.count, waiting[count].piece == piece, length < Self.longestRun {
            let block = waiting[count]
            if let last = spans.last, last.upperBound == block.begin {
                spans[spans.count - 1] = last.lowerBound..<(block.begin + block.length)
            } else if spans.count < Self.maximumSpans {
                spans.append(block.begin..<(block.begin + block.length))
            } else {
                break
            }
            count += 1
            length += block.length
        }
        running = Array(waiting[..<count])
        waiting.removeFirst(count)
        let address = Self.url(of: piece, spans, in: info, at: url)
        parts = [Part(request: (address, .whole(length: Int64(length))), length: length)]
    }

    private static func follows(_ next: BlockRequest, _ block: BlockRequest, _ layout: PieceLayout) -> Bool {
        if next.piece == block.piece { return next.begin == block.begin + block.length }
        return next.piece.rawValue == block.piece.rawValue + 1 && next.begin == 0
            && block.begin + block.length == layout.length(of: block.piece)
    }

    private func fetchNextPart(
        _ info: InfoDictionary, _ torrent: TorrentLoop, _ transport: @escaping WebTransport
    ) {
        while let part = parts.first, part.request == nil {
            bytes.writeRepeatingByte(0, count: part.length)
            parts.removeFirst()
        }
        deliver(to: torrent)
        guard let request = parts.first?.request else {
            isBusy = false
            return torrent.webSeedRests(self)
        }
        let me = NIOLoopBound(self, eventLoop: torrent.loop)
        let owner = NIOLoopBound(torrent, eventLoop: torrent.loop)
        let loop = torrent.loop
        let life = life
        transport(
            request.url, request.part,
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

    /// "<url>?info_hash=[hash]&piece=[piece]{&ranges=[start]-[end]{,[start]-[end]}...}", the whole piece without ranges.
    ///
    /// The pieces of a hybrid are those of its v1 half, which end in padding where a file does.
    static func url(
        of piece: PieceIndex, _ spans: [Range<Int>], in info: InfoDictionary, at base: String
    ) -> String {
        let hash = info.infoHashes.v1?.bytes ?? info.infoHashes.swarms[0].bytes
        var url = base + (base.contains("?") ? "&" : "?")
        url += "info_hash=\(percentEncoded(hash))&piece=\(piece.rawValue)"
        if spans != [0..<info.layout.paddedLength(of: piece)] {
            url += "&ranges=" + spans.map { "\($0.lowerBound)-\($0.upperBound - 1)" }.joined(separator: ",")
        }
        return url
    }

    private static func percentEncoded(_ text: String) -> String { percentEncoded(Array(text.utf8)) }

    private static func percentEncoded(_ text: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text {
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
