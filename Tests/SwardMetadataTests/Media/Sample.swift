// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardMetadata

infix operator ++ : AdditionPrecedence

/// Not the `+` of the library, whose many meanings make the compiler search for minutes in tables of bytes.
func ++ (a: [UInt8], b: [UInt8]) -> [UInt8] {
    var result = a
    result.append(contentsOf: b)
    return result
}

/// Writers of the containers that the tests read: as little of each as a reader needs.
enum Sample {
    static func big(_ value: Int, _ width: Int = 4) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> ((width - 1 - $0) * 8)) }
    }
    static func little(_ value: Int, _ width: Int = 4) -> [UInt8] { big(value, width).reversed() }
    static func text(_ text: String) -> [UInt8] { Array(text.utf8) }
    static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { bigEndian ? big(Int($0), 2) : little(Int($0), 2) }
    }

    // MARK: Images

    static let xmp = """
        <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
         xmlns:cc="http://creativecommons.org/ns#" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
         xmpRights:WebStatement="https://creativecommons.org/licenses/by-sa/4.0/">
        <dc:rights><rdf:Alt><rdf:li xml:lang="de">Rechte</rdf:li><rdf:li xml:lang="x-default">Copyright 2020 Jane</rdf:li>
        </rdf:Alt></dc:rights><dc:creator><rdf:Seq><rdf:li>Jane</rdf:li><rdf:li>Joe</rdf:li></rdf:Seq></dc:creator>
        <cc:license rdf:resource="https://creativecommons.org/licenses/by-sa/4.0/"/>
        <cc:attributionURL>https://example.org/jane</cc:attributionURL></rdf:Description></rdf:RDF></x:xmpmeta>
        <?xpacket end="w"?>
        """

    /// - Parameter segments: Marker and body.
    static func jpeg(_ segments: [(UInt8, [UInt8])]) -> [UInt8] {
        [0xFF, 0xD8] ++ segments.flatMap { [0xFF, $0.0] ++ big($0.1.count + 2, 2) ++ $0.1 }
            ++ [0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9]
    }

    static func tiff(_ entries: [(tag: Int, type: Int, value: [UInt8])], bigEndian: Bool = false) -> [UInt8] {
        let number = bigEndian ? big : little
        var directory = number(entries.count, 2)
        var data: [UInt8] = []
        let start = 8 + 2 + entries.count * 12 + 4
        for entry in entries {
            directory += number(entry.tag, 2) ++ number(entry.type, 2) ++ number(entry.value.count, 4)
            if entry.value.count <= 4 {
                directory += entry.value ++ [UInt8](repeating: 0, count: 4 - entry.value.count)
            } else {
                directory += number(start + data.count, 4)
                data += entry.value
            }
        }
        return text(bigEndian ? "MM" : "II") ++ number(42, 2) ++ number(8, 4) ++ directory ++ number(0, 4)
            ++ data
    }

    static func png(_ chunks: [(String, [UInt8])]) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10]
            ++ (chunks + [("IEND", [])]).flatMap { big($0.1.count) ++ text($0.0) ++ $0.1 ++ [0, 0, 0, 0] }
    }

    static func riff(_ form: String, _ chunks: [(String, [UInt8])], bigEndian: Bool = false) -> [UInt8] {
        let number = bigEndian ? big : little
        let body = chunks.flatMap { chunk in
            text(chunk.0) ++ number(chunk.1.count, 4) ++ chunk.1
                ++ [UInt8](repeating: 0, count: chunk.1.count % 2)
        }
        return text(bigEndian ? "FORM" : "RIFF") ++ number(body.count + 4, 4) ++ text(form) ++ body
    }

    static func iptc(_ records: [(UInt8, UInt8, [UInt8])]) -> [UInt8] {
        records.flatMap { [0x1C, $0.0, $0.1] ++ big($0.2.count, 2) ++ $0.2 }
    }

    static func photoshop(_ resources: [(Int, [UInt8])]) -> [UInt8] {
        resources.flatMap {
            text("8BIM") ++ big($0.0, 2) ++ [0, 0] ++ big($0.1.count) ++ $0.1
                ++ [UInt8](repeating: 0, count: $0.1.count % 2)
        }
    }

    // MARK: Sound and film

    static func id3(_ version: UInt8, _ frames: [(String, [UInt8])], flags: UInt8 = 0) -> [UInt8] {
        func safe(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> ((3 - $0) * 7) & 0x7F) } }
        let body = frames.flatMap { frame -> [UInt8] in
            let size = frame.1.count
            switch version {
            case 2: return text(frame.0) ++ big(size, 3) ++ frame.1
            case 3: return text(frame.0) ++ big(size) ++ [0, 0] ++ frame.1
            default: return text(frame.0) ++ safe(size) ++ [0, 0] ++ frame.1
            }
        }
        return text("ID3") ++ [version, 0, flags] ++ safe(body.count) ++ body
    }

    static func vorbis(_ comments: [String]) -> [UInt8] {
        little(4) ++ text("test") ++ little(comments.count)
            ++ comments.flatMap { little($0.utf8.count) ++ text($0) }
    }

    /// Packets cut into pages of at most 255 segments.
    static func ogg(_ packets: [[UInt8]], serial: Int = 7) -> [UInt8] {
        var result: [UInt8] = []
        for (index, packet) in packets.enumerated() {
            var laces = [UInt8](repeating: 255, count: packet.count / 255) + [UInt8(packet.count % 255)]
            var rest = packet[...]
            var isContinued = false
            while !laces.isEmpty {
                let page = Array(laces.prefix(255))
                let length = page.reduce(0) { $0 + Int($1) }
                let flags: UInt8 = (isContinued ? 1 : 0) | (index == 0 ? 2 : 0)
                result += text("OggS") ++ [0, flags] ++ [UInt8](repeating: 0, count: 8) ++ little(serial)
                result += little(index) ++ little(0) ++ [UInt8(page.count)] ++ page
                    ++ Array(rest.prefix(length))
                rest = rest.dropFirst(length)
                laces = Array(laces.dropFirst(255))
                isContinued = true
            }
        }
        return result
    }

    static func box(_ kind: String, _ body: [UInt8]...) -> [UInt8] {
        let whole = body.flatMap { $0 }
        return big(whole.count + 8) ++ kind.unicodeScalars.map { UInt8($0.value) } ++ whole
    }

    static func element(_ id: Int, _ body: [UInt8]...) -> [UInt8] {
        let whole = body.flatMap { $0 }
        let width = id > 0xFFFFFF ? 4 : id > 0xFFFF ? 3 : id > 0xFF ? 2 : 1
        return big(id, width) ++ [0x08] ++ big(whole.count, 4) ++ whole
    }

    // MARK: Documents

    /// Objects numbered from 1, a table of them, and a trailer.
    static func pdf(_ objects: [String], trailer: String) -> [UInt8] {
        var result = text("%PDF-1.7\n")
        var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for (index, object) in objects.enumerated() {
            let offset = String(result.count)
            table += String(repeating: "0", count: 10 - offset.count) + offset + " 00000 n \n"
            result += text("\(index + 1) 0 obj\n\(object)\nendobj\n")
        }
        let start = result.count
        return result ++ text(table + "trailer\n\(trailer)\nstartxref\n\(start)\n%%EOF\n")
    }

    static func zip(_ members: [(name: String, bytes: [UInt8])], flags: Int = 0, method: Int = 0) -> [UInt8] {
        var result: [UInt8] = []
        var directory: [UInt8] = []
        for (name, bytes) in members {
            let common =
                little(20, 2) ++ little(flags, 2) ++ little(method, 2) ++ little(0, 4) ++ little(0, 4)
                ++ little(bytes.count)
                ++ little(bytes.count) ++ little(name.utf8.count, 2)
            directory +=
                [0x50, 0x4B, 1, 2] ++ little(20, 2) ++ common ++ little(0, 2) ++ little(0, 2) ++ little(0, 2)
            directory += little(0, 2) ++ little(0, 4) ++ little(result.count) ++ text(name)
            result += [0x50, 0x4B, 3, 4] ++ common ++ little(0, 2) ++ text(name) ++ bytes
        }
        let start = result.count
        result +=
            directory ++ [0x50, 0x4B, 5, 6] ++ little(0, 4) ++ little(members.count, 2)
            ++ little(members.count, 2)
        return result ++ little(directory.count) ++ little(start) ++ little(0, 2)
    }

    static func font(_ tables: [(String, [UInt8])]) -> [UInt8] {
        var directory: [UInt8] = []
        var data: [UInt8] = []
        let start = 12 + tables.count * 16
        for (tag, bytes) in tables {
            directory += text(tag) ++ big(0) ++ big(start + data.count) ++ big(bytes.count)
            data += bytes
        }
        return big(0x10000) ++ big(tables.count, 2) ++ [0, 0, 0, 0, 0, 0] ++ directory ++ data
    }

    /// Windows, English.
    static func names(_ names: [(Int, String)]) -> [UInt8] {
        var records: [UInt8] = []
        var storage: [UInt8] = []
        for (id, value) in names {
            let bytes = utf16(value, bigEndian: true)
            records +=
                big(3, 2) ++ big(1, 2) ++ big(0x409, 2) ++ big(id, 2) ++ big(bytes.count, 2)
                ++ big(storage.count, 2)
            storage += bytes
        }
        return big(0, 2) ++ big(names.count, 2) ++ big(6 + records.count, 2) ++ records ++ storage
    }

    static func os2(_ fsType: Int) -> [UInt8] { [UInt8](repeating: 0, count: 8) ++ big(fsType, 2) ++ [0, 0] }

    // MARK: Reading

    static func contents(_ bytes: [UInt8], _ name: String) -> MediaContents {
        MediaReader.contents(of: ByteSource(bytes), name: name)?.contents ?? MediaContents()
    }
}
