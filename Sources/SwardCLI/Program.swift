// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Glibc
import SwardPackaging
import SwardPrimitives

/// The whole program but for its `@main`.
package enum Program {
    /// Parses, runs, and turns what happened into an exit status: 0 sound, 1 failed, 2 findings, 64 misuse.
    package static func run(_ arguments: [String]) async -> Int32 {
        Console.settleDescriptors()
        let status = await outcome(of: arguments)
        // Whoever took the exit status alone would take what was never written for read.
        return Console.hasLostOutput ? 1 : status
    }

    private static func outcome(of arguments: [String]) async -> Int32 {
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
            if code == .success, let name = unknownTopic(in: arguments) {
                Console.live.fail(name)
                return ExitCode.validationFailure.rawValue
            } else if code == .success {
                Console.live.print(Sward.fullMessage(for: error))
            } else if code == .validationFailure, let name = unknownCommand(in: arguments) {
                Console.live.fail(name)
            } else if code == .validationFailure {
                // The parser's own wording, with usage, but under our name.
                let message = Sward.fullMessage(for: error)
                Console.live.fail(message.hasPrefix("Error: ") ? String(message.dropFirst(7)) : message)
            } else {
                Console.live.fail(Words.sentence(for: error))
                if case .badOption? = (error as? PackagingError)?.reason {
                    return ExitCode.validationFailure.rawValue
                }
            }
            return code == .success || code == .validationFailure ? code.rawValue : 1
        }
    }

    /// Of `help nope` the parser shows the overview, as if it had been asked for that.
    private static func unknownTopic(in arguments: [String]) -> String? {
        guard arguments.first == "help" else { return nil }
        return unknownCommand(in: Array(arguments.dropFirst()))
    }

    /// The parser takes a misspelt command for an argument too many, and says no more of it.
    private static func unknownCommand(in arguments: [String]) -> String? {
        var command: any ParsableCommand.Type = Sward.self
        for argument in arguments where !argument.hasPrefix("-") {
            let names = command.configuration.subcommands.map { ($0._commandName, $0) }
            if names.isEmpty || argument == "help" { return nil }
            if let (_, next) = names.first(where: { $0.0 == argument }) {
                command = next
                continue
            }
            let near = names.map(\.0).filter {
                Spelling.distance(Array($0.utf8), Array(argument.lowercased().utf8), limit: 2) != nil
            }
            let advice =
                near.isEmpty
                ? "there are \(names.map(\.0).joined(separator: ", "))"
                : "did you mean \(near.joined(separator: " or "))?"
            return "no command \(Words.quoted(argument)); \(advice)"
        }
        return nil
    }
}

extension ExitCode {
    /// The command did its work and found something wrong.
    static let findings = ExitCode(2)
}
