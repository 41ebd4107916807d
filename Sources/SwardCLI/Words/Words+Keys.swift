// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardCrypto
import SwardPackaging

extension Words {
    static func text(_ error: KeyStoreError) -> String {
        switch error {
        case .system(let call, let path, let code): "\(shown(path)): \(call): \(system(code))"
        case .noConfigurationFolder: "no place for keys: set HOME or XDG_CONFIG_HOME to an absolute path"
        case .badName(let name):
            "\(quoted(name)) cannot name a key: use up to 100 bytes without separators or control characters, not beginning with \".\", \"-\" or \"#\""
        case .exists(let name, let path):
            "there is a key \(quoted(name)) already, at \(shown(path)); choose another name, or move that file away"
        case .notFound(let what, _) where what.hasPrefix("RW") && 40..<80 ~= what.utf8.count:
            "\(quoted(what)) begins as a public key, and has \(what.utf8.count) characters, not 56; copy it again"
        case .notFound(let what, let folder):
            "no key \(quoted(what)) in \(shown(folder)), and no such file; `sward key list` shows what there is"
        case .ambiguous(let names):
            "several keys, and none is called default: name one with --key, of \(list(names.map(shown)))"
        case .noKeys(let folder): "no key in \(shown(folder)) yet; make one with `sward key new`"
        case .tooLarge(let path, let limit): "\(shown(path)): larger than \(limit) bytes, so no key file"
        case .unreadable(let path, let error): "\(shown(path)): \(text(error))"
        case .crypto(let error): text(error)
        case .badTrustedLine(let path, let line):
            "\(shown(path)):\(line): not a name, a tab and a public key; correct or delete the line"
        case .nameTaken(let name, let key):
            "\(quoted(name)) is the name of another key, \(key.base64); choose another"
        case .alreadyTrusted(let key, let name): "\(key.base64) is trusted already, as \(quoted(name))"
        case .notTrusted(let which):
            "\(quoted(which)) is not on the list of trusted keys; `sward key list` shows it"
        case .emptyPassphrase: "an empty passphrase protects nothing; give one, or say --no-passphrase"
        case .passphrasesDiffer: "the two passphrases differ; try again"
        case .noPassphrase: "the key needs a passphrase, and none came on standard input"
        case .interrupted: "stopped at the prompt; nothing was changed"
        }
    }

    static func text(_ error: CryptoError) -> String {
        switch error {
        case .line(let line, let file, let problem): "line \(line) of the \(name(file)): \(text(problem))"
        case .trailingText(let file): "text after the end of the \(name(file)); it must have nothing else"
        case .base64(let structure): "the \(name(structure)) is not base64"
        case .length(let structure, let found, let expected):
            "the \(name(structure)) has \(found) bytes, expected \(expected)"
        case .algorithm(let structure, let found):
            "the \(name(structure)) is of an unknown kind, \(quoted(String(decoding: found, as: UTF8.self)))"
        case .checksumAlgorithm, .keyDerivation:
            "the secret key is stored in a way that is not known; was it made by minisign?"
        case .derivationLimits(let limits):
            "the secret key asks for \(Amounts.bytes(Int64(clamping: limits.memory))) of memory, which is refused"
        case .wrongPassphrase: "wrong passphrase, or a damaged key file"
        case .checksum: "the secret key is damaged: its checksum does not fit; restore it from a copy"
        case .mismatchedHalves:
            "the secret key is damaged: its halves do not belong together; restore it from a copy"
        case .passphraseNeeded: "the key needs its passphrase"
        case .passphraseTooLong(let limit): "a passphrase may have \(limit) bytes at most"
        case .passphraseContainsNUL: "a passphrase may not contain a NUL"
        case .outOfMemory(let limits):
            "not enough memory to unlock the key: \(Amounts.bytes(Int64(clamping: limits.memory))) are needed"
        case .noSecretMemory: "no locked memory to be had for the key; see `ulimit -l`"
        case .commentTooLong(let length, let limit): "a comment of \(length) bytes, the limit is \(limit)"
        case .commentNotPrintable: "a comment with control characters or no UTF-8"
        case .otherKey(let signature, let key): "signed by the key \(signature), not by \(key)"
        case .legacySignature:
            "a signature of minisign's old kind, over the whole file; sign again with a newer minisign"
        case .badSignature: "the signature does not fit: the bytes are not those that were signed"
        case .badCommentSignature: "the trusted comment is not the one that was signed"
        }
    }

    private static func text(_ problem: CryptoError.LineProblem) -> String {
        switch problem {
        case .missing: "missing"
        case .tooLong(let limit): "longer than \(limit) bytes"
        case .badPrefix(let expected): "does not begin with \(quoted(expected))"
        case .notPrintable: "has control characters or is no UTF-8"
        }
    }

    private static func name(_ file: CryptoError.File) -> String {
        switch file {
        case .publicKey: "public key file"
        case .secretKey: "secret key file"
        case .signature: "signature file"
        }
    }

    private static func name(_ structure: CryptoError.Structure) -> String {
        switch structure {
        case .publicKey: "public key"
        case .secretKey: "secret key"
        case .signature: "signature"
        case .globalSignature: "signature of the trusted comment"
        }
    }
}
