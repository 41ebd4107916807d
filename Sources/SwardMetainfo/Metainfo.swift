// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardBencode
public import SwardPrimitives

/// A `.torrent` file: an info dictionary, and around it what helps to find peers and to check pieces.
///
/// - Invariant: a file of v2 longer than a piece has its piece layer, proved against its root.
/// - Memory: the bytes as they came, once.
/// - Source: BEP 3, BEP 5 (`nodes`), BEP 12 (`announce-list`), BEP 17 (`httpseeds`), BEP 19 (`url-list`), BEP 52
///   (`piece layers`).
public struct Metainfo: Sendable {
    /// A DHT node to start from.
    public struct Node: Hashable, Sendable {
        public let host: String
        public let port: UInt16

        public init(host: String, port: UInt16) {
            self.host = host
            self.port = port
        }
    }

    public let info: InfoDictionary
    /// By the root of the file; empty in v1.
    package let pieceLayers: [Digest256: PieceLayer]
    /// The dictionary around the info dictionary, whose place an empty list takes.
    private let outer: BencodeDocument
    /// Where in `outer` that list is.
    private let infoRange: Range<Int>

    /// - Throws: `MetainfoError` with the offset into `bytes`.
    public static func parse(_ bytes: [UInt8]) throws(MetainfoError) -> Metainfo {
        let infoRange = try infoRange(in: bytes)
        // The offsets of what is refused inside the info dictionary, and behind it, are those of the whole file.
        let info: InfoDictionary
        do throws(MetainfoError) { info = try InfoDictionary.parse(Array(bytes[infoRange])) } catch {
            throw error.shifted(by: infoRange.lowerBound, under: "info")
        }
        let placeholder = Array("le".utf8)
        let rest = bytes[..<infoRange.lowerBound] + placeholder + bytes[infoRange.upperBound...]
        let place = infoRange.lowerBound..<(infoRange.lowerBound + placeholder.count)
        do throws(MetainfoError) {
            return try Metainfo(info: info, outer: Array(rest), infoRange: place)
        } catch {
            let offset = error.offset ?? 0
            let shift = offset < place.upperBound ? 0 : infoRange.count - place.count
            throw MetainfoError(error.reason, at: offset + shift, key: error.key, file: error.file)
        }
    }

    /// Scoped so that the tokens of the whole are gone before the parts are read.
    private static func infoRange(in bytes: [UInt8]) throws(MetainfoError) -> Range<Int> {
        let document: BencodeDocument
        do { document = try BencodeDocument(bytes, limits: .metainfo) } catch { throw MetainfoError(error) }
        guard document.root.isDictionary else { throw MetainfoError(.invalid, at: 0) }
        guard let info = document.root["info"] else { throw MetainfoError(.missing, at: 0, key: "info") }
        return info.range
    }

    private init(info: InfoDictionary, outer bytes: [UInt8], infoRange: Range<Int>) throws(MetainfoError) {
        do { outer = try BencodeDocument(bytes, limits: .metainfo) } catch { throw MetainfoError(error) }
        self.info = info
        self.infoRange = infoRange
        pieceLayers = try Self.readPieceLayers(outer.root, info: info)
        try checkTypes()
    }

    /// Puts a torrent together.
    ///
    /// - Parameter pieceLayers: for each root of a file longer than a piece its digests, end to end.
    /// - Parameter extra: further keys, outside the info dictionary.
    /// - Throws: `MetainfoError` when a piece layer is missing or wrong.
    package init(
        info: InfoDictionary, pieceLayers: [Digest256: [UInt8]] = [:], announceTiers: [[String]] = [],
        webSeeds: [String] = [], httpSeeds: [String] = [], nodes: [Node] = [], comment: String? = nil,
        createdBy: String? = nil,
        creationDate: Int64? = nil, extra: [String: Bencode] = [:]
    ) throws(MetainfoError) {
        var keys = extra
        let tiers = announceTiers.filter { !$0.isEmpty }
        keys["announce"] = tiers.first?.first.map(Bencode.text)
        if tiers.count > 1 || tiers.first?.count ?? 0 > 1 {
            keys["announce-list"] = .list(tiers.map { .list($0.map(Bencode.text)) })
        }
        keys["comment"] = comment.map(Bencode.text)
        keys["created by"] = createdBy.map(Bencode.text)
        keys["creation date"] = creationDate.map(Bencode.integer)
        if !httpSeeds.isEmpty { keys["httpseeds"] = .list(httpSeeds.map(Bencode.text)) }
        keys["info"] = []
        if !nodes.isEmpty {
            keys["nodes"] = .list(nodes.map { [.text($0.host), .integer(Int64($0.port))] })
        }
        if info.kind != .v1 {
            var layers: [[UInt8]: Bencode] = [:]
            for (root, bytes) in pieceLayers { layers[root.bytes] = .string(bytes) }
            keys["piece layers"] = .dictionary(layers)
        }
        switch webSeeds.count {
        case 0: break
        case 1: keys["url-list"] = .text(webSeeds[0])
        default: keys["url-list"] = .list(webSeeds.map(Bencode.text))
        }
        var entries: [[UInt8]: Bencode] = [:]
        for (key, value) in keys { entries[Array(key.utf8)] = value }
        let bytes = Bencode.dictionary(entries).encoded()
        let document: BencodeDocument
        do { document = try BencodeDocument(bytes, limits: .metainfo) } catch { throw MetainfoError(error) }
        guard let place = document.root["info"]?.range else { preconditionFailure("just written") }
        try self.init(info: info, outer: bytes, infoRange: place)
    }

    /// The file; the very bytes it was read from, if it was.
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(outer.bytes.count + info.bytes.count)
        for part in encodedParts { bytes += part }
        return bytes
    }

    /// The file as ``encoded()`` has it, in parts that are not copied.
    public var encodedParts: [ArraySlice<UInt8>] {
        [outer.bytes[..<infoRange.lowerBound], info.bytes[...], outer.bytes[infoRange.upperBound...]]
    }

    /// The value under any key outside the info dictionary, known or not; `info` is an empty list here.
    package func extra(_ key: String) -> BencodeValue? { outer.root[key] }

    /// Trackers by tier, the first to be tried first; empty ones left out. Source: BEP 12.
    public var announceTiers: [[String]] {
        // BEP 12: where there is a list, `announce` is ignored.
        let tiers =
            outer.root["announce-list"]?.elements
            .map { $0.elements.compactMap(\.text).filter { !$0.isEmpty } }.filter { !$0.isEmpty } ?? []
        if !tiers.isEmpty { return tiers }
        return outer.root["announce"]?.text.flatMap { $0.isEmpty ? nil : [[$0]] } ?? []
    }

    /// URLs that serve the files over HTTP. Source: BEP 19.
    public var webSeeds: [String] { urls("url-list") }

    /// URLs of scripts that serve pieces over HTTP. Source: BEP 17.
    public var httpSeeds: [String] { urls("httpseeds") }

    private func urls(_ key: String) -> [String] {
        guard let value = outer.root[key] else { return [] }
        let urls = value.isList ? value.elements.compactMap(\.text) : [value.text].compactMap { $0 }
        return urls.filter { !$0.isEmpty }
    }

    /// DHT nodes to start from. Source: BEP 5.
    public var nodes: [Node] {
        outer.root["nodes"]?.elements.compactMap { pair in
            var parts = pair.elements.makeIterator()
            guard let host = parts.next()?.text,
                let port = parts.next()?.integer.flatMap({ UInt16(exactly: $0) })
            else { return nil }
            return Node(host: host, port: port)
        } ?? []
    }

    public var comment: String? { outer.root["comment"]?.text }
    public var createdBy: String? { outer.root["created by"]?.text }
    /// In seconds since 1970.
    public var creationDate: Int64? { outer.root["creation date"]?.integer }

    /// What may hold the same files, from inside and outside of the info dictionary. Source: BEP 38.
    public var similar: [Digest160] {
        info.similar
            + (outer.root["similar"]?.elements.compactMap { $0.string.flatMap { Digest160($0) } } ?? [])
    }

    /// The collections it belongs to, from inside and outside of the info dictionary. Source: BEP 38.
    public var collections: [String] {
        info.collections + (outer.root["collections"]?.elements.compactMap(\.text) ?? [])
    }

    /// Refuses values of the wrong type, so that what the queries leave out is nothing but odd elements.
    private func checkTypes() throws(MetainfoError) {
        func check(_ key: String, _ isAllowed: (BencodeValue) -> Bool) throws(MetainfoError) {
            guard let value = outer.root[key], !isAllowed(value) else { return }
            throw MetainfoError(.invalid, at: value.range.lowerBound, key: key)
        }
        try check("announce") { $0.isString }
        try check("announce-list") { $0.isList && $0.elements.allSatisfy(\.isList) }
        try check("url-list") { $0.isString || $0.isList }
        try check("httpseeds") { $0.isString || $0.isList }
        try check("nodes") { $0.isList && $0.elements.allSatisfy(\.isList) }
        try check("comment") { $0.isString }
        try check("created by") { $0.isString }
        try check("creation date") { $0.isInteger }
    }

    private static func readPieceLayers(
        _ root: BencodeValue, info: InfoDictionary
    ) throws(MetainfoError) -> [Digest256: PieceLayer] {
        // BEP 52 files carry the key even when it is empty; a v1 file has no use for one.
        guard info.kind != .v1 else { return [:] }
        let key = "piece layers"
        let value = root[key]
        if let value, !value.isDictionary {
            throw MetainfoError(.invalid, at: value.range.lowerBound, key: key)
        }
        var found: [Digest256: BencodeValue] = [:]
        if let value {
            for (root, layer) in value.entries {
                guard let digest = Digest256(root), layer.isString else {
                    throw MetainfoError(.invalid, at: layer.range.lowerBound, key: key)
                }
                found[digest] = layer
            }
        }
        var layers: [Digest256: PieceLayer] = [:]
        for index in info.files.indices where info.layout.length(ofFile: index) > 0 {
            let length = info.layout.length(ofFile: index)
            guard let root = info.files.piecesRoot(of: index) else { continue }
            func path() -> String { info.files.path(of: index).joined(separator: "/") }
            guard let layer = found[root] else {
                guard length > Int64(info.pieceLength) else { continue }
                // Files of the same bytes share one layer.
                if let known = layers[root] {
                    guard known.count == info.layout.pieces(ofFile: index).count else {
                        throw MetainfoError(
                            .pieceLayerSize(
                                found: known.count, expected: info.layout.pieces(ofFile: index).count),
                            key: key, file: path())
                    }
                    continue
                }
                throw MetainfoError(.missingPieceLayer, at: value?.range.lowerBound, key: key, file: path())
            }
            do throws(MetainfoError) {
                layers[root] = try PieceLayer(
                    layer.string ?? [], root: root, fileLength: length, pieceLength: info.pieceLength)
                found[root] = nil
            } catch {
                throw MetainfoError(error.reason, at: layer.range.lowerBound, key: key, file: path())
            }
        }
        if let stray = found.values.min(by: { $0.index < $1.index }) {
            throw MetainfoError(.unknownPieceLayer, at: stray.range.lowerBound, key: key)
        }
        return layers
    }
}
