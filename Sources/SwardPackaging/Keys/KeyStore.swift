// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import Glibc
public import SwardCrypto

/// The user's own keys and the keys the user trusts.
///
/// - Shape: a folder for the user alone; `NAME.key` and `NAME.pub` in minisign's formats, and `trusted`.
public struct KeyStore: Sendable {
    /// An own key, without its secret.
    public struct OwnKey: Hashable, Sendable {
        public let name: String
        public let publicKey: PublicKey
        /// Of the secret key file.
        public let path: String
    }

    /// What a person is asked for: the name or path of the key whose passphrase is wanted.
    public typealias PassphraseProvider = (String) throws(KeyStoreError) -> Passphrase

    static let secretSuffix = ".key", publicSuffix = ".pub"

    let folder: KeyFolder

    /// - Parameter folder: An absolute path; made when the first key is.
    public init(folder: String) { self.folder = KeyFolder(path: folder) }

    /// `$XDG_CONFIG_HOME/sward/keys`, by default `~/.config/sward/keys`.
    ///
    /// - Parameter environment: Looks a variable up. A relative path counts as none, as XDG has it.
    public init(
        environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }
    ) throws(KeyStoreError) {
        if let base = environment("XDG_CONFIG_HOME"), base.hasPrefix("/") {
            self.init(folder: base + "/sward/keys")
        } else if let home = environment("HOME"), home.hasPrefix("/") {
            self.init(folder: home + "/.config/sward/keys")
        } else {
            throw .noConfigurationFolder
        }
    }

    public var path: String { folder.path }

    /// Makes a key and stores both halves.
    ///
    /// - Parameters:
    ///   - passphrase: `nil` stores the secret as it is; an empty one is refused.
    ///   - derivation: Where to begin; lowered when memory is short.
    ///   - isReplacing: Whether an own key of this name may be lost.
    public func create(
        _ name: String, passphrase: Passphrase?, derivation: KeyDerivation = .sensitive,
        isReplacing: Bool = false
    ) throws(KeyStoreError) -> OwnKey {
        try Self.checkName(name)
        if let passphrase, passphrase.isEmpty { throw .emptyPassphrase }
        // Looked at before the seconds that the derivation takes, and again under the lock.
        try checkIsFree(name, isReplacing: isReplacing)
        let text: SecretBytes
        let publicText: String
        let publicKey: PublicKey
        do {
            let key = try SecretKey(
                id: Self.randomID(), seed: SecretBytes(capacity: 32, fill: Self.fillRandom))
            publicKey = key.publicKey
            publicText = try publicKey.fileText()
            if let passphrase {
                text = try SecretKeyFile.text(
                    of: key, passphrase: passphrase, salt: Self.randomBytes(KeyDerivation.saltByteCount),
                    derivation: derivation
                ).text
            } else {
                text = try SecretKeyFile.text(of: key)
            }
        } catch { throw .crypto(error) }
        try folder.locked { () throws(KeyStoreError) in
            try checkIsFree(name, isReplacing: isReplacing)
            // The public half first: without the secret one it is not listed, and the next `create` replaces it.
            try folder.write(publicText, to: name + Self.publicSuffix, mode: 0o644)
            try text.withBytes { bytes throws(KeyStoreError) in
                try folder.write(bytes, to: name + Self.secretSuffix, mode: 0o600)
            }
        }
        return OwnKey(name: name, publicKey: publicKey, path: folder.path(of: name + Self.secretSuffix))
    }

    /// The user's own keys, by name. A secret key whose public half is missing is not among them.
    public func ownKeys() throws(KeyStoreError) -> [OwnKey] {
        var keys: [OwnKey] = []
        for file in try folder.names() where file.hasSuffix(Self.secretSuffix) && file.first != "." {
            let name = String(file.dropLast(Self.secretSuffix.count))
            guard let publicKey = try publicKey(at: folder.path(of: name + Self.publicSuffix)) else {
                continue
            }
            keys.append(OwnKey(name: name, publicKey: publicKey, path: folder.path(of: file)))
        }
        return keys
    }

    /// The key to sign with when none is named: the one called `default`, or the only one.
    public func defaultKey() throws(KeyStoreError) -> OwnKey {
        let keys = try ownKeys()
        if let key = keys.first(where: { $0.name == "default" }) { return key }
        guard let key = keys.first else { throw .noKeys(folder: path) }
        guard keys.count == 1 else { throw .ambiguous(names: keys.map(\.name)) }
        return key
    }

    /// Unlocks an own key, or a secret key file of minisign's anywhere.
    ///
    /// - Parameters:
    ///   - nameOrPath: A name, unless it holds a `/`; a name that is no own key is tried as a file.
    ///   - passphrase: Asked only if the key needs one.
    public func load(
        _ nameOrPath: String, passphrase: PassphraseProvider
    ) throws(KeyStoreError) -> SecretKey {
        let path = try secretPath(nameOrPath)
        let text = try KeyFolder.readSecret(path, limit: SecretKeyFile.fileLimit)
        let file = try Self.reading(path) { () throws(CryptoError) in try SecretKeyFile(text: text) }
        let given = file.needsPassphrase ? try passphrase(nameOrPath) : nil
        return try Self.reading(path) { () throws(CryptoError) in try file.unlock(given) }
    }

    /// - Returns: Where a secret key lies that more can read than the user; `nil` for one that is the user's alone.
    public func pathOpenToOthers(_ nameOrPath: String) throws(KeyStoreError) -> String? {
        let path = try secretPath(nameOrPath)
        var status = stat()
        guard stat(path, &status) == 0 else { throw .system(call: "stat", path: path, errno: errno) }
        return status.st_mode & (S_IRWXG | S_IRWXO) == 0 ? nil : path
    }

    static func reading<R>(
        _ path: String, _ body: () throws(CryptoError) -> R
    ) throws(KeyStoreError) -> R {
        do { return try body() } catch { throw .unreadable(path: path, error) }
    }

    private func secretPath(_ nameOrPath: String) throws(KeyStoreError) -> String {
        if !nameOrPath.contains("/") {
            let own = nameOrPath + Self.secretSuffix
            if folder.exists(own) { return folder.path(of: own) }
        }
        guard access(nameOrPath, F_OK) == 0 else { throw .notFound(nameOrPath, folder: path) }
        return nameOrPath
    }

    private func checkIsFree(_ name: String, isReplacing: Bool) throws(KeyStoreError) {
        let file = name + Self.secretSuffix
        if !isReplacing, folder.exists(file) { throw .exists(name: name, path: folder.path(of: file)) }
    }

    func publicKey(at path: String) throws(KeyStoreError) -> PublicKey? {
        guard let text = try KeyFolder.read(path, limit: 2048) else { return nil }
        return try Self.reading(path) { () throws(CryptoError) in try PublicKey(text: text) }
    }

    /// A name serves as file name and as one field of a line.
    static func checkName(_ name: String) throws(KeyStoreError) {
        let isSafe = name.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse:
                false
            default: scalar != "/" && scalar != "\\"
            }
        }
        guard isSafe, 1...100 ~= name.utf8.count, let first = name.first, !".-#".contains(first),
            !first.isWhitespace,
            name.last?.isWhitespace == false
        else { throw .badName(name) }
    }

    // The system's generator, straight into the memory where the bytes stay.
    private static func fillRandom(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        // Fails only for more than 256 bytes at once, or on a kernel without a generator: no place to make keys.
        precondition(getentropy(buffer.baseAddress, buffer.count) == 0)
        return buffer.count
    }

    private static func randomBytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        _ = bytes.withUnsafeMutableBytes(fillRandom)
        return bytes
    }

    private static func randomID() -> KeyID {
        guard let id = KeyID(randomBytes(KeyID.byteCount)) else { preconditionFailure("eight bytes") }
        return id
    }
}
