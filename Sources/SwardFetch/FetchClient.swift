// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import Glibc
internal import Synchronization
package import SwardPrimitives

/// Fetches URLs, a bounded number at a time, on a thread of its own that lives while there is work.
///
/// HTTPS is always verified; there is no switch for that.
package final class FetchClient: Sendable {
    /// What a download left on disk.
    package struct Download: Hashable, Sendable {
        package let response: FetchResponse
        package let digest: Digest256
    }

    /// Loaded with the first request, so that a client costs nothing before it is used.
    private let loop: Mutex<TransferLoop?> = Mutex(nil)
    private let makeLoop: @Sendable (Curl) -> TransferLoop
    private let isPublic: @Sendable ([UInt8]) -> Bool

    /// - Parameters:
    ///   - activeLimit: How many transfers run at once.
    ///   - waitingLimit: How many may wait for their turn before more are refused.
    ///   - route: By what proxy, if any.
    package convenience init(
        activeLimit: Int = 32, waitingLimit: Int = 1024,
        route: FetchRoute = .environment { getenv($0).map { String(cString: $0) } }
    ) {
        self.init(
            activeLimit: activeLimit, waitingLimit: waitingLimit, route: route,
            isPublic: { AddressScope.isPublic($0) })
    }

    /// By a proxy, or, without one, as the environment says.
    package convenience init(activeLimit: Int = 32, proxy: SOCKSProxy?) {
        if let proxy {
            self.init(activeLimit: activeLimit, route: .proxy(proxy))
        } else {
            self.init(activeLimit: activeLimit)
        }
    }

    /// - Parameter isPublic: Lets a test play the Internet on a loopback address.
    init(
        activeLimit: Int, waitingLimit: Int, route: FetchRoute,
        isPublic: @escaping @Sendable ([UInt8]) -> Bool
    ) {
        self.isPublic = isPublic
        makeLoop = {
            TransferLoop(curl: $0, activeLimit: activeLimit, waitingLimit: waitingLimit, route: route)
        }
    }

    deinit { loop.withLock { $0?.close() } }

    /// The whole answer, in memory.
    package func get(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        try await run(request, into: .memory)
    }

    /// Hands the body over part by part, on the thread of all transfers: `consume` must not take long.
    ///
    /// - Parameter consume: Returns whether it wants more; its bytes are valid during the call only.
    package func stream(
        _ request: FetchRequest, consume: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool
    ) async throws(FetchError) -> FetchResponse {
        try await run(request, into: .callback(consume))
    }

    /// Writes the body to `path`, where it appears whole and checked, or not at all.
    package func download(
        _ request: FetchRequest, to path: String, length: Int64? = nil, digest: Digest256? = nil
    ) async throws(FetchError) -> Download {
        let file = try FileSink(path: path)
        do throws(FetchError) {
            let response = try await run(request, into: .file(file))
            return Download(
                response: response, digest: try file.finish(expectedLength: length, expectedDigest: digest))
        } catch {
            file.discard()
            throw error
        }
    }

    private func run(_ request: FetchRequest, into sink: FetchSink) async throws(FetchError) -> FetchResponse
    {
        let curl = try Curl.shared.get()
        let loop = loop.withLock { loop in
            let current = loop ?? makeLoop(curl)
            loop = current
            return current
        }
        let started = TransferBox()
        let result: Result<FetchResponse, FetchError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let transfer = Transfer(request, into: sink, curl: curl, isPublic: isPublic) {
                    continuation.resume(returning: $0)
                }
                if started.set(transfer) { transfer.cancel() }
                loop.add(transfer)
            }
        } onCancel: {
            if let transfer = started.cancel() {
                transfer.cancel()
                loop.wake()
            }
        }
        return try result.get()
    }
}
