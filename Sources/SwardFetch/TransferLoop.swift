// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CCurl
internal import Glibc
internal import Synchronization

/// The one thread that moves all transfers of a client, by libcurl's multi interface.
final class TransferLoop: @unchecked Sendable {
    // `multi`, `active` belong to the thread; what others may touch is in `shared`. `curl_multi_wakeup` is safe.
    private struct Shared {
        var waiting: [Transfer] = []
        var isRunning = false
        var isClosed = false
    }

    private let curl: Curl
    private let multi: UnsafeMutableRawPointer?
    private let activeLimit: Int
    private let waitingLimit: Int
    private let route: FetchRoute
    private let shared = Mutex(Shared())
    private var active: [UnsafeMutableRawPointer: Transfer] = [:]

    init(
        curl: Curl, activeLimit: Int, waitingLimit: Int, route: FetchRoute
    ) {
        self.curl = curl
        multi = curl.multiInit()
        self.activeLimit = activeLimit
        self.waitingLimit = waitingLimit
        self.route = route
        if let multi {
            _ = sward_curl_multi_set_long(curl.multiSet, multi, CURLMOPT_MAXCONNECTS, activeLimit)
        }
    }

    deinit { _ = curl.multiCleanup(multi) }

    func add(_ transfer: Transfer) {
        enum Verdict { case queued, start, refused(FetchError) }
        let verdict: Verdict = shared.withLock { shared in
            if shared.isClosed || multi == nil { return .refused(.cancelled) }
            if shared.waiting.count >= waitingLimit { return .refused(.busy(limit: waitingLimit)) }
            shared.waiting.append(transfer)
            defer { shared.isRunning = true }
            return shared.isRunning ? .queued : .start
        }
        switch verdict {
        case .queued: wake()
        case .start: if !startThread() { failAll(.other(code: 0, "no thread to be had")) }
        case .refused(let error): transfer.finish(.failure(error))
        }
    }

    func wake() { _ = curl.multiWakeup(multi) }

    func close() {
        shared.withLock { $0.isClosed = true }
        wake()
    }

    private func startThread() -> Bool {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            context.release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    /// Lives while there is anything to do.
    private func run() {
        while true {
            admit()
            dropCancelled()
            var running: Int32 = 0
            _ = curl.multiPerform(multi, &running)
            collect()
            // Decided under the lock, so that nothing is added to a thread that is about to end.
            let isDone = shared.withLock { shared in
                if shared.isClosed || (active.isEmpty && shared.waiting.isEmpty) { shared.isRunning = false }
                return !shared.isRunning
            }
            if isDone { break }
            if active.isEmpty { continue }
            _ = curl.multiPoll(multi, nil, 0, 1000, nil)
        }
        if shared.withLock({ $0.isClosed }) { failAll(.cancelled) }
    }

    private func admit() {
        while active.count < activeLimit {
            let next = shared.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
            guard let next else { return }
            begin(next)
        }
    }

    private func begin(_ transfer: Transfer) {
        if transfer.isCancelled { return transfer.finish(.failure(.cancelled)) }
        do throws(FetchError) { try transfer.prepare(by: route) } catch {
            return transfer.finish(.failure(error))
        }
        guard let handle = transfer.handle, curl.multiAdd(multi, handle) == CURLM_OK else {
            return transfer.finish(.failure(.other(code: 0, "libcurl took no more")))
        }
        active[handle] = transfer
    }

    private func dropCancelled() {
        for (handle, transfer) in active where transfer.isCancelled {
            remove(handle)
            transfer.finish(.failure(.cancelled))
        }
        let dropped = shared.withLock { shared in
            let dropped = shared.waiting.filter(\.isCancelled)
            if !dropped.isEmpty { shared.waiting.removeAll(where: \.isCancelled) }
            return dropped
        }
        for transfer in dropped { transfer.finish(.failure(.cancelled)) }
    }

    private func collect() {
        var left: Int32 = 0
        while let message = curl.multiInfo(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let transfer = active[handle]
            else { continue }
            let code = message.pointee.data.result
            remove(handle)
            do throws(FetchError) {
                if let response = try transfer.ended(with: code) {
                    transfer.finish(.success(response))
                } else {
                    begin(transfer)
                }
            } catch { transfer.finish(.failure(error)) }
        }
    }

    private func remove(_ handle: UnsafeMutableRawPointer) {
        _ = curl.multiRemove(multi, handle)
        active[handle] = nil
    }

    private func failAll(_ error: FetchError) {
        let waiting = shared.withLock { shared in
            shared.isRunning = false
            defer { shared.waiting = [] }
            return shared.waiting
        }
        for (handle, transfer) in active {
            remove(handle)
            transfer.finish(.failure(error))
        }
        for transfer in waiting { transfer.finish(.failure(error)) }
    }
}
