// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardBencode

/// What a `put` brings, as it was sent. Source: BEP 44.
///
/// A signature costs more to check than a datagram to send; so it is checked only of who may put at all.
package struct PutArguments: Hashable, Sendable {
    private struct Proof: Hashable {
        var publicKey: [UInt8]
        var salt: [UInt8]
        var sequence: Int64
        var signature: [UInt8]
    }

    private let value: [UInt8]
    /// `nil` of what cannot be changed.
    private let proof: Proof?

    package init(_ item: DHTItem) {
        value = item.value
        proof =
            if case .mutable(let item) = item {
                Proof(
                    publicKey: item.publicKey, salt: item.salt, sequence: item.sequence,
                    signature: item.signature)
            } else { nil }
    }

    init(reading fields: Bencode) throws(KRPCError) {
        guard let value = fields["v"]?.encoded() else { throw .malformed }
        guard value.count <= DHTItem.maximumValueByteCount else { throw .valueTooBig }
        self.value = value
        guard let publicKey = fields["k"]?.string else {
            proof = nil
            return
        }
        guard let signature = fields["sig"]?.string, let sequence = fields["seq"]?.integer else {
            throw .malformed
        }
        let salt = fields["salt"]?.string ?? []
        guard salt.count <= DHTItem.maximumSaltByteCount else { throw .saltTooBig }
        proof = Proof(publicKey: publicKey, salt: salt, sequence: sequence, signature: signature)
    }

    /// The item; a signature that does not fit is refused here.
    package func item() throws(KRPCError) -> DHTItem {
        guard let proof else { return .immutable(value) }
        guard
            let item = MutableItem(
                publicKey: proof.publicKey, salt: proof.salt, sequence: proof.sequence, value: value,
                signature: proof.signature)
        else { throw .badSignature }
        return .mutable(item)
    }

    var fields: [String: Bencode] {
        guard let proof else { return ["v": .raw(value)] }
        var fields: [String: Bencode] = [
            "v": .raw(value), "k": .string(proof.publicKey), "sig": .string(proof.signature),
            "seq": .integer(proof.sequence),
        ]
        if !proof.salt.isEmpty { fields["salt"] = .string(proof.salt) }
        return fields
    }
}
