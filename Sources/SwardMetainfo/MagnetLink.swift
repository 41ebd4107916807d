// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardPrimitives

/// A link that names a torrent and says where to look for it.
///
/// - Source: BEP 9, "magnet URI format"; BEP 53, "so"; `xl` and `ws` as clients use them.
public struct MagnetLink: Hashable, Sendable, CustomStringConvertible {
    /// What one link may hold of each thing that can be repeated.
    public static let maximumParameters = 1000
    public static let maximumLength = 1 << 20

    public var infoHashes: InfoHashes
    public var name: String?
    /// Of the payload, in bytes; a hint.
    public var length: Int64?
    public var trackers: [String]
    public var webSeeds: [String]
    /// `host:port`, the host a name, an IPv4 address, or an IPv6 address in brackets.
    public var peers: [String]
    /// Which files are wanted; all when empty.
    public var selectOnly: [ClosedRange<Int>]

    public init(
        infoHashes: InfoHashes, name: String? = nil, length: Int64? = nil, trackers: [String] = [],
        webSeeds: [String] = [], peers: [String] = [], selectOnly: [ClosedRange<Int>] = []
    ) {
        self.infoHashes = infoHashes
        self.name = name
        self.length = length
        self.trackers = trackers
        self.webSeeds = webSeeds
        self.peers = peers
        self.selectOnly = selectOnly
    }

    /// - Parameter peers: addresses under which the payload is served now.
    public init(_ metainfo: Metainfo, peers: [String] = []) {
        self.init(
            infoHashes: metainfo.info.infoHashes, name: metainfo.info.name,
            length: metainfo.info.layout.totalLength, trackers: metainfo.announceTiers.flatMap { $0 },
            webSeeds: metainfo.webSeeds, peers: peers)
    }

    /// - Throws: `MetainfoError` whose key is the parameter's name and whose offset is in bytes of UTF-8.
    public static func parse(_ link: String) throws(MetainfoError) -> MagnetLink {
        let bytes = Array(link.utf8)
        let scheme = "magnet:?"
        guard bytes.count <= maximumLength, bytes.count > scheme.utf8.count,
            String(decoding: bytes[..<scheme.utf8.count], as: UTF8.self).lowercased() == scheme
        else { throw MetainfoError(.notMagnet, at: 0) }

        var v1: Digest160?
        var v2: Digest256?
        var parsed = (name: String?.none, length: Int64?.none)
        var (trackers, webSeeds, peers): ([String], [String], [String]) = ([], [], [])
        var selectOnly: [ClosedRange<Int>] = []
        for part in bytes[scheme.utf8.count...].split(separator: UInt8(ascii: "&")) {
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            let key = String(decoding: part[..<equals], as: UTF8.self).lowercased()
            let raw = part[equals...].dropFirst()
            func fail(_ reason: MetainfoError.Reason) -> MetainfoError {
                MetainfoError(reason, at: part.startIndex, key: key)
            }
            func text() throws(MetainfoError) -> String {
                guard let decoded = percentDecoded(raw) else { throw fail(.invalidEscape) }
                guard let text = String(validating: decoded, as: UTF8.self) else { throw fail(.notText) }
                return text
            }
            // `tr.1=` and the like number what is repeated; `x.pe` is a name of its own.
            switch key == "x.pe" ? key : String(key.prefix { $0 != "." }) {
            case "xt":
                let topic = try text()
                if let hash = topic.dropPrefix("urn:btih:") {
                    guard let digest = Digest160(hex: hash) ?? Digest160(base32: hash) else {
                        throw fail(.invalid)
                    }
                    guard v1 == nil || v1 == digest else { throw fail(.conflictingInfoHashes) }
                    v1 = digest
                } else if let hash = topic.dropPrefix("urn:btmh:") {
                    // A multihash: 0x12 is SHA-256, 0x20 its length.
                    guard let digits = hash.dropPrefix("1220"), let digest = Digest256(hex: digits) else {
                        throw fail(.invalid)
                    }
                    guard v2 == nil || v2 == digest else { throw fail(.conflictingInfoHashes) }
                    v2 = digest
                }
            case "dn": if parsed.name == nil { parsed.name = try text() }
            case "xl":
                guard let length = Int64(try text()), length >= 0 else { throw fail(.invalid) }
                parsed.length = length
            case "tr": if trackers.count < maximumParameters { trackers.append(try text()) }
            case "ws": if webSeeds.count < maximumParameters { webSeeds.append(try text()) }
            case "x.pe": if peers.count < maximumParameters { peers.append(try text()) }
            case "so":
                guard let ranges = fileRanges(try text()) else { throw fail(.invalid) }
                selectOnly = ranges
            default: continue
            }
        }
        guard let infoHashes = InfoHashes(v1: v1, v2: v2) else {
            throw MetainfoError(.missingInfoHash, key: "xt")
        }
        return MagnetLink(
            infoHashes: infoHashes, name: parsed.name, length: parsed.length, trackers: trackers,
            webSeeds: webSeeds, peers: peers, selectOnly: selectOnly)
    }

    /// The link, with its parameters in one order and only unreserved characters bare.
    public var description: String {
        var parts: [String] = []
        if let v1 = infoHashes.v1 { parts.append("xt=urn:btih:\(v1.hex)") }
        if let v2 = infoHashes.v2 { parts.append("xt=urn:btmh:1220\(v2.hex)") }
        if let name { parts.append("dn=\(Self.percentEncoded(name))") }
        if let length { parts.append("xl=\(length)") }
        parts += trackers.map { "tr=\(Self.percentEncoded($0))" }
        parts += webSeeds.map { "ws=\(Self.percentEncoded($0))" }
        parts += peers.map { "x.pe=\(Self.percentEncoded($0))" }
        if !selectOnly.isEmpty {
            let ranges = selectOnly.map {
                $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
            }
            parts.append("so=\(ranges.joined(separator: ","))")
        }
        return "magnet:?" + parts.joined(separator: "&")
    }

    /// Whether a file is wanted.
    public func selects(file: Int) -> Bool { selectOnly.isEmpty || selectOnly.contains { $0 ~= file } }

    /// - Returns: `nil` unless `text` is a list like `0,2,4,6-8`.
    private static func fileRanges(_ text: String) -> [ClosedRange<Int>]? {
        var ranges: [ClosedRange<Int>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            let numbers = ends.compactMap { end in
                end.utf8.allSatisfy { 0x30...0x39 ~= $0 } ? Int(end) : nil
            }
            guard numbers.count == ends.count, 1...2 ~= numbers.count, ranges.count < maximumParameters,
                let first = numbers.first, let last = numbers.last, first <= last,
                last < PathRules.maximumFiles
            else { return nil }
            ranges.append(first...last)
        }
        return ranges
    }

    private static func percentDecoded(_ bytes: some Sequence<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            guard byte == UInt8(ascii: "%") else {
                // Browsers' forms write a space so.
                decoded.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                continue
            }
            guard let high = iterator.next(), let low = iterator.next(),
                let escaped = [UInt8](hex: String(decoding: [high, low], as: UTF8.self))
            else { return nil }
            decoded += escaped
        }
        return decoded
    }

    private static func percentEncoded(_ text: String) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                encoded.append(UInt8(ascii: "%"))
                encoded += CollectionOfOne(byte).hex.uppercased().utf8
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}

extension StringProtocol {
    fileprivate func dropPrefix(_ prefix: String) -> SubSequence? {
        let end = index(startIndex, offsetBy: prefix.count, limitedBy: endIndex) ?? endIndex
        return self[..<end].lowercased() == prefix ? self[end...] : nil
    }
}

extension Digest160 {
    /// - Returns: `nil` unless `base32` is 32 digits of RFC 3548 in either case.
    fileprivate init?(base32: some StringProtocol) {
        guard base32.utf8.count == 32 else { return nil }
        var bytes: [UInt8] = []
        var bits: UInt64 = 0
        var count = 0
        for digit in base32.utf8 {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = digit - UInt8(ascii: "a")
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = digit - UInt8(ascii: "A")
            case UInt8(ascii: "2")...UInt8(ascii: "7"): value = digit - UInt8(ascii: "2") + 26
            default: return nil
            }
            bits = bits << 5 | UInt64(value)
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(count)))
            }
        }
        self.init(bytes)
    }
}
