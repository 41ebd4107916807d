// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardSPDX

/// Short names of the GNU licenses, as every distribution has its own: `GPL-2+`, `GPLv2+`, `gpl2Plus`, `LGPL21`,
/// `FDL-1.3`, `GPL (>= 2)`.
enum GNUNames {
    /// - Parameter key: In lower case.
    /// - Returns: An SPDX expression; a plain version is that version only. `nil` where it is no such name, or there is
    ///   no such version.
    static func expression(_ key: String) -> String? {
        var bytes = Array(key.utf8)[...]
        if bytes.starts(with: "gnu ".utf8) || bytes.starts(with: "gnu-".utf8) { bytes = bytes.dropFirst(4) }
        guard let family = families.first(where: { bytes.starts(with: $0.name.utf8) }) else { return nil }
        bytes = bytes.dropFirst(family.name.utf8.count)
        var infix = ""
        for (mark, meaning) in [("-niv", "-no-invariants"), ("-no-invariants", "-no-invariants")]
        where family.spdx == "GFDL" && bytes.starts(with: mark.utf8) {
            infix = meaning
            bytes = bytes.dropFirst(mark.utf8.count)
        }
        func skipSigns() {
            while let first = bytes.first,
                first == UInt8(ascii: "-") || first == UInt8(ascii: " ")
                    || first == UInt8(ascii: "_")
            {
                bytes = bytes.dropFirst()
            }
        }
        skipSigns()
        if bytes.first == UInt8(ascii: "+"), bytes.count == 1 { return orLater(family) }
        if bytes.starts(with: "version ".utf8) { bytes = bytes.dropFirst(8) }
        if bytes.first == UInt8(ascii: "v") { bytes = bytes.dropFirst() }
        skipSigns()
        let digits = bytes.prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
        bytes = bytes.dropFirst(digits.count)
        guard !digits.isEmpty, let version = version(String(decoding: digits, as: UTF8.self), family) else {
            return nil
        }
        skipSigns()
        let later: Bool
        switch String(decoding: bytes, as: UTF8.self) {
        case "", "only", "on": later = false
        case "+", "plus", "or later", "or-later", "orlater", "later", "or newer", "or-newer", "(or later)",
            "or any later version", "or any later", "or_later", "and later", "or above", "or higher":
            later = true
        default: return nil
        }
        return "\(family.spdx)-\(version)\(infix)-\(later ? "or-later" : "only")"
    }

    private struct Family {
        let name: String
        let spdx: String
        let versions: [String]
    }

    /// The longest first, as one is the beginning of another.
    private static let families = [
        Family(name: "agpl", spdx: "AGPL", versions: ["1.0", "3.0"]),
        Family(name: "gfdl", spdx: "GFDL", versions: ["1.1", "1.2", "1.3"]),
        Family(name: "fdl", spdx: "GFDL", versions: ["1.1", "1.2", "1.3"]),
        Family(name: "lgpl", spdx: "LGPL", versions: ["2.0", "2.1", "3.0"]),
        Family(name: "gpl", spdx: "GPL", versions: ["1.0", "2.0", "3.0"]),
    ]

    private static func orLater(_ family: Family) -> String? {
        family.spdx == "AGPL"
            ? "AGPL-1.0-or-later" : family.versions.first.map { "\(family.spdx)-\($0)-or-later" }
    }

    private static func version(_ digits: String, _ family: Family) -> String? {
        var text = digits.hasSuffix(".") ? String(digits.dropLast()) : digits
        // "21" and "20" without their dot.
        if text.utf8.count == 2, !text.contains("."), let first = text.first, let last = text.last {
            text = "\(first).\(last)"
        }
        if !text.contains(".") { text += ".0" }
        if text.hasSuffix(".0.0") { text = String(text.dropLast(2)) }
        return family.versions.contains(text) ? text : nil
    }

    /// The exception that words such as `OpenSSL exception`, `Classpath-exception-2.0` mean beside `license`.
    static func exception(_ words: String, beside license: String) -> String {
        let key = words.lowercased().folded
        let isThree = license.contains("-3.0")
        if key.contains("autoconf") { return "Autoconf-exception-generic" + (isThree ? "-3.0" : "") }
        if key.contains("openvpn") { return "openvpn-openssl-exception" }
        if key.contains("classpath") { return "Classpath-exception-2.0" }
        if key.contains("bison") { return "Bison-exception-2.2" }
        if key.contains("libtool") { return "Libtool-exception" }
        if key.contains("font") { return "Font-exception-2.0" }
        if key.contains("gcc") || key.contains("runtime library") || key.contains("rle") {
            return isThree ? "GCC-exception-3.1" : "GCC-exception-2.0"
        }
        if key.contains("ocaml") { return "OCaml-LGPL-linking-exception" }
        if key.contains("qt") {
            if license.contains("LGPL") { return "Qt-LGPL-exception-1.1" }
            return key.contains("gpl") || isThree ? "Qt-GPL-exception-1.0" : "AdditionRef-Qt-exception"
        }
        if key.contains("wx") { return "WxWindows-exception-3.1" }
        if key.contains("universal foss") { return "Universal-FOSS-exception-1.0" }
        if key.contains("linux-syscall") || key.contains("syscall") { return "Linux-syscall-note" }
        if key.contains("llvm") { return "LLVM-exception" }
        if key.contains("swift") { return "Swift-exception" }
        if key.contains("bootloader") { return "Bootloader-exception" }
        if key.contains("u-boot") || key.contains("uboot") { return "u-boot-exception-2.0" }
        if key.contains("ecos") { return "eCos-exception-2.0" }
        if key.contains("mif") || key.contains("macros and inline") { return "mif-exception" }
        if key.contains("gnat") { return "GNAT-exception" }
        let slug = Terms.reference(key.hasSuffix("exception") ? key : key + " exception").description
        return slug.dropping(prefix: "LicenseRef-").map { "AdditionRef-" + $0 } ?? "AdditionRef-exception"
    }
}
