// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc

/// Lets long files in only as far as memory goes; a file never waits while nothing else is in.
final class MemoryGate: @unchecked Sendable {
    private let limit: Int
    private var used = 0
    // `used` is touched under this lock only.
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let left = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init(limit: Int) {
        self.limit = limit
        pthread_mutex_init(lock, nil)
        pthread_cond_init(left, nil)
    }

    deinit {
        pthread_cond_destroy(left)
        pthread_mutex_destroy(lock)
        left.deallocate()
        lock.deallocate()
    }

    func enter(_ count: Int) {
        guard count > 0 else { return }
        pthread_mutex_lock(lock)
        while used > 0, used + count > limit { pthread_cond_wait(left, lock) }
        used += count
        pthread_mutex_unlock(lock)
    }

    func leave(_ count: Int) {
        guard count > 0 else { return }
        pthread_mutex_lock(lock)
        used -= count
        pthread_cond_broadcast(left)
        pthread_mutex_unlock(lock)
    }
}
