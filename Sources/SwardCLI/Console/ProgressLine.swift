// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Synchronization

/// One line on a terminal's standard error that says how far a long work is; nothing on a pipe.
///
/// Safe to call from several threads; draws at most ten times a second.
final class ProgressLine: Sendable {
    struct Progress: Sendable {
        var done: Int64
        var total: Int64
        /// Bytes per second; `nil` lets the line measure it.
        var rate: Double?
        var remark = ""
    }

    private struct State {
        var drawnAt: ContinuousClock.Instant?
        var startedAt: ContinuousClock.Instant
        var startedWith: Int64?
    }

    private static let isDrawn = Atomic<Bool>(false)

    /// What erases the line, so that other words do not land in the middle of it; empty where none is drawn.
    static var erasure: String { isDrawn.exchange(false, ordering: .relaxed) ? erase : "" }

    private static let erase = "\r\u{1B}[2K"

    private let verb: String
    private let isShown: Bool
    private let state: Mutex<State>

    /// - Parameter verb: What is being done: `hashing`.
    init(_ verb: String, console: Console = .live, isQuiet: Bool = false) {
        self.verb = verb
        isShown = console.errorIsTerminal && !isQuiet
        state = Mutex(State(startedAt: .now))
    }

    func show(_ progress: Progress) {
        guard isShown else { return }
        let now = ContinuousClock.Instant.now
        let (isDue, rate): (Bool, Double?) = state.withLock { state in
            if let last = state.drawnAt, now - last < .milliseconds(100) { return (false, nil) }
            state.drawnAt = now
            let first = state.startedWith ?? progress.done
            state.startedWith = first
            // At first there is nothing to measure by.
            let seconds = (now - state.startedAt) / .seconds(1)
            let isMeasured = progress.done > first && seconds > 0
            return (true, progress.rate ?? (isMeasured ? Double(progress.done - first) / seconds : nil))
        }
        guard isDue else { return }
        var line = "\(verb) \(Amounts.bytes(progress.done)) of \(Amounts.bytes(progress.total))"
        line += "  \(Amounts.percent(progress.done, of: progress.total))"
        if let rate {
            line += "  \(Amounts.rate(rate))"
            if rate > 0, progress.done < progress.total {
                line += "  \(Amounts.duration(seconds: Double(progress.total - progress.done) / rate)) left"
            }
        }
        if !progress.remark.isEmpty { line += "  \(progress.remark)" }
        draw(line)
    }

    private func draw(_ line: String) {
        Self.isDrawn.store(true, ordering: .relaxed)
        Console.write(Self.erase + line.prefix(Console.live.errorWidth - 1), to: STDERR_FILENO)
    }

    /// A line in other words than how far; drawn at once.
    func say(_ text: String) {
        guard isShown else { return }
        draw(text)
    }

    func finish() {
        guard isShown else { return }
        Console.write(Self.erasure, to: STDERR_FILENO)
    }
}
