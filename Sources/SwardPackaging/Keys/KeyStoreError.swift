// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

public import SwardCrypto

/// Why a key could not be made, found, unlocked or trusted.
public enum KeyStoreError: Error, Hashable, Sendable {
    /// The system call that failed, on what, and its `errno`.
    case system(call: String, path: String, errno: Int32)
    /// Neither `XDG_CONFIG_HOME` nor `HOME` is an absolute path.
    case noConfigurationFolder
    /// Empty, over-long, hidden, or with a character that a file name or a list line should not have.
    case badName(String)
    /// A secret key of this name is there already.
    case exists(name: String, path: String)
    /// No own key of this name, and no such file.
    case notFound(String, folder: String)
    /// Several own keys, and none is called `default`.
    case ambiguous(names: [String])
    case noKeys(folder: String)
    case tooLarge(path: String, limit: Int)
    case unreadable(path: String, CryptoError)
    case crypto(CryptoError)
    /// A line of the list of trusted keys, from 1.
    case badTrustedLine(path: String, line: Int)
    /// The name stands for another key.
    case nameTaken(String, by: PublicKey)
    /// The key has another name already.
    case alreadyTrusted(PublicKey, as: String)
    /// Nothing in the list of trusted keys has this name, number or key.
    case notTrusted(String)
    case emptyPassphrase
    case passphrasesDiffer
    /// The input ended before a line came.
    case noPassphrase
    /// Ctrl-C at the prompt.
    case interrupted
}
