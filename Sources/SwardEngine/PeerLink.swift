// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardPrimitives
import SwardSwarm
import SwardWire

/// One connection as the torrent's loop sees it: what waits to be sent, and in what order.
///
/// Belongs to one event loop and is touched nowhere else.
final class PeerLink {
    let channel: any Channel
    let address: PeerAddress
    /// Set when both handshakes are through.
    var id: ConnectionID?
    /// Messages that leave with the next flush.
    private var out: ByteBuffer
    /// Blocks to send, the oldest first from `uploadHead` on.
    private var uploads: [BlockRequest] = []
    private var uploadHead = 0
    /// A batch of blocks is being read; the next must not overtake it.
    var isReading = false
    /// It lies in the torrent's list of links with something to do.
    var isDirty = false
    private(set) var isClosing = false

    init(channel: any Channel, address: PeerAddress) {
        self.channel = channel
        self.address = address
        out = channel.allocator.buffer(capacity: 256)
    }

    // MARK: Messages

    func enqueue(_ message: PeerMessage) { message.write(into: &out) }

    func enqueue(_ handshake: Handshake) { handshake.write(into: &out) }

    /// Hands to the socket what was enqueued since the last time, as one write; keeps it while the peer does not read.
    ///
    /// - Returns: Whether it is still within what one peer may keep us waiting with.
    func flush() -> Bool {
        guard out.readableBytes > 0, !isClosing else { return true }
        guard channel.isWritable else { return out.readableBytes <= Self.backlogLimit }
        let bytes = out
        // A fresh small buffer: clearing the one in flight would copy it.
        out = channel.allocator.buffer(capacity: min(bytes.readableBytes, 16 * 1024))
        channel.writeAndFlush(bytes, promise: nil)
        return true
    }

    /// Of messages besides blocks, in bytes: a peer that asks and asks and never reads could fill memory otherwise.
    private static let backlogLimit = 4 << 20

    /// How long what was said last may take to leave.
    private static let closingPatience = TimeAmount.seconds(5)

    /// Sends what is enqueued, if the peer takes it, then closes.
    func close() {
        guard !isClosing else { return }
        isClosing = true
        uploads.removeAll()
        uploadHead = 0
        // Who never reads would keep a connection, and blocks in memory, that nobody counts any more.
        guard out.readableBytes > 0, channel.isWritable else { return channel.close(promise: nil) }
        let channel = channel
        let timeout = channel.eventLoop.scheduleTask(in: Self.closingPatience) { channel.close(promise: nil) }
        channel.writeAndFlush(out).whenComplete { _ in
            timeout.cancel()
            channel.close(promise: nil)
        }
    }

    // MARK: Uploads

    /// Blocks already taken that are kept at most.
    private static let trimAt = 256

    var hasUploads: Bool { uploadHead < uploads.count }

    func enqueueUpload(_ block: BlockRequest) { uploads.append(block) }

    /// Takes the oldest blocks, at most `bytes` of them in all but at least one.
    func takeUploads(atMost bytes: Int) -> [BlockRequest] {
        var total = 0
        var end = uploadHead
        while end < uploads.count, total == 0 || total + uploads[end].length <= bytes {
            total += uploads[end].length
            end += 1
        }
        let batch = Array(uploads[uploadHead..<end])
        uploadHead = end
        if uploadHead == uploads.count {
            uploads.removeAll(keepingCapacity: true)
            uploadHead = 0
        } else if uploadHead >= Self.trimAt {
            // One whose queue never runs dry would be kept waiting in memory block by block.
            uploads.removeSubrange(..<uploadHead)
            uploadHead = 0
        }
        return batch
    }
}
