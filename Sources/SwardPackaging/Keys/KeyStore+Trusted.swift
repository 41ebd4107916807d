// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardCrypto

/// A key with the name that this user gives it.
public struct TrustedKey: Hashable, Sendable {
    public enum Origin: Hashable, Sendable { case own, listed }

    public let name: String
    public let publicKey: PublicKey
    public let origin: Origin
}

extension KeyStore {
    static let trustedFile = "trusted"
    private static let trustedLimit = 8 << 20

    public var trustedPath: String { folder.path(of: Self.trustedFile) }

    /// Own keys first, then those of the list, in its order.
    public func trustedKeys() throws(KeyStoreError) -> [TrustedKey] {
        let own = try ownKeys().map { TrustedKey(name: $0.name, publicKey: $0.publicKey, origin: .own) }
        return try own + listedKeys()
    }

    /// What the user calls this very key. The whole key is compared: anybody can make one with the same number.
    public func name(for publicKey: PublicKey) throws(KeyStoreError) -> String? {
        try trustedKeys().first { $0.publicKey == publicKey }?.name
    }

    /// The trusted keys a signature may be of; only a check tells whether it is.
    public func candidates(for id: KeyID) throws(KeyStoreError) -> [TrustedKey] {
        try trustedKeys().filter { $0.publicKey.id == id }
    }

    /// Adds a key to the list; doing so twice changes nothing.
    public func trust(_ name: String, _ publicKey: PublicKey) throws(KeyStoreError) {
        try Self.checkName(name)
        try folder.locked { () throws(KeyStoreError) in
            for known in try trustedKeys() {
                if known.name == name, known.publicKey == publicKey { return }
                if known.name == name { throw .nameTaken(name, by: known.publicKey) }
                if known.publicKey == publicKey { throw .alreadyTrusted(publicKey, as: known.name) }
            }
            var text = try trustedText() ?? "# name, tab, public key in minisign's base64\n"
            if let last = text.last, last != "\n" { text += "\n" }
            try folder.write(text + "\(name)\t\(publicKey.base64)\n", to: Self.trustedFile, mode: 0o600)
        }
    }

    /// - Parameter textOrFile: The base64 of a public key, or the path of a file with one.
    public func readPublicKey(_ textOrFile: String) throws(KeyStoreError) -> PublicKey {
        if let key = try? PublicKey(base64: textOrFile) { return key }
        guard let key = try publicKey(at: textOrFile) else { throw .notFound(textOrFile, folder: path) }
        return key
    }

    /// Takes a key off the list; comments and other lines stay as they are.
    ///
    /// - Parameter which: Its name, its number, or the key itself.
    /// - Returns: What was taken off.
    public func distrust(_ which: String) throws(KeyStoreError) -> [TrustedKey] {
        try folder.locked { () throws(KeyStoreError) in
            let listed = try listedKeys()
            var gone = listed.filter { $0.name == which || $0.publicKey.base64 == which }
            if gone.isEmpty, let id = KeyID(hex: which) { gone = listed.filter { $0.publicKey.id == id } }
            guard !gone.isEmpty else { throw .notTrusted(which) }
            let kept = try (trustedText() ?? "").split(separator: "\n", omittingEmptySubsequences: false)
                .filter { line in !gone.contains { line == "\($0.name)\t\($0.publicKey.base64)" } }
            try folder.write(kept.joined(separator: "\n"), to: Self.trustedFile, mode: 0o600)
            return gone
        }
    }

    private func listedKeys() throws(KeyStoreError) -> [TrustedKey] {
        guard let text = try trustedText() else { return [] }
        var keys: [TrustedKey] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.first == "#" { continue }
            // A damaged line is an error, not a key less: silence would turn a known signer into a stranger.
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 2, let key = try? PublicKey(base64: fields[1]),
                (try? Self.checkName(String(fields[0]))) != nil
            else { throw .badTrustedLine(path: trustedPath, line: index + 1) }
            keys.append(TrustedKey(name: String(fields[0]), publicKey: key, origin: .listed))
        }
        return keys
    }

    private func trustedText() throws(KeyStoreError) -> String? {
        guard let bytes = try KeyFolder.read(trustedPath, limit: Self.trustedLimit) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .badTrustedLine(path: trustedPath, line: 1)
        }
        return text
    }
}
