// The JSON schema of refrain.toml, which editors check settings files with while they are typed.

import RefrainModel

/// Writes the schema from the table of options.
package enum ConfigurationSchema {
  /// A JSON Schema of draft 7, which is what editors of TOML read.
  package static var text: String {
    let all = members(CheckOption.allCases, indent: 4)
    let own = members(CheckOption.allCases.filter { $0.definition.reach == .file }, indent: 10)
    return """
      {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "refrain.toml",
        "description": "The settings of refrain check.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
      \(all),
          "\(ConfigurationFile.filesKey)": {
            "description": "Settings for some files only. If several tables match a file, the last one applies.",
            "type": "array",
            "items": {
              "type": "object",
              "additionalProperties": false,
              "required": ["\(ConfigurationFile.pathsKey)"],
              "properties": {
                "\(ConfigurationFile.pathsKey)": {
                  "description": "Patterns as in .gitignore, relative to the folder of this file.",
                  "type": "array",
                  "items": {"type": "string"},
                  "minItems": 1
                },
      \(own)
              }
            }
          }
        }
      }

      """
  }

  private static func members(_ options: [CheckOption], indent: Int) -> String {
    let space = String(repeating: " ", count: indent)
    return options.map { option in
      var lines = ["\"description\": \(OptionValue.text(option.definition.help).literal)"]
      lines += type(option.definition.kind)
      if let value = option.definition.defaultValue {
        lines.append("\"default\": \(value.literal)")
      }
      let body = lines.map { "\(space)  \($0)" }.joined(separator: ",\n")
      return "\(space)\"\(option.rawValue)\": {\n\(body)\n\(space)}"
    }.joined(separator: ",\n")
  }

  private static func pattern(_ names: [String]) -> String {
    "^(\(names.joined(separator: "|")))(=.+)?$"
  }

  private static func type(_ kind: OptionKind) -> [String] {
    switch kind {
    case .choice(let names): ["\"enum\": \(OptionValue.list(names).literal)"]
    case .choices(let names):
      [
        "\"type\": \"array\"", "\"minItems\": 1",
        "\"items\": {\"enum\": \(OptionValue.list(names).literal)}",
      ]
    case .reports(let names):
      [
        "\"type\": [\"string\", \"array\"]",
        "\"pattern\": \(OptionValue.text(Self.pattern(names)).literal)", "\"minItems\": 1",
        "\"items\": {\"pattern\": \(OptionValue.text(Self.pattern(names)).literal)}",
      ]
    case .integer(let range):
      [
        "\"type\": \"integer\"", "\"minimum\": \(range.lowerBound)",
        "\"maximum\": \(range.upperBound)",
      ]
    case .share:
      ["\"type\": [\"number\", \"string\"]", "\"exclusiveMinimum\": 0", "\"maximum\": 1"]
    case .probability:
      ["\"type\": [\"number\", \"string\"]", "\"exclusiveMinimum\": 0", "\"exclusiveMaximum\": 1"]
    case .name, .path, .size, .policy, .link: ["\"type\": \"string\"", "\"minLength\": 1"]
    case .paths, .patterns: ["\"type\": \"array\"", "\"items\": {\"type\": \"string\"}"]
    case .formats(let names):
      [
        "\"type\": [\"object\", \"array\"]",
        "\"additionalProperties\": {\"enum\": \(OptionValue.list(names).literal)}",
      ]
    case .flag: ["\"type\": \"boolean\""]
    }
  }
}
