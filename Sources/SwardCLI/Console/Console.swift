// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import FoundationEssentials
import Glibc

/// Where a command's results and remarks go: results to standard output, all else to standard error.
///
/// Decides once whether each of the two is a terminal and whether colour is wanted (`NO_COLOR`, `TERM=dumb`,
/// https://no-color.org).
struct Console: Sendable {
    let outputIsTerminal: Bool
    let errorIsTerminal: Bool
    private let outputHasColor: Bool
    private let errorHasColor: Bool

    static let live = Console()

    private init() {
        outputIsTerminal = isatty(STDOUT_FILENO) == 1
        errorIsTerminal = isatty(STDERR_FILENO) == 1
        let environment = ProcessInfo.processInfo.environment
        let plain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        outputHasColor = outputIsTerminal && !plain
        errorHasColor = errorIsTerminal && !plain
    }

    /// A line of results.
    func print(_ line: String = "") {
        if outputIsTerminal { Self.write(ProgressLine.erasure, to: STDERR_FILENO) }
        Self.write(line + "\n", to: STDOUT_FILENO)
    }

    /// Bytes of results, as they are.
    func write(_ bytes: [UInt8]) {
        if outputIsTerminal { Self.write(ProgressLine.erasure, to: STDERR_FILENO) }
        Self.write(bytes, to: STDOUT_FILENO)
    }

    /// A remark, a warning or an error, with the program's name before it.
    func remark(_ line: String) { Self.write("\(ProgressLine.erasure)sward: \(line)\n", to: STDERR_FILENO) }

    func warn(_ line: String) {
        remark(errorHasColor ? "\(Style.yellow("warning:")) \(line)" : "warning: \(line)")
    }

    func fail(_ line: String) { remark(errorHasColor ? "\(Style.red("error:")) \(line)" : "error: \(line)") }

    /// `text` in that style where results are shown in colour.
    func styled(_ text: String, _ style: (String) -> String) -> String { outputHasColor ? style(text) : text }

    /// Columns of the terminal on standard error; 80 where it does not say.
    var errorWidth: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                return  // A reader that went away wants no more; SIGPIPE is ignored at start.
            }
            rest = rest.dropFirst(written)
        }
    }
}

/// ANSI colours by what they mean here.
enum Style {
    static func bold(_ text: String) -> String { "\u{1B}[1m\(text)\u{1B}[0m" }
    static func dim(_ text: String) -> String { "\u{1B}[2m\(text)\u{1B}[0m" }
    static func red(_ text: String) -> String { "\u{1B}[31m\(text)\u{1B}[0m" }
    static func green(_ text: String) -> String { "\u{1B}[32m\(text)\u{1B}[0m" }
    static func yellow(_ text: String) -> String { "\u{1B}[33m\(text)\u{1B}[0m" }
}
