// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Dispatch
import Glibc

/// Turns SIGINT, SIGTERM and SIGHUP into a cancelled task, so that a command can put its state in order and end.
enum Interruption {
    /// Runs `work`; the first signal cancels it, the second ends the process at once.
    ///
    /// Once in a process: an earlier watch over a signal ends some time later, and would take the next one with it.
    ///
    /// - Returns: What `work` returned, and whether a signal came.
    static func guarding<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> (value: Value, wasInterrupted: Bool) {
        // Whoever ran us by nohup wants us to outlive the terminal.
        var former = sigaction()
        sigaction(SIGHUP, nil, &former)
        let ignored = unsafeBitCast(former.__sigaction_handler.sa_handler, to: Int.self) == 1
        let signals = ignored ? [SIGINT, SIGTERM] : [SIGINT, SIGTERM, SIGHUP]
        let (watched, watching) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            // Until Dispatch watches over a signal it does what it did before, and ends the process.
            for await _ in watched.prefix(signals.count) {}
            return try await work()
        }
        let queue = DispatchQueue(label: "sward.signals")
        let flag = Latch()
        let sources = signals.map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setRegistrationHandler { watching.yield() }
            source.setEventHandler {
                if flag.raise() { _exit(128 + number) }
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return (try await task.value, flag.isRaised)
    }
}
