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

    private static let lostOutput = Latch()

    /// Whether results could not be written. A reader that went away wants no more, and has lost nothing.
    static var hasLostOutput: Bool { lostOutput.isRaised }

    private static func lost(_ code: Int32) {
        guard code != EPIPE, !lostOutput.raise() else { return }
        live.fail("standard output: cannot be written: \(Words.system(code))")
    }

    /// Gives each of the three descriptors that the caller closed a file, so that none that is opened later takes its number
    /// and is written to as if it were a terminal.
    static func settleDescriptors() {
        for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 {
            // What is written to standard output still fails.
            _ = open("/dev/null", number == STDERR_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                let code = errno
                if code == EINTR { continue }
                if code == EAGAIN {
                    // Somebody else has made the pipe one that does not wait.
                    var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&wanted, 1, -1)
                    continue
                }
                if descriptor == STDOUT_FILENO { lost(code) }
                return
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
