// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardDetection

/// OLE compound files: old Office documents, and the shell around encrypted new ones.
///
/// Sources: [MS-CFB]; [MS-OFFCRYPTO] 1.3 and 2.3; [MS-DOC] FibBase; [MS-XLS] FilePass; [MS-OLEPS].
struct CompoundFile {
    struct Entry {
        var name: String
        var start: Int
        var length: Int
    }

    let source: ByteSource
    private let sectorLength: Int
    private let miniCutoff: Int
    private var fatSectors: [Int] = []
    private var miniFATStart = 0
    private(set) var entries: [Entry] = []

    private static let last = 0xFFFF_FFFA

    init?(_ source: ByteSource) {
        self.source = source
        guard let head = source.exactly(0, 512), head.has([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
            let shift = head.le16(30), shift == 9 || shift == 12, let directory = head.le32(48),
            let cutoff = head.le32(56), let miniFAT = head.le32(60)
        else { return nil }
        sectorLength = 1 << shift
        miniCutoff = cutoff
        miniFATStart = miniFAT
        for index in 0..<109 {
            if let sector = head.le32(76 + index * 4), sector < Self.last { fatSectors.append(sector) }
        }
        var next = head.le32(68) ?? Self.last
        for _ in 0..<64 where next < Self.last {
            let table = source.read(offset(ofSector: next), sectorLength)
            let count = sectorLength / 4 - 1
            for index in 0..<count {
                if let sector = table.le32(index * 4), sector < Self.last { fatSectors.append(sector) }
            }
            next = table.le32(count * 4) ?? Self.last
        }
        let bytes = chain(from: directory, limit: 1 << 20)
        for index in 0..<(bytes.count / 128) {
            let entry = bytes.part(index * 128, 128)
            guard let nameLength = entry.le16(64), nameLength >= 2, nameLength <= 64, entry[66] != 0,
                let start = entry.le32(116), let length = entry.le32(120)
            else { continue }
            entries.append(
                Entry(
                    name: FieldText.utf16(entry.part(0, nameLength - 2), .little), start: start,
                    length: length))
        }
    }

    private func offset(ofSector sector: Int) -> Int { (sector + 1) * sectorLength }

    private func next(_ sector: Int) -> Int {
        let perSector = sectorLength / 4
        guard sector / perSector < fatSectors.count else { return Self.last }
        let table = offset(ofSector: fatSectors[sector / perSector])
        return source.read(table + sector % perSector * 4, 4).le32(0) ?? Self.last
    }

    private func chain(from start: Int, limit: Int) -> [UInt8] {
        var result: [UInt8] = []
        var sector = start
        var steps = 0
        while sector < Self.last, result.count < limit, steps < 4096 {
            steps += 1
            let bytes = source.read(offset(ofSector: sector), sectorLength)
            if bytes.isEmpty { break }
            result += bytes
            sector = next(sector)
        }
        return result
    }

    /// The beginning of a stream.
    func read(_ name: String, limit: Int = 65536) -> [UInt8]? {
        guard let entry = entries.first(where: { $0.name == name }) else { return nil }
        let wanted = min(entry.length, limit)
        guard entry.length < miniCutoff, let root = entries.first else {
            return chain(from: entry.start, limit: wanted).part(0, wanted)
        }
        // Short streams lie in pieces of 64 bytes in a stream of the root's.
        let table = chain(from: miniFATStart, limit: 1 << 18)
        let ministream = chain(from: root.start, limit: 1 << 20)
        var result: [UInt8] = []
        var piece = entry.start
        var steps = 0
        while piece < Self.last, result.count < wanted, steps < 4096 {
            steps += 1
            let bytes = ministream.part(piece * 64, 64)
            if bytes.isEmpty { break }
            result += bytes
            piece = table.le32(piece * 4) ?? Self.last
        }
        return result.part(0, wanted)
    }

    static func read(_ source: ByteSource, into contents: inout MediaContents) {
        guard let file = CompoundFile(source) else { return }
        file.locks(into: &contents)
        // The names begin with a control character, which is trimmed as any is.
        for name in ["SummaryInformation", "DocumentSummaryInformation"] {
            if let bytes = file.read(name) {
                PropertySet.read(bytes, of: name, at: 0..<source.length, into: &contents)
            }
        }
        if contents.locks.isEmpty { OldOfficeText.read(file, into: &contents) }
    }

    private func locks(into contents: inout MediaContents) {
        let names = Set(entries.map(\.name))
        if names.contains("EncryptedPackage") {
            contents.lock(.encryptedOffice, "stream EncryptedPackage", at: nil)
        } else if names.contains("DRMContent") || names.contains("DRMEncryptedDataSpace") {
            contents.lock(.encryptedOffice, "stream DRMContent: Information Rights Management", at: nil)
        } else if names.contains("WordDocument") {
            if let head = read("WordDocument", limit: 64), head.le16(0) == 0xA5EC, let flags = head.le16(10),
                flags & 0x0100 != 0
            {
                contents.lock(.encryptedOffice, "WordDocument: fEncrypted", at: nil)
            }
        } else if let name = ["Workbook", "Book"].first(where: names.contains),
            let book = read(name, limit: 8192)
        {
            var offset = 0
            for _ in 0..<64 {
                guard let kind = book.le16(offset), let length = book.le16(offset + 2) else { break }
                if kind == 0x2F {
                    contents.lock(.encryptedOffice, "\(name): FilePass", at: nil)
                    break
                }
                offset += 4 + length
            }
        } else if let user = read("Current User", limit: 64), user.le32(12) == 0xF3D1_C4DF {
            contents.lock(.encryptedOffice, "Current User: encrypted presentation", at: nil)
        }
    }
}

/// Property sets of compound files.
enum PropertySet {
    static func read(
        _ bytes: [UInt8], of stream: String, at place: Range<Int>, into contents: inout MediaContents
    ) {
        guard bytes.le16(0) == 0xFFFE, let sections = bytes.le32(24) else { return }
        for section in 0..<min(sections, 4) {
            guard let start = bytes.le32(28 + section * 20 + 16), let count = bytes.le32(start + 4) else {
                return
            }
            var named: [Int: String] = [:]
            var values: [(id: Int, text: String)] = []
            for index in 0..<min(count, 256) {
                guard let id = bytes.le32(start + 8 + index * 8),
                    let offset = bytes.le32(start + 12 + index * 8)
                else {
                    return
                }
                if id == 0 {
                    named = names(bytes, at: start + offset)
                } else if let text = text(bytes, at: start + offset) {
                    values.append((id, text))
                }
            }
            let standard: [Int: String] =
                stream == "SummaryInformation"
                ? [2: "Title", 3: "Subject", 4: "Author", 5: "Keywords", 6: "Comments"] : [:]
            for value in values {
                guard let name = section > 0 || named[value.id] != nil ? named[value.id] : standard[value.id]
                else {
                    continue
                }
                contents.add(key: name, prefix: "ole:", value.text, at: place)
            }
        }
    }

    private static func names(_ bytes: [UInt8], at offset: Int) -> [Int: String] {
        var result: [Int: String] = [:]
        var place = offset + 4
        for _ in 0..<min(bytes.le32(offset) ?? 0, 256) {
            guard let id = bytes.le32(place), let length = bytes.le32(place + 4), length <= 1024 else {
                break
            }
            result[id] = FieldText.guessed(bytes.part(place + 8, length).terminated())
            place += 8 + length
        }
        return result
    }

    private static func text(_ bytes: [UInt8], at offset: Int) -> String? {
        guard let type = bytes.le16(offset), let length = bytes.le32(offset + 4), length <= 65536 else {
            return nil
        }
        switch type {
        case 30: return FieldText.guessed(bytes.part(offset + 8, length).terminated())
        case 31: return FieldText.utf16(bytes.part(offset + 8, length * 2), .little)
        default: return nil
        }
    }
}
