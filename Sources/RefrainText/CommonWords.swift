// How common the common words of English are, for texts too small to tell by themselves.

import CXXHash

/// A built-in table of common English stems and how much each says, in whole bits: what a text too
/// short for statistics falls back on.
///
/// Words of other languages, names, numbers and everything rare are not in it.
///
/// Levels follow the frequency ranks of general English news prose: every level is about twice as
/// rare as the one before.
package enum CommonWords {
  /// The level of a stem by its hash; nil for stems that are not common.
  package static func level(ofStem hash: UInt64) -> Int? {
    let table = levels
    return table.stems.number(of: hash).map { Int(table.levels[$0]) }
  }

  /// Calls `body` with the hash of each stem of the table and its level.
  package static func forEachStem(_ body: (UInt64, Int) -> Void) {
    levels.stems.forEach { hash, number in body(hash, Int(levels.levels[number])) }
  }

  private static let levels: (stems: HashNumbers, levels: [UInt8]) = {
    var numbers = HashNumbers(capacity: 600)
    var levels: [UInt8] = []
    for (level, stems) in stemsByLevel {
      for stem in stems.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        var text = String(stem)
        // SAFETY: the bytes of the stem outlive the call.
        let hash = text.withUTF8 { refrain_xxh3_64($0.baseAddress, $0.count) }
        if numbers.insert(hash).isNew { levels.append(level) }
      }
    }
    return (numbers, levels)
  }()

  private static let stemsByLevel: [(level: UInt8, stems: String)] = [
    (
      1,
      """
      the to
      """
    ),
    (
      2,
      """
      a and in of
      """
    ),
    (
      3,
      """
      be for is it on that with
      """
    ),
    (
      4,
      """
      about an are as at but by from has hav he not or said this was will you
      """
    ),
    (
      5,
      """
      all also any been can get had i if includ its mor new no one other som stat than their
      ther they tim two up we wer when which who would year
      """
    ),
    (
      6,
      """
      add after bas becaus befor call chang com company could current day do end first follow
      government group help her his how information into just last lik mad mak may month most
      need now official out over peopl plan report s say see servic set should so start such
      support system tak test them thes thre under unit us use used want well what wher whil
      work world your
      """
    ),
    (
      7,
      """
      action against allow american another area around ask availabl back bank begin being
      believ between board both build c car cas caus city clear clos complet computer consider
      continu control cost country creat data did doe don't down dur each even expect far
      federal fil find fiv forc found four general giv go going good high hom hous however
      increas interest international issu job key know law lead level lin list local long look
      many meet member mov much must my nam national next non number off offer open operation
      order our own part pay per plac play point policy position post power president problem
      process product program provid public put question rat real receiv remain requir result
      return right rul run sam second security several she show sign sinc sourc statement still
      stop talk then think thos through today told try u using valu very way week whether
      without writ
      """
    ),
    (
      8,
      """
      abl abov accept access accord account act activity address administration advanc affect
      again agency ago agreement air along already although alway am appear application arm
      articl attack attempt authority b becom best better bill body book break bring british
      business buy cam can't canada cannot certain charg check chief child children claim class
      cod comment commission common community concern condition confirm contain cours court cut
      d damag dat david deal death december decid decision department describ design detail
      determin develop development different direct director diseas doesn't don dr driv drop
      drug due e ear earlier east economic economy effect effectiv effort eight enough enter
      environment event every evidenc exampl executiv exist fac fact fail fall fami feel few
      figur final fir food foreign form former fre full fund further futur gam given got great
      half hand happen hard head health held him hold hop hour human i'm import important improv
      individual industrial industry instead involv j john keep kill known land larg lat later
      leader learn least left less lif light like limit littl liv lot low m main major man
      management march mark market match me mean measur might million minister money nation near
      net network never north offic officer old operat option original output p particular party
      pass past period person plant polic political possibl present press prevent previous pric
      privat probab produc project property protect quot rais rang rather reach read recent
      record reduc relat releas remov represent request research resourc respons risk sal sav
      seem seen send serious sery seven shar short sid singl situation six small south spac
      special standard step stor strik strong study subject suggest sur taken target tax team
      technology tell term thing third though too took top total trad train tru turn typ
      understand union university until user version view vot war washington west whit win
      window within women word worker yesterday yet york
      """
    ),
  ]
}
