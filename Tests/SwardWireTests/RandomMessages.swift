// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import NIOCore
import Support
import SwardPrimitives
import SwardWire

extension SplitMix64 {
    private mutating func index() -> PieceIndex { PieceIndex(below(1 << 32)) }

    private mutating func block() -> BlockRequest {
        BlockRequest(piece: index(), begin: below(1 << 32), length: below(1 << 32))
    }

    private mutating func buffer(_ count: Int) -> ByteBuffer { ByteBuffer(bytes: bytes(count)) }

    mutating func hashRequest(isSound: Bool) -> HashRequest {
        let length = isSound ? 1 << below(10) : below(1 << 32)
        return HashRequest(
            piecesRoot: Digest256(bytes(32))!, baseLayer: isSound ? below(20) : below(1 << 32),
            index: isSound ? below(1000) * length : below(1 << 32), length: length,
            proofLayers: isSound ? below(30) : below(1 << 32))
    }

    /// Any message that its sender may send; unknown ones come without a body.
    mutating func message() -> PeerMessage {
        switch below(21) {
        case 0: return .keepAlive
        case 1: return .choke
        case 2: return .unchoke
        case 3: return .interested
        case 4: return .notInterested
        case 5: return .have(index())
        case 6: return .bitfield(buffer(below(300)))
        case 7: return .request(block())
        case 8: return .piece(index(), begin: below(1 << 32), buffer(1 + below(16_384)))
        case 9: return .cancel(block())
        case 10: return .port(UInt16(below(65_536)))
        case 11: return .suggest(index())
        case 12: return .haveAll
        case 13: return .haveNone
        case 14: return .reject(block())
        case 15: return .allowedFast(index())
        case 16: return .extended(id: UInt8(below(256)), buffer(below(1000)))
        case 17: return .hashRequest(hashRequest(isSound: oneIn(2)))
        case 18:
            let request = hashRequest(isSound: true)
            return .hashes(request, buffer(32 * (request.length + request.uncleCount)))
        case 19: return .hashReject(hashRequest(isSound: oneIn(2)))
        default: return .unknown(UInt8(100 + below(100)))
        }
    }
}
