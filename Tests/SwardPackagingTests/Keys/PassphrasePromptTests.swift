// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import SwardCrypto
import SwardPackaging
import Testing

@Suite("Passphrase prompt") struct PassphrasePromptTests {
    /// The secret as ordinary text, by comparing.
    func isSame(_ passphrase: Passphrase, _ text: String) throws -> Bool {
        try passphrase.matches(Array(text.utf8).withUnsafeBytes { try Passphrase(SecretBytes($0)) })
    }

    func prompt(reading text: String) -> (PassphrasePrompt, Pipe) {
        let pipe = Pipe()
        pipe.fileHandleForWriting.write(Data(text.utf8))
        try? pipe.fileHandleForWriting.close()
        return (PassphrasePrompt(input: pipe.fileHandleForReading.fileDescriptor), pipe)
    }

    @Test("where there is no terminal, one line is read for each question, and nothing is asked twice")
    func pipe() throws {
        let (prompt, pipe) = prompt(reading: "first ✓\nsecond\r\nthird")
        #expect(!prompt.isTerminal)
        #expect(try isSame(prompt.ask("?"), "first ✓"))
        #expect(try isSame(prompt.askNew("?", again: "?"), "second"))
        #expect(try isSame(prompt.ask("?"), "third"))
        #expect(throws: KeyStoreError.noPassphrase) { try prompt.ask("?") }
        withExtendedLifetime(pipe) {}
    }

    @Test("an empty line is a passphrase, but not for a new key; an over-long one is refused, not cut")
    func limits() throws {
        let (empty, first) = prompt(reading: "\n\n")
        #expect(try empty.ask("?").isEmpty)
        #expect(throws: KeyStoreError.emptyPassphrase) { try empty.askNew("?", again: "?") }
        let (long, second) = prompt(reading: String(repeating: "x", count: 1024) + "\n")
        #expect(throws: KeyStoreError.crypto(.passphraseTooLong(limit: 1023))) { try long.ask("?") }
        let (fits, third) = prompt(reading: String(repeating: "x", count: 1023) + "\n")
        #expect(try isSame(fits.ask("?"), String(repeating: "x", count: 1023)))
        withExtendedLifetime((first, second, third)) {}
    }

    /// Types `keys` at a terminal of our own, each after a question has appeared.
    func typing(
        _ keys: [String], _ body: (PassphrasePrompt) throws -> Void
    ) throws -> (shown: String, isEchoOn: Bool) {
        // posix_openpt and its sisters are hidden from Swift; on Linux they are these three calls.
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        defer { close(master) }
        var (unlock, number): (Int32, Int32) = (0, 0)
        let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
        #expect(ioctl(master, setLock, &unlock) == 0 && ioctl(master, getNumber, &number) == 0)
        let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        #expect(slave >= 0)
        defer { close(slave) }
        let questions = Pipe()
        let prompt = PassphrasePrompt(
            input: slave, output: questions.fileHandleForWriting.fileDescriptor)
        #expect(prompt.isTerminal)
        // A thread of its own, as both sides wait for each other.
        Thread.detachNewThread {
            for line in keys {
                // The question comes when the terminal is silent already; what is typed earlier is lost.
                while let byte = try? questions.fileHandleForReading.read(upToCount: 1),
                    byte != Data("?".utf8)
                {}
                _ = line.withCString { write(master, $0, strlen($0)) }
            }
        }
        try body(prompt)
        var settings = termios()
        tcgetattr(slave, &settings)
        // Whatever was echoed waits at the master; a mark written by us ends it.
        _ = write(slave, "!", 1)
        var shown: [UInt8] = []
        while shown.last != UInt8(ascii: "!") {
            var byte: UInt8 = 0
            guard read(master, &byte, 1) == 1 else { break }
            shown.append(byte)
        }
        withExtendedLifetime(questions) {}
        return (String(decoding: shown, as: UTF8.self), settings.c_lflag & tcflag_t(ECHO) != 0)
    }

    @Test("what is typed is not shown, and echo is on again afterwards")
    func silence() throws {
        let (shown, isEchoOn) = try typing(["secret\r"]) { prompt throws in
            #expect(try isSame(prompt.ask("pass?"), "secret"))
        }
        #expect(shown == "!")
        #expect(isEchoOn)
    }

    @Test("the line can be edited")
    func editing() throws {
        _ = try typing(["wrong\u{15}se€\u{7f}x\u{8}cret\n"]) { prompt throws in
            #expect(try isSame(prompt.ask("pass?"), "secret"))
        }
    }

    @Test("a new passphrase is asked for twice and must be the same")
    func twice() throws {
        _ = try typing(["secret\n", "secret\n"]) { prompt throws in
            #expect(try isSame(prompt.askNew("new?", again: "again?"), "secret"))
        }
        _ = try typing(["secret\n", "sekret\n"]) { prompt throws in
            #expect(throws: KeyStoreError.passphrasesDiffer) { try prompt.askNew("new?", again: "again?") }
        }
    }

    @Test("Ctrl-C and Ctrl-D end the question with echo on again")
    func interruption() throws {
        let (_, isEchoOn) = try typing(["sec\u{3}"]) { prompt throws in
            #expect(throws: KeyStoreError.interrupted) { try prompt.ask("pass?") }
        }
        #expect(isEchoOn)
        _ = try typing(["\u{4}"]) { prompt throws in
            #expect(throws: KeyStoreError.noPassphrase) { try prompt.ask("pass?") }
        }
    }
}
