// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import Logging
import NIOCore
import SwardPrimitives
import SwardStorage
import SwardSwarm
import SwardWire

/// Connections, and what leaves by them.
extension TorrentLoop {
    // MARK: Events of connections

    func found(_ addresses: [PeerAddress], source: PeerSource) {
        if rest != nil {
            guard !addresses.isEmpty else { return }
            return wake { [self] in found(addresses, source: source) }
        }
        core.peersFound(addresses, source: source, at: .now, into: &actions)
        perform()
    }

    func connectFailed(_ address: PeerAddress, _ failure: DialFailure) {
        dialling[address] = nil
        environment.counters.count { $0.dialFailures += 1 }
        core.connectFailed(address, failure, at: .now, into: &actions)
        perform()
        endOfTick()
    }

    /// Both handshakes are through.
    ///
    /// - Returns: `nil` when the torrent does not want this connection; it is being closed then.
    func handshakeDone(_ link: PeerLink, _ handshake: Handshake, isOutgoing: Bool) -> ConnectionID? {
        dialling[link.address] = nil
        var arrival = PeerArrival(address: link.address, isOutgoing: isOutgoing, handshake: handshake)
        arrival.isUTP = link.channel is UTPChannel
        do throws(CloseReason) {
            let id = try core.peerConnected(arrival, at: .now, into: &actions)
            link.id = id
            while links.count <= id.slot { links.append(nil) }
            links[id.slot] = link
            emit(.peerConnected(link.address))
            logger.debug(
                "peer connected", metadata: ["peer": "\(link.address)", "outgoing": "\(isOutgoing)"])
            if isReadingPaused { setReading(link, false) }
            perform()
            endOfTick()
            return id
        } catch {
            environment.counters.handshakeFailed(error.name)
            logger.debug("peer refused", metadata: ["peer": "\(link.address)", "reason": "\(error)"])
            perform()
            link.close()
            return nil
        }
    }

    @inline(__always)
    func received(_ message: PeerMessage, from id: ConnectionID, at now: Torrent.Instant) {
        core.received(message, from: id, at: now, into: &actions)
    }

    func disconnected(_ link: PeerLink, _ id: ConnectionID, error: WireError?) {
        // Of one the core closed itself it wants to hear no more.
        guard id.slot < links.count, links[id.slot] === link else { return }
        links[id.slot] = nil
        core.peerDisconnected(id, error: error, at: .now, into: &actions)
        emit(.peerClosed(link.address, error.map { .wire($0) }))
        logger.debug(
            "peer gone", metadata: ["peer": "\(link.address)", "error": "\(error.map { "\($0)" } ?? "none")"])
        perform()
        endOfTick()
    }

    // MARK: Dialling

    func dial(_ address: PeerAddress, _ handshake: Handshake, _ way: DialWay) {
        let torrent = NIOLoopBound(self, eventLoop: loop)
        environment.connect(address, by: way.transport, on: loop).whenComplete { result in
            let me = torrent.value
            switch result {
            case .failure: me.connectFailed(address, .unreachable)
            case .success(let channel):
                guard !me.isStopped else { return channel.close(promise: nil) }
                me.dialled(channel, address, handshake, way)
            }
        }
    }

    private func dialled(
        _ channel: any Channel, _ address: PeerAddress, _ handshake: Handshake, _ way: DialWay
    ) {
        let link = PeerLink(channel: channel, address: address)
        dialling[address] = channel
        do {
            let pipeline = channel.pipeline.syncOperations
            if way.isEncrypted {
                try pipeline.addHandler(
                    EncryptionHandler(
                        dialling: handshake.infoHash, offer: core.configuration.reach.encryption.offer,
                        directory: environment.directory))
            }
            try pipeline.addHandler(PeerChannelHandler(dialledFor: self, link: link))
        } catch {
            channel.close(promise: nil)
            return connectFailed(address, .hungUp)
        }
        link.enqueue(handshake)
        _ = link.flush()
        // Held back until the handler was there to read.
        try? channel.syncOptions?.setOption(.autoRead, value: true)
        channel.read()
    }

    /// An incoming connection has named this torrent; `handshake` is the peer's.
    func accept(_ channel: any Channel, _ address: PeerAddress, _ handshake: Handshake) {
        let connections = environment.connections
        guard !isStopped, connections.enter() else { return channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in connections.leave() }
        let link = PeerLink(channel: channel, address: address)
        link.enqueue(core.reply(to: handshake))
        _ = link.flush()
        guard let id = handshakeDone(link, handshake, isOutgoing: false) else { return }
        do {
            let handler = PeerChannelHandler(openFor: self, link: link, id: id)
            try channel.pipeline.syncOperations.addHandler(handler)
        } catch {
            disconnected(link, id, error: nil)
        }
    }

    // MARK: Uploads

    /// Read and handed to the socket at once, in bytes.
    static let uploadBatch = 512 << 10

    func mayUpload(_ link: PeerLink) {
        flush(link)
        endOfTick()
    }

    func flush(_ link: PeerLink) {
        guard link.flush() else {
            logger.debug("peer does not read", metadata: ["peer": "\(link.address)"])
            return link.channel.close(promise: nil)
        }
        upload(link)
    }

    /// Sends what the peer is due, for as long as its socket takes it.
    ///
    /// What the system has in memory is read here and now, which spares two changes of thread per batch; the rest is
    /// read by a disk thread. Not `sendfile`: for each 16 KiB and its 13-byte head it takes two calls; measured on
    /// loopback it saves the sender 0.1 CPU s/GiB of 0.3, costs the receiver 0.25 more, and NIO cannot hold a head back
    /// (MSG_MORE), so that each would leave in a packet of its own.
    func upload(_ link: PeerLink) {
        guard let disk, let id = link.id else { return }
        while link.hasUploads, !isLeavingFolder, !link.isReading, !link.isClosing, link.channel.isWritable {
            let batch = link.takeUploads(atMost: Self.uploadBatch)
            guard core.gate.upload else {
                withhold(batch, id)
                continue
            }
            var buffer = link.channel.allocator.buffer(capacity: 0)
            let isRead = disk.payload.readWithoutWaiting(
                batch, into: &buffer, headLength: PeerMessage.pieceHeaderLength
            ) { PeerMessage.writePieceHeader($0, into: &$1) }
            guard isRead else { return readAndSend(batch, to: link, id, disk) }
            send(buffer, batch, to: link, id)
        }
    }

    /// The gate has shut since they were promised.
    private func withhold(_ batch: [BlockRequest], _ id: ConnectionID) {
        for block in batch { core.blockUnreadable(block, for: id, at: .now, into: &actions) }
        perform()
    }

    private func send(_ buffer: ByteBuffer, _ batch: [BlockRequest], to link: PeerLink, _ id: ConnectionID) {
        link.channel.writeAndFlush(buffer, promise: nil)
        core.blocksSent(
            id, count: batch.count, bytes: batch.reduce(0) { $0 + $1.length }, at: .now, into: &actions)
        perform()
    }

    private func readAndSend(
        _ batch: [BlockRequest], to link: PeerLink, _ id: ConnectionID, _ disk: DiskQueue
    ) {
        // The next batch waits: blocks leave in the order they were asked for.
        link.isReading = true
        let payload = disk.payload
        let allocator = link.channel.allocator
        disk.run(isForPeer: true, { BatchReading(batch, of: payload, into: allocator.buffer(capacity: 0)) }) {
            [self] reading in
            link.isReading = false
            guard !link.isClosing, links[id.slot] === link else { return }
            if !core.gate.upload {
                withhold(reading.blocks, id)
            } else if !reading.blocks.isEmpty {
                send(reading.buffer, reading.blocks, to: link, id)
            }
            for (block, error) in reading.failures {
                logger.debug("cannot read", metadata: ["error": "\(error)"])
                core.blockUnreadable(block, for: id, at: .now, into: &actions)
            }
            // What cannot be read is ours no more; peers are told, and ask others.
            for piece in Set(reading.failures.filter(\.error.isOfLostBytes).map(\.block.piece)).sorted() {
                core.pieceLost(piece, at: .now, into: &actions)
                disk.forget(piece)
            }
            perform()
            upload(link)
            endOfTick()
        }
    }

    func readLeaves(_ id: ConnectionID, _ request: HashRequest, _ pieces: Range<Int>) {
        guard let disk else { return }
        // Of a folder that is being left nothing new is read.
        guard !isLeavingFolder else {
            return core.leavesRead(request, for: id, leaves: nil, at: .now, into: &actions)
        }
        let payload = disk.payload
        disk.run(isForPeer: true, { try? payload.leaves(of: pieces) }) { [self] leaves in
            core.leavesRead(request, for: id, leaves: leaves, at: .now, into: &actions)
            perform()
            endOfTick()
        }
    }
}

/// Blocks that one peer is due, read from the disk.
private struct BatchReading: Sendable {
    /// Messages, ready to be sent.
    private(set) var buffer: ByteBuffer
    /// Those that are in it.
    private(set) var blocks: [BlockRequest]
    private(set) var failures: [(block: BlockRequest, error: StorageError)] = []

    init(_ batch: [BlockRequest], of payload: Payload, into buffer: ByteBuffer) {
        self.buffer = buffer
        blocks = batch
        do { try read(batch, of: payload) } catch {
            // Where one cannot be read, the others can all the same: they may lie in another file.
            blocks = []
            for block in batch {
                do {
                    try read([block], of: payload)
                    blocks.append(block)
                } catch {
                    failures.append((block, error))
                }
            }
        }
    }

    private mutating func read(_ blocks: [BlockRequest], of payload: Payload) throws(StorageError) {
        let start = buffer.writerIndex
        do {
            try payload.read(blocks, into: &buffer, headLength: PeerMessage.pieceHeaderLength) {
                PeerMessage.writePieceHeader($0, into: &$1)
            }
        } catch {
            buffer.moveWriterIndex(to: start)
            throw error
        }
    }
}
