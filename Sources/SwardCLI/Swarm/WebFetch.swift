// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardEngine
import SwardFetch
import SwardPrimitives

/// Asks web seeds through libcurl.
enum WebFetch {
    static func transport(by proxy: SOCKSProxy?) -> WebTransport {
        let client = FetchClient(activeLimit: 16, proxy: proxy)
        return { url, wanted, consume, done in
            // The engine calls back from event loops, where nothing may wait; the task ends with the transfer.
            Task {
                var request = FetchRequest(url: url)
                switch wanted {
                case .range(let range):
                    request.range = range
                    request.byteLimit = range.upperBound - range.lowerBound + 1
                case .whole(let length): request.byteLimit = length
                }
                request.timeout = nil
                request.reach = .webSeed(url)
                request.allowsCompression = false
                do throws(FetchError) {
                    _ = try await client.stream(request, consume: consume)
                    done(nil)
                } catch {
                    var failure = WebFailure(Words.sentence(for: error), isFinal: isFinal(error))
                    if case .unavailable(let seconds, _) = error { failure.retryAfter = .seconds(seconds) }
                    done(failure)
                }
            }
        }
    }

    private static func isFinal(_ error: FetchError) -> Bool {
        switch error {
        case .status(let code, _): 400..<500 ~= code && code != 408 && code != 429
        case .noRange, .badURL, .unsupportedScheme, .forbiddenAddress, .insecureRedirect, .tooLarge: true
        default: false
        }
    }
}
