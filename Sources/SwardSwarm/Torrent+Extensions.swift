// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import NIOCore
internal import SwardPrimitives
internal import SwardWire

/// The extension handshake, and metadata both ways. Source: BEP 9, 10.
extension Torrent {
    /// The number under which we take `ut_metadata`.
    static let metadataID: UInt8 = 1
    /// And `ut_pex`, `lt_donthave`, `upload_only`.
    static let exchangeID: UInt8 = 2
    private static let dontHaveID: UInt8 = 3
    private static let uploadOnlyID: UInt8 = 4
    static let holepunchID: UInt8 = 5

    mutating func sendExtensionHandshake(to slot: Int, _ actions: inout ActionQueue) {
        var handshake = ExtensionHandshake()
        handshake.metadataID = Self.metadataID
        if configuration.exchangesPeers, content?.isPrivate != true { handshake.exchangeID = Self.exchangeID }
        if holepunches { handshake.holepunchID = Self.holepunchID }
        handshake.dontHaveID = Self.dontHaveID
        handshake.uploadOnlyID = Self.uploadOnlyID
        handshake.clientName = configuration.clientName
        handshake.port = configuration.listenPort
        handshake.requestQueue = configuration.maximumRequestsIn
        handshake.metadataSize = content.map(\.infoBytes.count)
        handshake.yourIP = connections[slot].address.ip
        if isDone, gate.upload, !isSuperSeeding { handshake.isUploadOnly = true }
        send(.extended(id: 0, handshake.payload()), to: slot, &actions)
    }

    mutating func receivedExtended(
        _ slot: Int, _ id: UInt8, _ payload: ByteBuffer, _ actions: inout ActionQueue
    ) {
        switch id {
        case 0:
            do { receivedExtensionHandshake(slot, try ExtensionHandshake(reading: payload), &actions) } catch
            {
                offend(slot, error, &actions)
            }
        case Self.metadataID:
            do { receivedMetadata(slot, try MetadataMessage(reading: payload, id: id), &actions) } catch {
                offend(slot, error, &actions)
            }
        case Self.exchangeID: receivedExchange(slot, payload, &actions)
        case Self.holepunchID: receivedHolepunch(slot, payload, &actions)
        case Self.dontHaveID: receivedDontHave(slot, payload, &actions)
        case Self.uploadOnlyID:
            // libtorrent's way to say it later: one byte, or none for true.
            connections[slot].isUploadOnly = payload.readableBytesView.first != 0
        default: break
        }
    }

    private mutating func receivedExtensionHandshake(
        _ slot: Int, _ handshake: ExtensionHandshake, _ actions: inout ActionQueue
    ) {
        if let id = handshake.metadataID { connections[slot].metadataID = id }
        if let id = handshake.dontHaveID { connections[slot].dontHaveID = id }
        if let id = handshake.exchangeID { setExchange(id, of: slot) }
        if let id = handshake.holepunchID { setHolepunch(id, of: slot) }
        if let ip = handshake.yourIP { ourAddresses.learn(ip, from: connections[slot].address) }
        if let name = handshake.clientName { connections[slot].clientName = name }
        if let queue = handshake.requestQueue { connections[slot].requestQueue = max(1, queue) }
        if let isUploadOnly = handshake.isUploadOnly { connections[slot].isUploadOnly = isUploadOnly }
        if let port = handshake.port, !connections[slot].isOutgoing, connections[slot].alias == nil {
            connections[slot].alias = book.learn(
                connections[slot].address.with(port: port), ofPeer: connections[slot].peer, slot: slot)
        }
        exchange(with: slot, &actions)
        guard connections[slot].metadataID != 0, let size = handshake.metadataSize else { return }
        let (peer, time) = (connections[slot].peer, time)
        if let requests = metadata?.sourceFound(slot: slot, peer: peer, size: size, at: time) {
            sendMetadataRequests(requests, &actions)
        }
    }

    mutating func sendMetadataRequests(_ requests: [MetadataFetch.Request], _ actions: inout ActionQueue) {
        for request in requests where connections[request.slot].isOpen {
            let message = MetadataMessage.request(piece: request.piece).payload()
            send(.extended(id: connections[request.slot].metadataID, message), to: request.slot, &actions)
        }
    }

    private mutating func receivedMetadata(
        _ slot: Int, _ message: MetadataMessage, _ actions: inout ActionQueue
    ) {
        let time = time
        switch message {
        case .request(let piece): serveMetadata(slot, piece, &actions)
        case .data(let piece, let totalSize, let bytes):
            guard metadata?.isExpected(piece, from: slot) == true,
                let (outcome, requests) = metadata?.received(
                    piece, totalSize: totalSize, bytes, from: slot, at: time)
            else { return }
            switch outcome {
            case .more: break
            case .complete(let bytes):
                metadata = nil
                actions.append(.metadataComplete(bytes))
            case .failed(let liars):
                for liar in liars { banForMetadata(liar, &actions) }
            }
            sendMetadataRequests(requests, &actions)
        case .reject(let piece):
            if let requests = metadata?.rejected(piece, from: slot, at: time) {
                sendMetadataRequests(requests, &actions)
            }
        case .unknown: break
        }
    }

    private mutating func banForMetadata(_ peer: Int, _ actions: inout ActionQueue) {
        book.ban(peer)
        for slot in connections.indices where connections[slot].isOpen && connections[slot].peer == peer {
            close(slot, .lied, &actions)
        }
    }

    private mutating func serveMetadata(_ slot: Int, _ piece: Int, _ actions: inout ActionQueue) {
        let id = connections[slot].metadataID
        guard id != 0 else { return }
        let start = piece * MetadataMessage.pieceLength
        guard let content, start < content.infoBytes.count else {
            return send(.extended(id: id, MetadataMessage.reject(piece: piece).payload()), to: slot, &actions)
        }
        // Twice the whole at once, then a piece a second or the whole in a minute.
        let pieces = content.infoBytes.count / MetadataMessage.pieceLength + 1
        let time = time
        if connections[slot].metadataBucket == nil {
            connections[slot].metadataBucket = TokenBucket(
                capacity: 2 * pieces + 8, perSecond: 1 + pieces / 60, at: time)
        }
        guard connections[slot].metadataBucket?.take(1, at: time) == true else {
            return overspent(
                slot, .extended(id: id, MetadataMessage.reject(piece: piece).payload()), &actions)
        }
        let first = content.infoBytes.startIndex + start
        let bytes = content.infoBytes[
            first..<min(first + MetadataMessage.pieceLength, content.infoBytes.endIndex)]
        let message = MetadataMessage.data(
            piece: piece, totalSize: content.infoBytes.count, ByteBuffer(bytes: bytes))
        send(.extended(id: id, message.payload()), to: slot, &actions)
    }
}
