// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Glibc

/// The whole program but for its `@main`.
package enum Program {
    /// Parses, runs, and turns what happened into an exit status: 0 sound, 1 failed, 2 findings, 64 misuse.
    package static func run(_ arguments: [String]) async -> Int32 {
        // A reader that goes away (`sward inspect … | head`) is no reason to die without cleaning up.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try Sward.parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch let code as ExitCode {
            return code.rawValue
        } catch {
            let code = Sward.exitCode(for: error)
            if code == .success {
                Console.live.print(Sward.fullMessage(for: error))
            } else if code == .validationFailure {
                // The parser's own wording, with usage, but under our name.
                let message = Sward.fullMessage(for: error)
                Console.live.fail(message.hasPrefix("Error: ") ? String(message.dropFirst(7)) : message)
            } else {
                Console.live.fail(Words.sentence(for: error))
            }
            return code == .success || code == .validationFailure ? code.rawValue : 1
        }
    }
}

extension ExitCode {
    /// The command did its work and found something wrong.
    static let findings = ExitCode(2)
}
