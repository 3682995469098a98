// Values of options and how they are read, from TOML and from the words of a command line.

import RefrainMatch
import RefrainModel
import RefrainReport

/// The value of an option, valid by itself.
package enum OptionValue: Hashable, Sendable {
  case integer(Int)
  case text(String)
  case list([String])
  case flag(Bool)

  /// As it is typed on a command line.
  package var plainText: String {
    switch self {
    case .integer(let number): String(number)
    case .text(let text): text
    case .list(let items): items.joined(separator: " ")
    case .flag(let isOn): isOn ? "true" : "false"
    }
  }

  /// As it stands in refrain.toml and, since these values are written alike there, in JSON.
  package var literal: String {
    switch self {
    case .integer, .flag: return plainText
    case .text(let text): return Self.quoted(text)
    case .list(let items): return "[" + items.map(Self.quoted).joined(separator: ", ") + "]"
    }
  }

  private static func quoted(_ text: String) -> String {
    var json = JSONText()
    json.string(text)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

/// What values an option takes.
package enum OptionKind: Hashable, Sendable {
  case choice([String])
  /// Some of these names.
  case choices([String])
  /// Forms of the result by these names, each with `=FILE` behind it or alone.
  case reports([String])
  case integer(ClosedRange<Int>)
  /// A decimal above 0 and at most 1, kept as it is written, for it is compared exactly.
  case share
  /// A decimal between 0 and 1, neither of them.
  case probability
  /// A number of bytes, such as 512M.
  case size
  /// Who of several duplicates is kept.
  case policy
  /// Where places in a report lead.
  case link
  /// The name of a field.
  case name
  /// A file; relative to the folder of the settings file that names it.
  case path
  case paths
  /// Patterns as in `.gitignore`, relative to the folder of the settings file, or the working folder.
  case patterns
  /// `PATTERN=NAME`, where an extension alone is a pattern, too, and the names are these.
  case formats([String])
  case flag

  /// The names that it takes; empty where it takes anything else.
  package var names: [String] {
    switch self {
    case .choice(let names), .choices(let names), .reports(let names), .formats(let names): names
    default: []
    }
  }

  /// What the option takes, for messages.
  package var expectation: String {
    switch self {
    case .choice(let names):
      names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    case .choices(let names): "some of " + names.joined(separator: ", ")
    case .reports(let names):
      names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "") + ", or NAME=FILE"
    case .integer(let range) where range.upperBound == 1_000_000: "\(range.lowerBound) or more"
    case .integer(let range): "between \(range.lowerBound) and \(range.upperBound)"
    case .share: "a decimal above 0 and at most 1"
    case .probability: "between 0 and 1"
    case .size: "a size such as 512M or 4G"
    case .policy: KeepPolicy.forms
    case .link: LinkTemplate.expectation
    case .name, .path: "a name"
    case .paths: "a list of names"
    case .patterns: "a list of patterns"
    case .formats(let names):
      "PATTERN=FORMAT, where FORMAT is " + names.dropLast().joined(separator: ", ") + " or "
        + (names.last ?? "")
    case .flag: "true or false"
    }
  }

  /// A value as typed, on a command line or in the environment; nil where it is none.
  ///
  /// Paths are separated by colons, as in PATH, names by commas.
  package func value(typed text: String) -> OptionValue? {
    switch self {
    case .choice(let names): names.contains(text) ? .text(text) : nil
    case .choices, .reports, .formats: list(Self.parts(text))
    case .patterns: .list(Self.parts(text))
    case .integer(let range):
      Int(text).flatMap { range.contains($0) ? .integer($0) : nil }
    case .share: Threshold(decimal: text) == nil ? nil : .text(text)
    case .probability: Double(text).flatMap { $0 > 0 && $0 < 1 ? .text(text) : nil }
    case .size: ByteCount(text) == nil ? nil : .text(text)
    case .policy: KeepPolicy(text) == nil ? nil : .text(text)
    case .link: LinkTemplate(text) == nil ? nil : .text(text)
    case .name, .path: text.isEmpty ? nil : .text(text)
    case .paths: .list(text.split(separator: ":").map(String.init))
    case .flag:
      switch text.lowercased() {
      case "1", "true", "yes", "on": .flag(true)
      case "0", "false", "no", "off", "": .flag(false)
      default: nil
      }
    }
  }

  /// Why a value as typed is none, for messages.
  package func fault(typed text: String) -> String {
    let part = isList ? Self.parts(text).first { !allows($0) } ?? text : text
    let wrong = part.isEmpty ? text : part
    return "\(wrong.isEmpty ? "\"\"" : wrong) is not \(itemExpectation)\(hint(wrong))"
  }

  /// What each item of a list is, for messages; of other options what they take.
  private var itemExpectation: String {
    switch self {
    case .choices(let names): OptionKind.choice(names).expectation
    case .paths, .patterns: "a string"
    default: expectation
    }
  }

  /// What somebody who wrote this may have meant, as the end of a message.
  private func hint(_ wrong: String) -> String {
    if case .formats = self {
      let name = Self.pattern(ofFormat: wrong)?.name ?? wrong
      return Suggestion.nearest(to: name, among: names).map { "; did you mean \($0)?" } ?? ""
    }
    let name = wrong.prefix { $0 != "=" }
    return Suggestion.nearest(to: String(name), among: names).map { "; did you mean \($0)?" } ?? ""
  }

  /// The parts of a list as typed; an empty one is kept, since somebody forgot something there.
  private static func parts(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  /// Whether it takes several names.
  private var isList: Bool {
    switch self {
    case .choices, .reports, .formats: true
    default: false
    }
  }

  private func list(_ items: [String]) -> OptionValue? {
    !items.isEmpty && items.allSatisfy(allows) ? .list(items) : nil
  }

  /// Whether a list may hold this item.
  ///
  /// `lines` is what `concise` was called first.
  private func allows(_ item: String) -> Bool {
    switch self {
    case .choices(let names): return names.contains(item)
    case .reports(let names):
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard names.contains(String(parts[0])) || parts[0] == "lines" else { return false }
      return parts.count == 1 || !parts[1].isEmpty
    case .formats(let names):
      return Self.pattern(ofFormat: item).map { names.contains($0.name) } ?? false
    default: return true
    }
  }

  /// The parts of `PATTERN=NAME`; nil where one is missing.
  static func pattern(ofFormat item: String) -> (pattern: String, name: String)? {
    guard let equals = item.lastIndex(of: "="), equals != item.startIndex else { return nil }
    let name = item[item.index(after: equals)...]
    return name.isEmpty ? nil : (String(item[..<equals]), String(name))
  }

  /// A table of settings, each key a pattern, as a list; nil where a value is no string.
  private func pairs(_ members: [TOMLMember]) -> [String]? {
    var items: [String] = []
    for member in members {
      guard case .string(let name) = member.value else { return nil }
      items.append("\(member.key)=\(name)")
    }
    return items
  }

  /// A value of a settings file, or the reason why it is none.
  func value(_ toml: TOMLValue) -> Result<OptionValue, OptionFault> {
    let value: OptionValue? =
      switch (self, toml) {
      case (.choice, .string(let text)), (.name, .string(let text)), (.path, .string(let text)),
        (.share, .string(let text)), (.probability, .string(let text)),
        (.size, .string(let text)), (.policy, .string(let text)), (.link, .string(let text)):
        self.value(typed: text)
      case (.share, .number(let number)), (.probability, .number(let number)):
        self.value(typed: "\(number)")
      case (.share, .integer(let number)): self.value(typed: "\(number)")
      case (.integer, .integer(let number)): self.value(typed: String(number))
      case (.flag, .boolean(let isOn)): .flag(isOn)
      case (.paths, .array(let entries)), (.patterns, .array(let entries)):
        strings(entries).map(OptionValue.list)
      case (.formats, .table(let members)): pairs(members).flatMap(list)
      case (.reports, .string(let text)): list([text])
      case (.reports, .array(let entries)), (.choices, .array(let entries)),
        (.formats, .array(let entries)):
        strings(entries).flatMap(list)
      default: nil
      }
    if let value { return .success(value) }
    // Of an array the element that is wrong is named, in its own line.
    if case .formats(let names) = self, case .table(let members) = toml {
      let wrong = members.first { member in
        if case .string(let name) = member.value { !names.contains(name) } else { true }
      }
      if let wrong {
        return .failure(
          fault(wrong.value, OptionKind.choice(names).expectation, line: wrong.line))
      }
    }
    if isList || self == .paths || self == .patterns, case .array(let entries) = toml {
      let wrong = entries.first { entry in
        if case .string(let text) = entry.value { !allows(text) } else { true }
      }
      if let wrong {
        return .failure(fault(wrong.value, itemExpectation, line: wrong.line))
      }
    }
    return .failure(fault(toml, tomlExpectation, line: nil))
  }

  private func fault(_ toml: TOMLValue, _ expectation: String, line: Int?) -> OptionFault {
    let shown: String
    var hint = ""
    switch toml {
    case .string(let text):
      shown = "\"\(text)\""
      hint = self.hint(text)
    case .integer(let number): shown = "\(number)"
    case .number(let number): shown = "\(number)"
    case .boolean(let isOn): shown = "\(isOn)"
    case .array(let entries) where entries.isEmpty: shown = "an empty array"
    default: shown = toml.kindName
    }
    return OptionFault(cause: "\(shown) is not \(expectation)\(hint)", line: line)
  }

  private func strings(_ entries: [TOMLEntry]) -> [String]? {
    var items: [String] = []
    for entry in entries {
      guard case .string(let text) = entry.value else { return nil }
      items.append(text)
    }
    return items
  }

  /// What the option takes, in the words of TOML.
  private var tomlExpectation: String {
    switch self {
    case .integer: "an integer, \(expectation)"
    case .name, .path: "a string"
    case .paths, .patterns: "an array of strings"
    case .formats(let names):
      "a table of patterns, each with " + OptionKind.choice(names).expectation
    case .choices: "an array of \(expectation)"
    default: expectation
    }
  }
}

/// Why a value is none.
struct OptionFault: Error, Hashable {
  var cause: String
  /// The line of what is wrong, where that may be another one than the key's.
  var line: Int?
}
