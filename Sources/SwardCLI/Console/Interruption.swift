// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Dispatch
import Glibc

/// Turns SIGINT and SIGTERM into a cancelled task, so that a command can put its state in order and end.
enum Interruption {
    /// Runs `work`; the first signal cancels it, the second ends the process at once.
    ///
    /// Once in a process: an earlier watch over a signal ends some time later, and would take the next one with it.
    ///
    /// - Returns: What `work` returned, and whether a signal came.
    static func guarding<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> (value: Value, wasInterrupted: Bool) {
        let task = Task { try await work() }
        let queue = DispatchQueue(label: "sward.signals")
        let flag = Latch()
        let sources = [SIGINT, SIGTERM].map { number in
            // Dispatch only sees a signal whose default action is off.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if flag.raise() { _exit(128 + number) }
                task.cancel()
            }
            source.resume()
            return source
        }
        defer {
            for source in sources { source.cancel() }
            for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        }
        return (try await task.value, flag.isRaised)
    }
}
