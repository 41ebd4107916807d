// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import CSwardHash
package import SwardPrimitives

/// The next bytes of one of several messages that are hashed side by side.
@unsafe package struct LaneFeed {
    package var lane: Int
    /// A multiple of 64 bytes, unless they are the last of their message; may be empty.
    package var bytes: UnsafeRawBufferPointer
    package var isLast: Bool

    package init(lane: Int, bytes: UnsafeRawBufferPointer, isLast: Bool) {
        unsafe self.lane = lane
        unsafe self.bytes = bytes
        unsafe self.isLast = isLast
    }
}

/// Several SHA-1 messages under way, fed part by part: how the pieces of a v1 torrent are hashed side by side.
package struct SHA1Lanes: Sendable {
    private var lanes: [sward_lane]
    private let implementation: HashLanes.Implementation

    package init(count: Int, by implementation: HashLanes.Implementation = .best) {
        var lane = sward_lane()
        unsafe sward_sha1_start(&lane)
        lanes = Array(repeating: lane, count: count)
        self.implementation = implementation
    }

    /// Begins a new message in `lane`.
    package mutating func start(_ lane: Int) {
        unsafe sward_sha1_start(&lanes[lane])
    }

    /// - Precondition: no lane is named twice.
    package mutating func update(_ feeds: [LaneFeed]) {
        unsafe lanes.feed(feeds) { feeds, count in
            unsafe sward_sha1_feed(implementation.rawValue, feeds, count)
        }
    }

    /// The digest of the message in `lane`, whose last bytes have been fed.
    package func digest(_ lane: Int) -> Digest160 {
        unsafe withUnsafeTemporaryAllocation(byteCount: Digest160.byteCount, alignment: 1) { room in
            // Room that is not empty has an address.
            unsafe withUnsafePointer(to: lanes[lane]) { unsafe sward_sha1_digest($0, room.baseAddress!) }
            return unsafe Digest160(loadingFrom: room.baseAddress!)
        }
    }
}

/// Several SHA-256 messages under way, fed part by part.
package struct SHA256Lanes: Sendable {
    private var lanes: [sward_lane]
    private let implementation: HashLanes.Implementation

    package init(count: Int, by implementation: HashLanes.Implementation = .best) {
        var lane = sward_lane()
        unsafe sward_sha256_start(&lane)
        lanes = Array(repeating: lane, count: count)
        self.implementation = implementation
    }

    /// Begins a new message in `lane`.
    package mutating func start(_ lane: Int) {
        unsafe sward_sha256_start(&lanes[lane])
    }

    /// - Precondition: no lane is named twice.
    package mutating func update(_ feeds: [LaneFeed]) {
        unsafe lanes.feed(feeds) { feeds, count in
            unsafe sward_sha256_feed(implementation.rawValue, feeds, count)
        }
    }

    /// The digest of the message in `lane`, whose last bytes have been fed.
    package func digest(_ lane: Int) -> Digest256 {
        unsafe withUnsafeTemporaryAllocation(byteCount: Digest256.byteCount, alignment: 1) { room in
            // Room that is not empty has an address.
            unsafe withUnsafePointer(to: lanes[lane]) { unsafe sward_sha256_digest($0, room.baseAddress!) }
            return unsafe Digest256(loadingFrom: room.baseAddress!)
        }
    }
}

extension [sward_lane] {
    fileprivate mutating func feed(
        _ feeds: [LaneFeed], _ body: (UnsafePointer<sward_feed>, Int) -> Void
    ) {
        unsafe precondition(
            feeds.allSatisfy { feed in
                let isWhole = unsafe feed.isLast || feed.bytes.count.isMultiple(of: 64)
                return unsafe isWhole && indices.contains(feed.lane)
            })
        unsafe withUnsafeMutableBufferPointer { lanes in
            let raw = unsafe feeds.map { feed in
                // The lane is in range, so the buffer is not empty and has an address.
                unsafe sward_feed(
                    lane: lanes.baseAddress! + feed.lane, data: feed.bytes.baseAddress,
                    length: feed.bytes.count, last: feed.isLast)
            }
            unsafe raw.withUnsafeBufferPointer { raw in
                if let first = raw.baseAddress { unsafe body(first, raw.count) }
            }
        }
    }
}
