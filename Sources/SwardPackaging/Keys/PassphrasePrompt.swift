// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
package import SwardCrypto

/// Asks a person for a passphrase: at the terminal without echo, or one line of the standard input.
package struct PassphrasePrompt: Sendable {
    private let input: Int32
    private let output: Int32

    /// - Parameters:
    ///   - input: Where the passphrase is read.
    ///   - output: Where the question is put; not the standard output, which is for results.
    package init(input: Int32 = STDIN_FILENO, output: Int32 = STDERR_FILENO) {
        self.input = input
        self.output = output
    }

    package var isTerminal: Bool { isatty(input) == 1 }

    package func ask(_ question: String) throws(KeyStoreError) -> Passphrase {
        let line = isTerminal ? try askTerminal(question) : try readLine { _ in nil }
        do { return try Passphrase(line) } catch { throw .crypto(error) }
    }

    /// Asks for a new passphrase, at a terminal twice, as nobody sees what is typed.
    package func askNew(_ question: String, again: String) throws(KeyStoreError) -> Passphrase {
        let passphrase = try ask(question)
        guard !passphrase.isEmpty else { throw .emptyPassphrase }
        if isTerminal, try !passphrase.matches(ask(again)) { throw .passphrasesDiffer }
        return passphrase
    }

    private enum Key { case end, interrupt, erase, eraseAll }

    private func askTerminal(_ question: String) throws(KeyStoreError) -> SecretBytes {
        var before = termios()
        guard tcgetattr(input, &before) == 0 else {
            throw .system(call: "tcgetattr", path: "terminal", errno: errno)
        }
        var silent = before
        // The line is edited here: the kernel would keep it in memory of its own, and would let Ctrl-C
        // leave the terminal without echo.
        silent.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG)
        guard tcsetattr(input, TCSAFLUSH, &silent) == 0 else {
            throw .system(call: "tcsetattr", path: "terminal", errno: errno)
        }
        defer {
            tcsetattr(input, TCSAFLUSH, &before)
            show("\n")
        }
        show(question)
        return try readLine { byte in
            switch byte {
            case 3: .interrupt
            case 4: .end
            case 8, 127: .erase
            case 21: .eraseAll
            default: nil
            }
        }
    }

    /// Reads byte by byte, so that nothing past the line is taken from whoever reads on.
    private func readLine(_ meaning: (UInt8) -> Key?) throws(KeyStoreError) -> SecretBytes {
        var problem: KeyStoreError?
        let line: SecretBytes
        do {
            // One byte more than is allowed, so that a longer passphrase is refused and not cut.
            line = try SecretBytes(capacity: Passphrase.limit + 1) { buffer in
                do throws(KeyStoreError) { return try readLine(into: buffer, meaning) } catch {
                    problem = error
                    return 0
                }
            }
        } catch { throw .crypto(error) }
        if let problem { throw problem }
        return line
    }

    private func readLine(
        into buffer: UnsafeMutableRawBufferPointer, _ meaning: (UInt8) -> Key?
    ) throws(KeyStoreError) -> Int {
        var count = 0
        while true {
            var byte: UInt8 = 0
            let got = read(input, &byte, 1)
            if got < 0, errno == EINTR { continue }
            if got < 0 { throw .system(call: "read", path: "standard input", errno: errno) }
            if got == 0, count == 0 { throw .noPassphrase }
            if got == 0 || byte == UInt8(ascii: "\n") { break }
            switch meaning(byte) {
            case .interrupt: throw .interrupted
            case .end:
                if count == 0 { throw .noPassphrase }
                return count
            case .eraseAll: count = 0
            case .erase:
                // A character may take several bytes; all but the first look like 10xxxxxx.
                while count > 0 {
                    count -= 1
                    if buffer[count] & 0xC0 != 0x80 { break }
                }
            case nil:
                if count < buffer.count { buffer[count] = byte }
                count = min(count + 1, buffer.count)
            }
        }
        // A file from elsewhere may end its lines with both.
        return count > 0 && buffer[count - 1] == UInt8(ascii: "\r") ? count - 1 : count
    }

    private func show(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(output, bytes, bytes.count)
    }
}
