// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardEngine
import SwardFetch
import SwardPrimitives

/// Asks HTTP trackers through libcurl.
enum TrackerFetch {
    static func transport(by proxy: SOCKSProxy?) -> TrackerTransport {
        let client = FetchClient(activeLimit: 16, proxy: proxy)
        return { url, limit, done in
            // The engine calls back from event loops, where nothing may wait; the task ends with the transfer.
            Task {
                var request = FetchRequest(url: url)
                request.byteLimit = Int64(limit)
                request.timeout = .seconds(30)
                request.reach = .tracker(url)
                // Trackers explain themselves in the body of an error.
                request.acceptsAnyStatus = true
                do throws(FetchError) {
                    done(.success(try await client.get(request).body))
                } catch {
                    done(.failure(TrackerUnreachable(Words.sentence(for: error))))
                }
            }
        }
    }
}
