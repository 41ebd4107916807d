// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

package import SwardSPDX

/// Lays ``NameData`` and the license list out as ``NameTable`` reads them: run by `license-index`, not by the program.
package struct NameTableBuilder {
    package enum Failure: Error { case tooMany, clash(String) }

    private var meanings: [NameMeaning] = []
    private var families: [LicenseFamily] = []
    /// Every beginning of a name; ``NameTable/noMeaning`` where none ends.
    private var nodes: [PhraseKey: UInt16] = [:]

    /// - Parameter list: Licenses and exceptions in the order of the list.
    package init(_ list: some Sequence<ListedLicense>) {
        for line in NameData.families.split(separator: "\n") { addFamily(line) }
        for row in list { addListed(row) }
        for line in NameData.names.split(separator: "\n") { addNames(line) }
    }

    /// - Throws: Where the names do not fit, or two of them cannot be told apart.
    package func blob() throws(Failure) -> [UInt8] {
        guard meanings.count < Int(NameTable.noMeaning), families.count < 256 else { throw .tooMany }
        var slots = 1
        // A table filled to half at most answers most questions with one look.
        while slots < nodes.count * 2 { slots *= 2 }
        var keys = [UInt32](repeating: 0, count: slots)
        var values = [UInt16](repeating: NameTable.noMeaning, count: slots)
        // In an order that does not depend on the run.
        for (key, value) in nodes.sorted(by: { ($0.key.slot, $0.key.print) < ($1.key.slot, $1.key.print) }) {
            var slot = key.slot & (slots - 1)
            while keys[slot] != 0 {
                guard keys[slot] != key.print else { throw .clash("\(key.slot)") }
                slot = (slot + 1) & (slots - 1)
            }
            keys[slot] = key.print
            values[slot] = value
        }
        var strings: [UInt8] = []
        var table: [UInt8] = []
        func add(_ text: String, kind: UInt8, family: Int = 0) {
            table += Self.bytes([UInt32(strings.count)]) + Self.bytes([UInt16(text.utf8.count)])
            table += [kind, UInt8(family)]
            strings += text.utf8
        }
        for meaning in meanings {
            switch meaning {
            case .family(let number): add("", kind: 0, family: number)
            case .expression(let text, let isWeak): add(text, kind: isWeak ? 2 : 1)
            case .exception(let text): add(text, kind: 3)
            }
        }
        var stream: [UInt8] = []
        func add(_ text: String) { stream += [UInt8(text.utf8.count)] + text.utf8 }
        for family in families {
            stream += [(family.isGNU ? 1 : 0) | (family.isWeak ? 2 : 0), UInt8(family.members.count)]
            add(family.stem)
            add(family.unversioned)
            for member in family.members {
                add(member.version)
                add(member.identifier)
            }
        }
        let sections: [(NameTable.Field, [UInt8])] = [
            (.keys, Self.bytes(keys)), (.values, Self.bytes(values)), (.meaningTable, table),
            (.familyStream, stream), (.strings, strings),
        ]
        var header = [UInt32](repeating: 0, count: NameTable.Field.allCases.count)
        var body: [UInt8] = []
        for (field, bytes) in sections {
            header[field.rawValue] = UInt32(NameTable.headerSize + body.count)
            body += bytes
            while body.count % 4 != 0 { body.append(0) }
        }
        header[NameTable.Field.version.rawValue] = NameTable.version
        header[NameTable.Field.size.rawValue] = UInt32(NameTable.headerSize + body.count)
        header[NameTable.Field.slots.rawValue] = UInt32(slots)
        header[NameTable.Field.meanings.rawValue] = UInt32(meanings.count)
        header[NameTable.Field.families.rawValue] = UInt32(families.count)
        return NameTable.magic + Self.bytes(header) + body
    }

    private static func bytes<T: FixedWidthInteger>(_ numbers: [T]) -> [UInt8] {
        numbers.flatMap { number in
            (0..<MemoryLayout<T>.size).map { UInt8(truncatingIfNeeded: number >> T($0 * 8)) }
        }
    }

    // MARK: What there is to know

    private static let gnuStems = ["GPL-1", "GPL-2", "GPL-3", "LGPL-", "AGPL-", "GFDL-"]

    private mutating func add(_ name: some StringProtocol, _ meaning: Int) {
        let words = Lexemes(name).all.dropLast().filter { !NameTable.isSilent($0.word) }
        var key = PhraseKey.root
        for word in words {
            key = key.key(behind: word.hash)
            nodes[key] = nodes[key] ?? NameTable.noMeaning
        }
        if !words.isEmpty { nodes[key] = UInt16(clamping: meaning) }
    }

    /// `STEM kind weak? default version=id …: name; name`
    private mutating func addFamily(_ line: Substring) {
        guard let colon = line.firstIndex(of: ":") else { return }
        let head = line[..<colon].split(separator: " ")
        var members: [(String, String)] = []
        for field in head.dropFirst(3) {
            let parts = field.split(separator: "=")
            members.append((String(parts[0]), parts.count > 1 ? String(parts[1]) : "\(head[0])-\(parts[0])"))
        }
        meanings.append(.family(families.count))
        families.append(
            LicenseFamily(
                isGNU: head[1].contains("g"), stem: String(head[0]), members: members,
                unversioned: String(head[2]), isWeak: head[1].contains("w")))
        for name in line[line.index(after: colon)...].split(separator: ";") {
            add(name, meanings.count - 1)
        }
    }

    /// `EXPRESSION: name; ~weak name`, with `!` before an exception.
    private mutating func addNames(_ line: Substring) {
        guard let colon = line.firstIndex(of: ":") else { return }
        let head = line[..<colon]
        let isException = head.hasPrefix("!")
        let text = String(isException ? head.dropFirst() : head)
        var strong: Int?
        var weak: Int?
        for name in line[line.index(after: colon)...].split(separator: ";") {
            let name = name.drop { $0 == " " }
            if name.hasPrefix("~") {
                let known = weak ?? meanings.count
                if weak == nil { meanings.append(.expression(text, isWeak: true)) }
                weak = known
                add(name.dropFirst(), known)
            } else {
                let known = strong ?? meanings.count
                if strong == nil {
                    meanings.append(isException ? .exception(text) : .expression(text, isWeak: false))
                }
                strong = known
                add(name, known)
            }
        }
    }

    /// The identifier and the full name of an entry of the list.
    private mutating func addListed(_ row: ListedLicense) {
        // The grammar of families reads these, with every way to say "or later".
        if Self.gnuStems.contains(where: { row.identifier.hasPrefix($0) }),
            !row.identifier.contains("exception")
        {
            return
        }
        let meaning = meanings.count
        if row.kind == .exception {
            meanings.append(.exception(row.identifier))
            add(row.identifier, meaning)
            add(row.name, meaning)
            return
        }
        let identifier = row.isDeprecated ? row.replacement ?? row.identifier : row.identifier
        let isSingle = !row.identifier.contains { !$0.isLetter }
        meanings.append(.expression(identifier, isWeak: isSingle))
        add(row.identifier, meaning)
        guard !row.isDeprecated else { return }
        let words = row.name.split(separator: " ").count {
            !["license", "licence", "the"].contains($0.lowercased())
        }
        if words > 1 || isSingle {
            add(row.name, meaning)
        } else {
            meanings.append(.expression(identifier, isWeak: true))
            add(row.name, meaning + 1)
        }
    }
}
