// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardCrypto

/// Made with minisign 0.11; the keys are for tests and guard nothing.
enum Vectors {
    static let message = Array("to each according to need\n".utf8)
    static let publicBase64 = "RWQcvGBKw+vy44PS8aBYM1Fq+/3ieFt/yNQM8X4UmLI0gsiFEVJbyCcU"
    static let publicFile = """
        untrusted comment: minisign public key E3F2EBC34A60BC1C
        RWQcvGBKw+vy44PS8aBYM1Fq+/3ieFt/yNQM8X4UmLI0gsiFEVJbyCcU

        """
    static let otherBase64 = "RWT1GOOgqMDUnWhBXqqzxzDieSwj7P+mzQdUTMpvkUPNdU2R64eiLuQz"
    /// Of `publicFile`; the checksum is all zeros.
    static let secretFile = """
        untrusted comment: minisign encrypted secret key
        RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAHLxgSsPr8uM7y181up1ldC0IQcHrNvi7NZ39QvK/jsL8n59Kj6mAHIPS8aBYM1Fq+/3ieFt/yNQM8X4UmLI0gsiFEVJbyCcUAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=

        """
    static let prehashed = """
        untrusted comment: signature from minisign secret key
        RUQcvGBKw+vy47xa5BP7rlDZjbBZQ8OZEOUsX8snYoBZyob6BHy+FRA7QwAh6okzgSKpfTREwJbyHiSh10++A7MNExtxK4vDlwM=
        trusted comment: héllo\t€ 🌱
        zxFNFEuYuyBgsO3gLUmukqlZ9i3O2hbghbkmBCIgTglbuIhSPZOL5rEbbiTuHwVRg5WXrr8goORzbOFshkhcAQ==

        """
    static let legacy = """
        untrusted comment: signature from minisign secret key
        RWQcvGBKw+vy47NDh/6hHErmiFy9F/QIE6rSscvtrjTbY+jtmfQrDFFd2rQN3JaEX+Qp5k/vNtXfrVWtgyzKt1rO2yTAfI5NTQ0=
        trusted comment: legacy
        r4PqFOTK5h4kVlg2Re9LS6Oajh4lHrMzCDZYI8TRfCVf3Hq5cIxJ5n7bgyCRjMvt7IoptWqNSQqe9nqqY293Bw==

        """
}

func secret(_ text: String) throws -> SecretBytes { try secret(Array(text.utf8)) }

func secret(_ bytes: [UInt8]) throws -> SecretBytes { try bytes.withUnsafeBytes { try SecretBytes($0) } }

func passphrase(_ text: String) throws -> Passphrase { try Passphrase(secret(text)) }

/// The secret as ordinary bytes, which only tests may want.
func reveal(_ secret: SecretBytes) -> [UInt8] { secret.withBytes { Array($0) } }

func makeKey(_ number: UInt8 = 7) throws -> SecretKey {
    guard let id = KeyID([number, 0, 0, 0, 0, 0, 0, number]) else { fatalError("eight bytes") }
    return try SecretKey(id: id, seed: secret([UInt8](repeating: number, count: 32)))
}
