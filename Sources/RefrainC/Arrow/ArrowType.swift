// The types of columns that are read, by their format strings, and where in a schema they stand.

import CRefrain

/// How the strings of a column lie in memory.
enum StringLayout: Sendable {
  /// `u`: offsets of 32 bits.
  case offsets32
  /// `U`: offsets of 64 bits.
  case offsets64
  /// `vu`: views of 16 bytes.
  case views

  init?(format: String) {
    switch format {
    case "u": self = .offsets32
    case "U": self = .offsets64
    case "vu": self = .views
    default: return nil
    }
  }
}

/// How the whole numbers of a column lie in memory.
struct IntegerLayout: Sendable {
  let width: Int
  let isSigned: Bool

  /// Signed bytes.
  static let bytes = IntegerLayout(width: 1, isSigned: true)

  private init(width: Int, isSigned: Bool) {
    self.width = width
    self.isSigned = isSigned
  }

  init?(format: String) {
    switch format {
    case "c": (width, isSigned) = (1, true)
    case "C": (width, isSigned) = (1, false)
    case "s": (width, isSigned) = (2, true)
    case "S": (width, isSigned) = (2, false)
    case "i": (width, isSigned) = (4, true)
    case "I": (width, isSigned) = (4, false)
    case "l": (width, isSigned) = (8, true)
    case "L": (width, isSigned) = (8, false)
    default: return nil
    }
  }

  /// That of dates and times, which are numbers of days, seconds and so on.
  init?(timeFormat format: String) {
    if ["tdD", "tts", "ttm"].contains(format) {
      self.init(format: "i")
    } else if ["tdm", "ttu", "ttn"].contains(format) || format.hasPrefix("ts") {
      self.init(format: "l")
    } else {
      return nil
    }
  }
}

/// What the values of a column are.
enum ColumnType: Sendable {
  case strings(StringLayout)
  case dictionary(IntegerLayout, StringLayout)
  case integers(IntegerLayout)
  case floats
  case doubles

  /// The type of a schema; nil for one that is not read.
  init?(_ schema: ArrowSchema) {
    guard let format = schema.format.flatMap({ String(validatingCString: $0) }) else { return nil }
    if let dictionary = schema.dictionary {
      guard let indices = IntegerLayout(format: format),
        let values = dictionary.pointee.format.flatMap({ String(validatingCString: $0) }),
        dictionary.pointee.dictionary == nil, let strings = StringLayout(format: values)
      else { return nil }
      self = .dictionary(indices, strings)
    } else if let strings = StringLayout(format: format) {
      self = .strings(strings)
    } else if let integers = IntegerLayout(format: format) ?? IntegerLayout(timeFormat: format) {
      self = .integers(integers)
    } else if format == "f" {
      self = .floats
    } else if format == "g" {
      self = .doubles
    } else {
      return nil
    }
  }

  var holdsText: Bool {
    switch self {
    case .strings, .dictionary: true
    case .integers, .floats, .doubles: false
    }
  }
}

/// Which column of a schema holds what.
struct ColumnChoice: Sendable {
  /// nil for a bare array, which is the column itself.
  private(set) var text: Int?
  let textType: ColumnType
  private(set) var policy: (index: Int, type: ColumnType)?
  /// How many columns there are.
  let columns: Int

  /// A bare array of strings with offsets of 64 bits.
  static let strings = ColumnChoice(
    text: nil, textType: .strings(.offsets64), policy: nil, columns: 0)

  private init(
    text: Int?, textType: ColumnType, policy: (index: Int, type: ColumnType)?, columns: Int
  ) {
    (self.text, self.textType, self.policy, self.columns) = (text, textType, policy, columns)
  }

  /// Finds the columns of these names.
  ///
  /// - Throws: where there is none, or one that holds something else.
  init(_ schema: ArrowSchema, text: String?, policy: String?) throws(Failure) {
    let format = schema.format.flatMap { String(validatingCString: $0) } ?? ""
    guard format == "+s" else {
      guard let type = ColumnType(schema), type.holdsText else {
        throw .arrow("the array has the Arrow type \"\(format)\", and holds no strings")
      }
      guard policy == nil else { throw .arrow("a bare array has no column \"\(policy ?? "")\"") }
      (textType, columns) = (type, 0)
      return
    }
    guard (0...1 << 20).contains(schema.n_children),
      schema.n_children == 0 || schema.children != nil
    else { throw .arrow("the schema has \(schema.n_children) columns") }
    columns = Int(schema.n_children)
    var all: [(name: String, schema: ArrowSchema)] = []
    for index in 0..<columns {
      guard let child = schema.children[index] else { throw .arrow("column \(index) is NULL") }
      all.append((child.pointee.name.map { String(cString: $0) } ?? "", child.pointee))
    }
    func find(_ name: String) throws(Failure) -> Int {
      if let index = all.firstIndex(where: { $0.name == name }) { return index }
      let names = all.prefix(12).map(\.name).joined(separator: ", ")
      throw .arrow("no column \"\(name)\"; columns are: \(names)\(all.count > 12 ? ", ..." : "")")
    }
    let index: Int
    if let text {
      index = try find(text)
    } else {
      let texts = all.indices.filter { ColumnType(all[$0].schema)?.holdsText == true }
      guard texts.count == 1 else {
        throw .arrow("\(texts.count) columns hold strings; say which one is meant")
      }
      index = texts[0]
    }
    guard let type = ColumnType(all[index].schema), type.holdsText else {
      let format = all[index].schema.format.map { String(cString: $0) } ?? ""
      throw .arrow(
        "column \"\(all[index].name)\" has the Arrow type \"\(format)\", and holds no strings")
    }
    self.text = index
    textType = type
    if let policy {
      let index = try find(policy)
      guard let type = ColumnType(all[index].schema) else {
        throw .arrow("column \"\(policy)\" holds neither numbers nor times nor strings")
      }
      self.policy = (index, type)
    }
  }
}
