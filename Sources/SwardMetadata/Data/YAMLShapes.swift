// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

internal import SwardJSON

extension DataFormats {
    /// YAML files that are told by what they hold, as the same descriptors are written in it.
    static let yamlByShape = MetadataFormat(
        name: "yaml", extensions: ["yaml", "yml"],
        applies: { isUnclaimed($0) && PackageFormats.mentionsTerms($0) },
        read: { file in
            let bytes = file.bytes
            // Only a key at the margin, or an API's, makes a file worth its parsing.
            guard
                bytes.find("\nlicen") != nil || bytes.find("openapi") != nil || bytes.find("swagger") != nil
                    || bytes.find("asyncapi") != nil || bytes.find("rightslist") != nil
                    || bytes.starts(with: "licen".utf8)
            else { return nil }
            guard let root = PackageFormats.yaml(bytes, file), root.isMap, let shape = Shape(root, file)
            else { return nil }
            var manifest = Manifest(shape.name, bytes: bytes, limits: file.limits, descriptors)
            shape.read(root, root, &manifest)
            let found = manifest.document()
            return found.findings.isEmpty ? nil : found
        })
}
