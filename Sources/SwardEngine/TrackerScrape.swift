// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import NIOPosix
package import SwardPrimitives
import SwardStorage
import SwardTracker

/// What trackers say of a swarm to who takes no part in it. Source: BEP 48.
package struct TrackerScrape: Sendable {
    package struct Answer: Sendable {
        package let tracker: String
        /// Of the larger swarm of a hybrid, whose clients may be in both; `nil` where it knows nothing.
        package let seeds: Int?
        package let leeches: Int?
        package let downloads: Int?
        /// `nil` when it answered.
        package let failure: String?

        fileprivate init(
            _ tracker: String, _ result: Result<[Digest160: ScrapeEntry], TrackerUnreachable>
        ) {
            self.tracker = tracker
            let known = (try? result.get())?.values
            seeds = known?.map(\.seeds).max()
            leeches = known?.map(\.leeches).max()
            downloads = known?.map(\.downloads).max()
            if case .failure(let error) = result { failure = error.reason } else { failure = nil }
        }
    }

    private let transport: TrackerTransport
    private let proxy: SOCKSProxy?

    /// - Parameter proxy: What `transport` goes by, and UDP trackers are asked by.
    package init(transport: @escaping TrackerTransport, by proxy: SOCKSProxy? = nil) {
        self.transport = transport
        self.proxy = proxy
    }

    /// Asks all of `trackers` side by side.
    ///
    /// - Returns: One answer for each, in their order.
    package func ask(_ trackers: [String], for hashes: [Digest160]) async -> [Answer] {
        let pool = DiskPool(threads: 2)
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let datagrams = UDPTrackerService(
            loop: loop, pool: pool, isProxied: proxy != nil)
        var passage: NIOLoopBound<DatagramPassage>?
        if let proxy, trackers.contains(where: TrackerURL.isUDP) {
            // Without a way through, each tracker's answer says so.
            passage = try? await DatagramPassage.open(by: proxy, on: loop, report: { _ in })
            if let passage { try? await loop.submit { datagrams.go(by: passage.value) }.get() }
        }
        let answers = await withTaskGroup(of: (Int, Answer).self) { group in
            for (index, tracker) in trackers.enumerated() {
                group.addTask { (index, await ask(tracker, hashes, datagrams)) }
            }
            var answers: [(Int, Answer)] = []
            for await answer in group { answers.append(answer) }
            return answers.sorted { $0.0 < $1.0 }.map(\.1)
        }
        datagrams.close()
        if let passage { try? await loop.submit { passage.value.close() }.get() }
        // Fails only when it was shut down before.
        try? await pool.shutdown()
        return answers
    }

    private func ask(
        _ tracker: String, _ hashes: [Digest160], _ datagrams: UDPTrackerService
    ) async -> Answer {
        await withCheckedContinuation { continuation in
            let answer: @Sendable (Result<[Digest160: ScrapeEntry], TrackerUnreachable>) -> Void = { result in
                continuation.resume(returning: Answer(tracker, result))
            }
            if TrackerURL.isUDP(tracker) {
                datagrams.ask(tracker, .scrape(hashes)) { answer($0.scraped(of: hashes)) }
                return
            }
            let url: String
            do { url = try Scrape.url(of: tracker, for: hashes) } catch {
                return answer(.failure(TrackerUnreachable("it has no address to be asked at (BEP 48)")))
            }
            transport(url, AnnounceResponse.byteLimit) { result in
                switch result {
                case .failure(let error): answer(.failure(error))
                case .success(let body):
                    do { answer(.success(try Scrape.parse(body))) } catch {
                        answer(.failure(TrackerUnreachable("\(error)")))
                    }
                }
            }
        }
    }
}

extension UDPTrackerTalk.Answer {
    fileprivate func scraped(
        of hashes: [Digest160]
    ) -> Result<[Digest160: ScrapeEntry], TrackerUnreachable> {
        switch self {
        case .scraped(let entries):
            .success(Dictionary(zip(hashes, entries), uniquingKeysWith: { first, _ in first }))
        case .failed(.unreachable(let reason)): .failure(TrackerUnreachable(reason))
        case .failed(.answer(let error)): .failure(TrackerUnreachable("\(error)"))
        case .announced: .failure(TrackerUnreachable("it answered another question"))
        }
    }
}
