// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// One entry of a ustar archive, written by hand so that it can say what no honest tool writes.
struct Tar: Sendable {
    let name: String
    var type: Character = "0"
    var link = ""
    var content = ""

    init(_ name: String, type: Character = "0", link: String = "", content: String = "") {
        self.name = name
        self.type = type
        self.link = link
        self.content = content
    }

    static func archive(_ entries: [Tar]) -> [UInt8] {
        entries.flatMap(\.bytes) + [UInt8](repeating: 0, count: 1024)
    }

    private var bytes: [UInt8] {
        func field(_ text: String, _ width: Int) -> [UInt8] {
            let bytes = Array(text.utf8.prefix(width))
            return bytes + [UInt8](repeating: 0, count: width - bytes.count)
        }
        func octal(_ value: Int, _ width: Int) -> [UInt8] {
            let digits = String(value, radix: 8)
            return field(String(repeating: "0", count: width - 1 - digits.count) + digits, width)
        }
        let size = content.utf8.count
        let start =
            field(name, 100) + octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(size, 12) + octal(0, 12)
        let end =
            Array(String(type).utf8) + field(link, 100) + Array("ustar\u{0}00".utf8)
            + [UInt8](repeating: 0, count: 247)
        let sum = (start + end).reduce(8 * 32) { $0 + Int($1) }
        let header =
            start
            + Array(
                (String(repeating: "0", count: 6 - String(sum, radix: 8).count)
                    + String(sum, radix: 8) + "\u{0} ").utf8) + end
        return header + Array(content.utf8) + [UInt8](repeating: 0, count: (512 - size % 512) % 512)
    }
}
