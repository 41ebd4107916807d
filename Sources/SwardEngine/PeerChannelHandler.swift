// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import SwardPrimitives
import SwardSwarm
import SwardWire

/// The last handler of a peer's channel: cuts bytes into a handshake and messages and hands them to the torrent.
///
/// It runs on the torrent's own loop, so that a message reaches the torrent by a plain call.
final class PeerChannelHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private enum State {
        /// We have dialled and wait for the peer's handshake.
        case dialled(TorrentLoop, PeerLink, ByteBuffer)
        case open(TorrentLoop, PeerLink, ConnectionID)
        case closed
    }

    /// How long a peer may take over its handshake.
    static let patience = TimeAmount.seconds(20)

    private var state: State
    private var decoder = PeerMessageDecoder()
    private var timeout: Scheduled<Void>?
    private var endReason: WireError?

    /// For a connection we dialled.
    init(dialledFor torrent: TorrentLoop, link: PeerLink) {
        state = .dialled(torrent, link, ByteBuffer())
    }

    /// For a connection whose handshakes are both through.
    init(openFor torrent: TorrentLoop, link: PeerLink, id: ConnectionID) {
        state = .open(torrent, link, id)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        guard case .dialled = state else { return }
        timeout = context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) {
            [channel = context.channel] in
            channel.close(promise: nil)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { timeout?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Self.unwrapInboundIn(data)
        switch state {
        case .open(let torrent, _, let id):
            decoder.append(bytes)
            decode(torrent, id, context)
        case .dialled(let torrent, let link, var waiting):
            waiting.writeImmutableBuffer(bytes)
            readHandshake(torrent, link, waiting, context)
        case .closed:
            break
        }
    }

    private func readHandshake(
        _ torrent: TorrentLoop, _ link: PeerLink, _ bytes: ByteBuffer, _ context: ChannelHandlerContext
    ) {
        var bytes = bytes
        do throws(WireError) {
            guard let handshake = try Handshake.read(from: &bytes) else {
                state = .dialled(torrent, link, bytes)
                return
            }
            timeout?.cancel()
            guard let id = torrent.handshakeDone(link, handshake, isOutgoing: true) else {
                state = .closed
                return
            }
            state = .open(torrent, link, id)
            decoder.append(bytes)
            decode(torrent, id, context)
        } catch {
            context.close(promise: nil)
        }
    }

    private func decode(_ torrent: TorrentLoop, _ id: ConnectionID, _ context: ChannelHandlerContext) {
        let now = ContinuousClock.now
        do throws(WireError) {
            while let message = try decoder.next() { torrent.received(message, from: id, at: now) }
            torrent.perform()
        } catch {
            endReason = error
            context.close(promise: nil)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if case .open(let torrent, _, _) = state { torrent.endOfTick() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if case .open(let torrent, let link, _) = state, context.channel.isWritable {
            torrent.mayUpload(link)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timeout?.cancel()
        switch state {
        case .open(let torrent, let link, let id): torrent.disconnected(link, id, error: endReason)
        case .dialled(let torrent, let link, _): torrent.connectFailed(link.address, .hungUp)
        case .closed: break
        }
        state = .closed
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// `PeerChannelHandler` belongs to the loop of its channel; NIO must not be told otherwise.
@available(*, unavailable)
extension PeerChannelHandler: Sendable {}
