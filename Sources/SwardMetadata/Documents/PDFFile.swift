// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// The objects of a PDF that a reader asks for, found through its cross references.
///
/// Nothing else is read: a book of a thousand pages costs what its catalogue and a few pages do. Where the references are broken, the last
/// objects of that number in the file are searched for. Source: ISO 32000-2, 7.5.
final class PDFFile {
    struct Object {
        var value: PDFValue
        /// From its number to the end of what was read of it.
        var place: Range<Int>
        /// Still packed, as it lies in the file.
        var stream: Range<Int>?
        /// Came out of an object stream, which is encrypted as a whole if at all.
        var isPacked = false
    }

    private enum Entry {
        case offset(Int)
        case packed(stream: Int, index: Int)
    }

    private enum Section {
        /// Lines of 20 bytes each.
        case table(first: Int, count: Int, offset: Int)
        case stream(first: Int, count: Int, bytes: [UInt8], start: Int, widths: [Int])
    }

    let source: ByteSource
    private(set) var trailer: [String: PDFValue] = [:]
    /// Where the file's own header is: what stands before it shifts every offset.
    private let base: Int
    private var sections: [Section] = []
    /// Object streams that were unpacked, with where each object begins.
    private var packedStreams: [Int: (bytes: [UInt8], places: [Int: Int])] = [:]
    /// Bytes that may still come out of streams.
    private var unpackedLeft: Int
    /// Unpacks what is encrypted, once the key is known.
    var decryption: PDFDecryption?

    static let maximumStream = 16 << 20
    private static let window = 1 << 16
    /// Most objects are no longer.
    private static let smallWindow = 1 << 11
    private static let maximumUnpacked = 48 << 20

    init?(_ source: ByteSource) {
        self.source = source
        unpackedLeft = min(
            Self.maximumUnpacked, Self.maximumStream + 4 * min(source.length, Self.maximumUnpacked))
        let head = source.read(0, 1024)
        guard let base = head.firstIndex(of: Array("%PDF-".utf8)) else { return nil }
        self.base = base
        readReferences()
        if trailer["Root"] == nil { recover() }
    }

    // MARK: Cross references

    private func readReferences() {
        let tail = min(source.length, 2048)
        let end = source.read(source.length - tail, tail)
        guard let place = end.lastIndex(of: Array("startxref".utf8)) else { return }
        var parser = PDFParser(end, at: place + 9)
        guard let start = parser.value()?.integer else { return }
        var waiting = [start]
        var seen: Set<Int> = []
        while let next = waiting.popLast(), seen.count < 64 {
            guard next >= 0, seen.insert(next).inserted else { continue }
            let entries = readSection(at: next.addingSaturated(base))
            // The newest trailer comes first and wins.
            trailer.merge(entries) { newer, _ in newer }
            if let older = entries["Prev"]?.integer { waiting.append(older) }
            if let hybrid = entries["XRefStm"]?.integer { waiting.append(hybrid) }
        }
    }

    private func readSection(at offset: Int) -> [String: PDFValue] {
        let head = source.read(offset, Self.window)
        var parser = PDFParser(head)
        parser.skipBlanks()
        guard head.has("xref", at: parser.offset) else { return readStreamSection(at: offset) }
        parser.offset += 4
        var place = offset
        var bytes = head
        while sections.count < 1024 {
            parser.skipBlanks()
            if bytes.has("trailer", at: parser.offset) {
                let start = place + parser.offset + 7
                var trailer = PDFParser(source.read(start, Self.window))
                return trailer.value()?.dictionary ?? [:]
            }
            guard let first = parser.value()?.integer, let count = parser.value()?.integer, first >= 0,
                count >= 0,
                count <= source.length / 18
            else { return [:] }
            parser.skipBlanks()
            let lines = place + parser.offset
            sections.append(.table(first: first, count: count, offset: lines))
            place = lines + count * 20
            bytes = source.read(place, 4096)
            parser = PDFParser(bytes)
        }
        return [:]
    }

    private func readStreamSection(at offset: Int) -> [String: PDFValue] {
        guard let object = read(at: offset, number: nil), let entries = object.value.dictionary,
            entries["Type"]?.name == "XRef", let size = entries["Size"]?.integer,
            let widths = entries["W"]?.array?.map({ $0.integer ?? 0 }), widths.count == 3,
            widths.allSatisfy({ 0...8 ~= $0 })
        else { return [:] }
        let bytes = unpacked(object, isEncrypted: false)
        let row = widths.reduce(0, +)
        guard row > 0 else { return entries }
        let index = entries["Index"]?.array?.map { $0.integer ?? 0 } ?? [0, size]
        var start = 0
        for pair in stride(from: 0, to: index.count - 1, by: 2) {
            guard index[pair] >= 0, index[pair + 1] >= 0, sections.count < 1024 else { break }
            let count = min(index[pair + 1], (bytes.count - start) / row)
            guard count > 0 else { break }
            sections.append(
                .stream(first: index[pair], count: count, bytes: bytes, start: start, widths: widths))
            start += count * row
        }
        return entries
    }

    private func entry(_ number: Int) -> Entry? {
        for section in sections {
            switch section {
            case .table(let first, let count, let offset):
                guard number >= first, number - first < count else { continue }
                let line = source.read(offset + (number - first) * 20, 20)
                guard line.count >= 18, line[17] == UInt8(ascii: "n") else { continue }
                var parser = PDFParser(line.part(0, 10))
                if let place = parser.value()?.integer { return .offset(place.addingSaturated(base)) }
            case .stream(let first, let count, let bytes, let start, let widths):
                guard number >= first, number - first < count else { continue }
                let row = start + (number - first) * widths.reduce(0, +)
                guard let second = bytes.number(row + widths[0], widths[1], .big),
                    let third = bytes.number(row + widths[0] + widths[1], widths[2], .big)
                else { continue }
                let kind = widths[0] == 0 ? 1 : bytes.number(row, widths[0], .big)
                if kind == 1 { return .offset(second.addingSaturated(base)) }
                if kind == 2 { return .packed(stream: second, index: third) }
            }
        }
        return nil
    }

    /// No usable references: take the last trailer, or what names a catalogue, out of the file itself.
    private func recover() {
        let limit = min(source.length, 24 << 20)
        var offset = 0
        for _ in 0..<64 {
            guard let place = source.find(Array("trailer".utf8), from: offset, limit: limit - offset) else {
                break
            }
            var parser = PDFParser(source.read(place + 7, Self.window))
            if let entries = parser.value()?.dictionary { trailer.merge(entries) { _, later in later } }
            offset = place + 7
        }
        if trailer["Root"] != nil { return }
        offset = 0
        for _ in 0..<64 {
            guard let place = source.find(Array("/XRef".utf8), from: offset, limit: limit - offset) else {
                return
            }
            let start = max(0, place - 512)
            let before = source.read(start, place - start)
            if let object = before.lastIndex(of: Array(" obj".utf8)) {
                var parser = PDFParser(source.read(start + object + 4, Self.window))
                if let entries = parser.value()?.dictionary { trailer.merge(entries) { _, later in later } }
            }
            offset = place + 5
        }
    }

    private func search(_ number: Int) -> Int? {
        let pattern = Array("\(number) 0 obj".utf8)
        var found: Int?
        var offset = 0
        for _ in 0..<16 {
            guard let place = source.find(pattern, from: offset, limit: (24 << 20) - offset) else { break }
            let before = source.read(place - 1, 1).first ?? 10
            if !(0x30...0x39).contains(before) { found = place }
            offset = place + pattern.count
        }
        return found
    }

    // MARK: Objects

    /// What a value stands for: a reference is followed.
    func resolve(_ value: PDFValue?) -> Object? {
        guard let value else { return nil }
        guard case .reference(let number, _) = value else { return Object(value: value, place: 0..<0) }
        return object(number)
    }

    private var depth = 0
    private var objectsLeft = 2000

    func object(_ number: Int) -> Object? {
        // A length may itself be a reference; two of them could name each other.
        guard depth < 8, objectsLeft > 0 else { return nil }
        depth += 1
        objectsLeft -= 1
        defer { depth -= 1 }
        switch entry(number) {
        case .offset(let offset):
            if let object = read(at: offset, number: number) { return object }
        case .packed(let stream, let index):
            if let object = packed(stream, index, number: number) { return object }
        case nil: break
        }
        return search(number).flatMap { read(at: $0, number: number) }
    }

    private func read(at offset: Int, number: Int?) -> Object? {
        read(at: offset, number: number, window: Self.smallWindow)
            ?? read(at: offset, number: number, window: Self.window)
    }

    /// - Returns: `nil` also where the object does not end in the window.
    private func read(at offset: Int, number: Int?, window: Int) -> Object? {
        let bytes = source.read(offset, window)
        var parser = PDFParser(bytes)
        guard let found = parser.value()?.integer, number == nil || found == number,
            let generation = parser.value()?.integer, case .word("obj") = parser.value(),
            var value = parser.value()
        else { return nil }
        if window < Self.window, parser.offset + 32 > bytes.count, bytes.count == window { return nil }
        if let decryption { value = decryption.decrypted(value, object: found, generation: generation) }
        var object = Object(value: value, place: offset..<(offset + parser.offset))
        guard let entries = value.dictionary else { return object }
        parser.skipBlanks()
        guard bytes.has("stream", at: parser.offset) else { return object }
        var start = parser.offset + 6
        if bytes.has("\r\n", at: start) {
            start += 2
        } else if start < bytes.count, bytes[start] == 10 || bytes[start] == 13 {
            start += 1
        }
        start += offset
        var length = resolve(entries["Length"])?.value.integer ?? -1
        if length < 0 || length > source.length - start || !endsStream(start + length) {
            let end = source.find(Array("endstream".utf8), from: start, limit: Self.maximumStream)
            length = (end ?? start) - start
        }
        object.stream = start..<(start + length)
        streamNumbers[start] = (found, generation)
        return object
    }

    private var streamNumbers: [Int: (Int, Int)] = [:]

    private func endsStream(_ offset: Int) -> Bool {
        var parser = PDFParser(source.read(offset, 24))
        parser.skipBlanks()
        return parser.bytes.has("endstream", at: parser.offset)
    }

    private func packed(_ stream: Int, _ index: Int, number: Int) -> Object? {
        guard case .offset(let place) = entry(stream), let container = read(at: place, number: stream),
            let entries = container.value.dictionary, let count = resolve(entries["N"])?.value.integer,
            let first = resolve(entries["First"])?.value.integer, index < count, count <= 100_000
        else { return nil }
        let known: (bytes: [UInt8], places: [Int: Int])
        if let before = packedStreams[stream] {
            known = before
        } else {
            let bytes = unpacked(container)
            var header = PDFParser(bytes)
            var places: [Int: Int] = [:]
            for _ in 0..<count {
                guard let found = header.value()?.integer, let offset = header.value()?.integer else { break }
                places[found] = places[found] ?? first.addingSaturated(offset)
            }
            known = (bytes, places)
            packedStreams[stream] = known
        }
        guard let place = known.places[number] else { return nil }
        var parser = PDFParser(known.bytes, at: place)
        return parser.value().map { Object(value: $0, place: container.stream ?? 0..<0, isPacked: true) }
    }

    /// A stream's bytes with its filters undone, as far as we know them.
    func unpacked(_ object: Object, isEncrypted: Bool = true, limit: Int = maximumStream) -> [UInt8] {
        let limit = min(limit, unpackedLeft)
        guard let place = object.stream, let entries = object.value.dictionary, limit > 0 else { return [] }
        var bytes = source.read(place.lowerBound, min(place.count, Self.maximumStream))
        if isEncrypted, let decryption, let (number, generation) = streamNumbers[place.lowerBound] {
            bytes = decryption.decryptedStream(bytes, entries, object: number, generation: generation)
        }
        let filter = resolve(entries["Filter"])?.value
        let filters = filter?.array ?? filter.map { [$0] } ?? []
        let parameters = resolve(entries["DecodeParms"])?.value
        let list = parameters?.array ?? parameters.map { [$0] } ?? []
        for (index, filter) in filters.prefix(4).enumerated() {
            let options = index < list.count ? resolve(list[index])?.value.dictionary : nil
            guard let name = resolve(filter)?.value.name,
                let undone = PDFFilter.undo(name, bytes, options ?? [:], limit: limit)
            else { return [] }
            bytes = undone
            unpackedLeft -= bytes.count
        }
        return filters.isEmpty ? bytes.part(0, limit) : bytes
    }
}
