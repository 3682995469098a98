// Values from outside are checked once, here: what is out of range throws, and nothing traps.

package import RefrainModel

/// The width of n-grams.
package func validated(ngram: Int) throws(RefrainError) -> Int {
  guard (1...64).contains(ngram) else {
    throw .badSetting(name: "ngram", cause: "\(ngram) is not between 1 and 64")
  }
  return ngram
}

/// A threshold, to six digits.
package func validated(threshold: Double) throws(RefrainError) -> Threshold {
  let millionths = (threshold * 1_000_000).rounded()
  guard millionths >= 1, millionths <= 1_000_000,
    let exact = Threshold(Int(millionths), over: 1_000_000)
  else {
    throw .badSetting(name: "threshold", cause: "\(threshold) is not above 0 and at most 1")
  }
  return exact
}

/// The probability with which a pair at the threshold is proposed.
package func validated(recall: Double) throws(RefrainError) -> Double {
  guard recall > 0, recall < 1 else {
    throw .badSetting(name: "recall", cause: "\(recall) is not between 0 and 1")
  }
  return recall
}

/// A number of threads; as many as processors where nil.
package func validated(threads: Int?) throws(RefrainError) -> Int {
  guard let threads else { return Workers.processors }
  guard (1...1024).contains(threads) else {
    throw .badSetting(name: "threads", cause: "\(threads) is not between 1 and 1,024")
  }
  return threads
}
