// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

/// Tells which exception an "as a special exception, …" is, by the words that only its text has.
///
/// The texts of the SPDX list are matched elsewhere; this catches the many that reword them.
enum SpecialException {
    private struct Shape: Sendable {
        let identifier: String
        /// All must stand within the paragraph.
        let needs: [UInt32]
        /// None may.
        let refuses: [UInt32]

        init(_ identifier: String, _ needs: String, without refuses: String = "") {
            self.identifier = identifier
            self.needs = needs.split(separator: " ").map { Lexemes.hash($0.utf8) }
            self.refuses = refuses.split(separator: " ").map { Lexemes.hash($0.utf8) }
        }
    }

    private static let shapes = [
        Shape("Bison-exception-2.2", "bison parser skeleton"),
        Shape("Libtool-exception", "libtool built"),
        Shape(
            "Autoconf-exception-generic-3.0", "configuration script generated autoconf additional permission"),
        Shape("Autoconf-exception-generic", "configuration script generated autoconf"),
        Shape("Autoconf-exception-macro", "autoconf macro configure"),
        Shape("Autoconf-exception-2.0", "configure script autoconf"),
        Shape("GCC-exception-3.1", "gcc runtime library exception"),
        Shape("Font-exception-2.0", "font document embed"),
        Shape("WxWindows-exception-3.1", "wxwindows"),
        Shape("Linux-syscall-note", "user programs kernel services normal system calls"),
        Shape("Qt-LGPL-exception-1.1", "qt lgpl exception"),
        Shape("Qt-GPL-exception-1.0", "qt gpl exception"),
        // Told from each other by the words that only one of them has; the last ones stand for all others.
        Shape("rsync-linking-exception", "link openssl xxhash dynamically"),
        Shape("stunnel-exception", "combine lgpl openssl standard release modified"),
        Shape("x11vnc-openssl-exception", "link openssl project executables"),
        Shape("cryptsetup-OpenSSL-exception", "link portions openssl conditions"),
        Shape("cryptsetup-OpenSSL-exception", "link portions openssl combinations"),
        Shape("sqlitestudio-OpenSSL-exception", "link portions openssl"),
        Shape("openvpn-openssl-exception", "link openssl"),
        Shape("openvpn-openssl-exception", "linking openssl"),
        Shape("openvpn-openssl-exception", "linked openssl"),
        Shape("openvpn-openssl-exception", "compiled openssl"),
        Shape("openvpn-openssl-exception", "using openssl"),
        Shape(
            "OCaml-LGPL-linking-exception",
            "link statically dynamically work uses library publicly distributed"),
        Shape("Classpath-exception-2.0", "independent modules executable linking library"),
        Shape("GNAT-exception", "units instantiate generics unit link"),
        Shape("GNAT-exception", "units instantiate generics library"),
        Shape("GCC-exception-2.0", "compiled version link combinations restriction"),
        Shape("mif-exception", "templates macros inline library executable"),
        Shape("mif-exception", "templates instantiate macros inline executable"),
        Shape("eCos-exception-2.0", "templates inline macros instantiate compile link works"),
        Shape("Texinfo-exception", "texinfo tex processing source document"),
    ]

    /// Whether the words tell little more than that it is about OpenSSL, for which many have wordings of their own.
    static func standsForOthers(_ identifier: String) -> Bool { openssl.contains(identifier) }

    private static let openssl: Set<String> = [
        "openvpn-openssl-exception", "x11vnc-openssl-exception", "cryptsetup-OpenSSL-exception",
        "sqlitestudio-OpenSSL-exception", "rsync-linking-exception", "stunnel-exception",
    ]

    private static let window = 160
    /// Of one look, in units of ``WorkMeter/Cost``.
    static let cost = window * 3 + shapes.count * 4

    static func identifier(_ text: Lexemes, from start: Int, before limit: Int) -> (
        identifier: String, end: Int
    )? {
        var seen: [UInt32: Int] = [:]
        var at = start
        let stop = min(limit, start + window)
        var blanks = 0
        while at < stop {
            if text.gap(at).contains(.blankLine) {
                blanks += 1
                if blanks > 1 { break }
            }
            let hash = text[at].hash
            if seen[hash] == nil { seen[hash] = at }
            at += 1
        }
        for shape in shapes
        where shape.needs.allSatisfy({ seen[$0] != nil }) && shape.refuses.allSatisfy({ seen[$0] == nil }) {
            let last = shape.needs.compactMap { seen[$0] }.max() ?? start
            return (shape.identifier, last + 1)
        }
        return nil
    }
}
