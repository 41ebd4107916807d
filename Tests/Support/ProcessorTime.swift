// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// How long `body` kept this thread's processor busy: what a loaded machine does not lengthen.
package func processorTime<E: Error>(of body: () throws(E) -> Void) throws(E) -> Duration {
    func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
    let start = now()
    try body()
    return now() - start
}

/// How many times as long `body` keeps the processor busy with eight times the bytes: about 8 where its time goes with the length,
/// 64 where with the square of it, on a slow machine as on a fast one. What takes no tenth of a second with all of them gives 0.
package func growth(of body: (_ byteCount: Int) -> Void) -> Double {
    let count = 1 << 16
    body(count / 64)  // what is set up once is none of it
    let all = processorTime { body(count) }
    guard all > .milliseconds(100) else { return 0 }
    return all / min(processorTime { body(count / 8) }, processorTime { body(count / 8) })
}
