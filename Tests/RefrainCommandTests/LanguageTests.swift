// A repeated paragraph with a few edits is found in any language, and unrelated paragraphs are not.

import Foundation
import TestSupport
import Testing

/// Paragraphs of one language: one and its edited twin, and others that have nothing in common.
struct LanguageSample: CustomTestStringConvertible, Sendable {
  var language: String
  var original: String
  var edited: String
  var others: [String]

  var testDescription: String { language }

  static let all = [
    LanguageSample(
      language: "Russian",
      original: """
        Городской музей объявил, что весной откроет новую выставку старинных часов, собранных \
        часовщиком Орловым за сорок лет работы в порту.
        """,
      edited: """
        Весной городской музей откроет выставку старинных часов, собранных часовщиком Орловым за \
        сорок лет работы в северном порту.
        """,
      others: [
        "Урожай яблок в этом году оказался хуже прежнего из-за поздних заморозков.",
        "Мост через реку закрыли на ремонт, и паромы теперь ходят каждые двадцать минут.",
        "Школьники посадили вдоль дороги триста молодых лип и пообещали их поливать.",
      ]),
    LanguageSample(
      language: "Portuguese",
      original: """
        A câmara municipal anunciou que a antiga estação ferroviária será transformada numa \
        biblioteca pública com jardim e oficina de encadernação até ao outono.
        """,
      edited: """
        Até ao outono, a antiga estação ferroviária será transformada numa grande biblioteca \
        pública com jardim e oficina de encadernação, disse a vereadora.
        """,
      others: [
        "Os pescadores voltaram mais cedo porque o vento mudou durante a madrugada.",
        "Uma padaria da vila passou a vender pão feito com farinha de castanha.",
        "O coro juvenil ensaia às quintas e procura novas vozes graves.",
      ]),
    LanguageSample(
      language: "Arabic",
      original: """
        أعلنت بلدية المدينة أن السوق القديم سيغلق ثلاثة أشهر لترميم سقفه الخشبي وتجديد قنوات \
        المياه تحت الدكاكين.
        """,
      edited: """
        سيغلق السوق القديم ثلاثة أشهر لترميم سقفه الخشبي الجميل وتجديد قنوات المياه تحت \
        الدكاكين، كما قالت البلدية.
        """,
      others: [
        "فازت فرقة الموسيقى بالجائزة الأولى بعد عرض طويل في العاصمة.",
        "يزرع الفلاحون القمح قبل موسم الأمطار بأسبوعين على الأقل.",
        "افتتحت الجامعة مكتبة رقمية تضم آلاف المخطوطات النادرة.",
      ]),
    LanguageSample(
      language: "Chinese",
      original: "市政府宣布,老火车站将在秋天之前改建成公共图书馆,并附设花园和修书工坊。",
      edited: "市政府昨天宣布,老火车站将在秋天之前改建成大型公共图书馆,附设花园和修书工坊。",
      others: [
        "今年的苹果收成不好,因为四月下了一场大雪。", "渔民们提早回港,夜里风向忽然变了。",
        "学生沿着河边种下三百棵柳树。",
      ]),
    LanguageSample(
      language: "Thai",
      original: "เทศบาลประกาศว่าสถานีรถไฟเก่าจะถูกปรับปรุงเป็นห้องสมุดสาธารณะพร้อมสวนก่อนฤดูฝน",
      edited: "เมื่อวานเทศบาลประกาศว่าสถานีรถไฟเก่าจะปรับปรุงเป็นห้องสมุดสาธารณะพร้อมสวนดอกไม้ก่อนฤดูฝน",
      others: [
        "ชาวประมงกลับเข้าฝั่งเร็วเพราะลมเปลี่ยนทิศ", "นักเรียนปลูกต้นไม้สามร้อยต้นริมแม่น้ำ",
        "ร้านขนมปังในหมู่บ้านเริ่มขายขนมที่ทำจากแป้งถั่ว",
      ]),
  ]
}

struct LanguageTests {
  /// Asserts that the pair is found, first, and no other paragraph is.
  private func expectPair(
    _ report: CheckReport, _ sample: LanguageSample, at location: SourceLocation = #_sourceLocation
  ) {
    let first = report.findings.first
    #expect(first?.occurrences.count == 2, sourceLocation: location)
    for occurrence in report.findings.flatMap(\.occurrences) {
      let isOther = sample.others.contains { other in
        occurrence.text.contains(other.prefix(12)) || other.contains(occurrence.text)
      }
      #expect(!isOther, "\(occurrence.text)", sourceLocation: location)
    }
  }

  @Test(arguments: LanguageSample.all)
  func anEditedParagraphIsFoundInOneText(sample: LanguageSample) throws {
    let folder = try ScratchFolder()
    let others = sample.others
    try folder.write(
      "a.txt",
      [others[0], sample.original, others[1], sample.edited, others[2]].joined(separator: "\n\n"))
    let report = try folder.check("a.txt", status: 1)
    expectPair(report, sample)
    #expect(report.findings.first?.lines == [3, 7])
    #expect(report.findings.count == 1)
    try folder.checkPlaces(report)
    try folder.write("b.txt", (others + [sample.original]).joined(separator: "\n\n"))
    #expect(try folder.check("b.txt", status: 0).findings.isEmpty)
  }

  @Test(arguments: LanguageSample.all)
  func aCopiedParagraphIsFoundInAnotherText(sample: LanguageSample) throws {
    let folder = try ScratchFolder()
    let others = sample.others
    try folder.write("a.txt", [others[0], sample.original, others[1]].joined(separator: "\n\n"))
    try folder.write("b.txt", [others[2], sample.original].joined(separator: "\n\n"))
    try folder.write("c.txt", others[2].uppercased())
    let report = try folder.check("a.txt", "b.txt", status: 1)
    expectPair(report, sample)
    #expect(report.findings.first?.paths == ["a.txt", "b.txt"])
  }

  /// Scripts and encodings of one word are one word: the copy may be typed another way.
  @Test func spellingsOfOneText() throws {
    let folder = try ScratchFolder()
    let text = LanguageSample.all[1].original
    let others = LanguageSample.all[1].others
    try folder.write(
      "a.txt",
      others[0] + others[1] + "\n\n" + text.precomposedStringWithCanonicalMapping)
    try folder.write(
      "b.txt", others[2] + "\n\n" + text.decomposedStringWithCanonicalMapping.uppercased())
    let report = try folder.check(".", status: 1)
    #expect(report.kinds == ["exact-repeat"])
    #expect(report.findings.first?.similarity == 1)
  }
}
