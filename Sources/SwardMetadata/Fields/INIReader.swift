// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sections of `key = value` lines, where deeper lines go on with a value: `setup.cfg`, `dist.ini`,
/// `library.properties`.
enum INIReader {
    struct Field: Hashable, Sendable {
        /// In lower case; empty before the first section.
        let section: String
        /// In lower case.
        let key: String
        /// All lines of the value, joined by LF.
        let value: Words
        /// The lines of the value that have ink.
        let lines: [Words]
    }

    static func read(_ bytes: [UInt8]) -> [Field] {
        var fields: [Field] = []
        var section = ""
        var offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var key: String?
        var lines: [Words] = []
        func flush() {
            guard let name = key, let first = lines.first, let last = lines.last else {
                if let key {
                    fields.append(
                        Field(section: section, key: key, value: Words("", bytes: 0..<0), lines: []))
                }
                return
            }
            let value = Words(
                lines.map(\.text).joined(separator: "\n"),
                bytes: first.bytes.lowerBound..<last.bytes.upperBound)
            fields.append(Field(section: section, key: name, value: value, lines: lines))
        }
        while offset < bytes.count, fields.count < 100_000 {
            let end = bytes.endOfLine(from: offset)
            let line = bytes.trimmed(offset..<end)
            let isContinued = offset < end && bytes[offset].isBlank
            defer {
                var next = end
                while next < bytes.count, bytes[next] != 0x0A { next += 1 }
                offset = next + 1
            }
            guard !line.isEmpty else { continue }
            let first = bytes[line.lowerBound]
            if first == UInt8(ascii: "#") || first == UInt8(ascii: ";") { continue }
            if isContinued, key != nil {
                lines.append(Words(bytes.text(line), bytes: line))
                continue
            }
            flush()
            key = nil
            lines = []
            if first == UInt8(ascii: "["), let close = bytes[line].firstIndex(of: UInt8(ascii: "]")) {
                section = bytes.text(bytes.trimmed((line.lowerBound + 1)..<close)).lowercased()
                continue
            }
            guard
                let sign = bytes[line].firstIndex(where: {
                    $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":")
                })
            else { continue }
            key = bytes.text(bytes.trimmed(line.lowerBound..<sign)).lowercased()
            let value = bytes.trimmed((sign + 1)..<line.upperBound)
            if !value.isEmpty { lines.append(Words(bytes.text(value), bytes: value)) }
        }
        flush()
        return fields
    }
}
