// The tables of options: what they say holds by default is what the settings hold by default, and what
// they say is taken is taken.

import RefrainCorpus
import RefrainJobs
import RefrainModel
import Testing

struct OptionTableTests {
  @Test func theDefaultsOfTheTableAreThoseOfTheSettings() throws {
    let plan = try CorpusPlan(OptionSettings())
    let settings = CorpusSettings()
    #expect(plan.settings.threshold.value == settings.threshold.value)
    #expect(plan.settings.recall == settings.recall)
    #expect(plan.settings.plan == settings.plan)
    #expect(plan.settings.match == settings.match)
    #expect(plan.settings.exhaustive == settings.exhaustive)
    #expect(plan.settings.shingleWidth == settings.shingleWidth)
    #expect(plan.settings.textField == settings.textField)
    #expect(plan.settings.idField == settings.idField)
    #expect(plan.settings.onError == settings.onError)
    #expect(plan.settings.threads == settings.threads)
    #expect(plan.settings.memory == settings.memory)
    #expect(!plan.isQuiet && !plan.isVerbose && !plan.showsStatistics)
  }

  /// A value that each kind takes, and one that it does not.
  static let values: [(kind: OptionKind, taken: [String], refused: [String])] = [
    (.choice(["a", "b"]), ["a", "b"], ["", "c", "a,b"]),
    (.choices(["a", "b"]), ["a", "a,b"], ["", "c", "a,", "a,c"]),
    (.integer(2...4), ["2", "4"], ["1", "5", "x", ""]),
    (.share, ["1", "0.5", "0.8750"], ["0", "1.1", "-1", "x", ""]),
    (.probability, ["0.5", "0.999", "1e-3"], ["0", "1", "-1", "nan", "x", ""]),
    (.size, ["1", "512k", "512KB", "4G", "1T"], ["0", "-1", "G", "4X", "99999999999T", ""]),
    (
      .policy, ["first", "last", "longest", "newest:a", "oldest:a", "score:a", "priority:a=b,c"],
      ["least", "newest", "score", "priority:a"]
    ),
    (.name, ["a"], [""]), (.path, ["a"], [""]), (.flag, ["yes", "0"], ["maybe"]),
  ]

  @Test(arguments: values.indices)
  func aKindTakesWhatItSays(index: Int) {
    let (kind, taken, refused) = Self.values[index]
    for text in taken { #expect(kind.value(typed: text) != nil, "\(kind) \(text)") }
    for text in refused {
      #expect(kind.value(typed: text) == nil, "\(kind) \(text)")
      #expect(kind.fault(typed: text).contains(" is not "))
    }
  }

  @Test func everyDefaultIsAValueOfItsOption() {
    func check<Table: OptionTable>(_ table: Table.Type) {
      for option in Table.allCases {
        guard let value = option.definition.defaultValue else { continue }
        #expect(option.definition.kind.value(typed: value.plainText) == value, "\(option.rawValue)")
      }
    }
    check(CorpusOption.self)
    check(DeduplicationOption.self)
    check(PairListingOption.self)
  }

  @Test func optionsThatExcludeEachOther() {
    func plan(_ typed: KeyValuePairs<CorpusOption, String?>, exhaustive: Bool = false) throws {
      _ = try CorpusPlan(OptionSettings(typed: typed, flags: [.exhaustive: exhaustive]))
    }
    #expect(throws: RefrainError.self) { try plan([.bands: "4"]) }
    #expect(throws: RefrainError.self) { try plan([.bands: "64", .rows: "64"]) }
    #expect(throws: RefrainError.self) { try plan([.bands: "4", .rows: "4"], exhaustive: true) }
    #expect(throws: RefrainError.self) { try plan([.match: "words"], exhaustive: true) }
    #expect(throws: Never.self) { try plan([.bands: "4", .rows: "4"]) }
  }
}
