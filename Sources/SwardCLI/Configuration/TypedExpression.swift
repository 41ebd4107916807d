// SPDX-FileCopyrightText: 2026 The sward authors
// SPDX-License-Identifier: GPL-3.0-or-later

import SwardDetection
import SwardSPDX

/// Terms as a person types them, who may know a license by another name than the SPDX list.
enum TypedExpression {
    /// - Parameter isListed: Whether each name must be on the SPDX list, or a `LicenseRef-`.
    /// - Throws: ``Misfortune``, with what may have been meant.
    static func parse(_ text: String, isListed: Bool = false) throws -> LicenseExpression {
        let expression: LicenseExpression
        do {
            expression = try LicenseExpression.parse(text)
        } catch {
            throw Misfortune("\(Words.quoted(text)): \(Words.text(error))\(question(meant(text)))")
        }
        if isListed, let name = expression.unlisted.first { throw unlisted(name) }
        return expression
    }

    /// What is said of a name that the SPDX list does not have.
    static func unlisted(_ name: String) -> Misfortune {
        let near = LicenseList.suggestions(for: name)
        let advice = near.isEmpty ? "; a license of its own is named by LicenseRef-" : question(near)
        return Misfortune("\(Words.quoted(name)) is not on the SPDX list\(advice)")
    }

    /// "GPL v2" and "MIT License" are what registries and people write.
    private static func meant(_ text: String) -> [String] {
        guard let expression = LicenseNames.expression(forName: text)?.description else { return [] }
        let only = "-only"
        guard expression.hasSuffix(only), !expression.contains(" ") else { return [expression] }
        return [expression, expression.dropLast(only.count) + "-or-later"]
    }

    private static func question(_ names: [String]) -> String {
        names.isEmpty ? "" : "; did you mean \(names.joined(separator: " or "))?"
    }
}
