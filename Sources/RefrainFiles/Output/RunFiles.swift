// All that a run writes, checked before it reads anything: no output may be another one, nor an input.

package import RefrainModel

/// The outputs of a run by what they are, whatever they are called.
package struct RunFiles: Sendable {
  private var byIdentity: [FileIdentity: Output] = [:]

  private struct Output {
    var option: String
    var path: String
    /// Whether it is written in place: what it held can then be lost before the end.
    var isDirect = true
  }

  /// No outputs.
  package init() {}

  /// Outputs of which some may be the same, and which need not be writable: for telling inputs from them.
  package init(outputs: [String], option: String) {
    for path in outputs {
      guard let identity = FileIdentity(ofOutput: path) else { continue }
      if byIdentity[identity] == nil { byIdentity[identity] = Output(option: option, path: path) }
    }
  }

  /// Adds the output that an option names, and that holds records of a form.
  ///
  /// - Throws: `badSetting` where it is another output's, `unwritable` where it cannot be written.
  @discardableResult
  package mutating func add(
    _ option: String, _ path: String, holding form: RecordFormat? = nil
  ) throws(RefrainError) -> OutputPlace {
    let place = try OutputPlace(path, holding: form)
    try place.requireWritable()
    if let identity = place.identity {
      if let other = byIdentity.updateValue(
        Output(option: option, path: path, isDirect: place.kind != .file), forKey: identity)
      {
        let called = other.path == path ? path : "\(path) is \(other.path), which"
        throw .badSetting(
          name: option, cause: "\(called) is already the output of \(other.option)")
      }
    }
    return place
  }

  /// The output that a file to be read would be replaced by or appended to; nil where there is none.
  ///
  /// `-` is standard input.
  package func output(replacing input: String) -> (option: String, path: String)? {
    FileIdentity(ofInput: input).flatMap { byIdentity[$0] }.map { ($0.option, $0.path) }
  }

  package func contains(_ identity: FileIdentity) -> Bool { byIdentity[identity] != nil }

  /// Refuses an output that is an input.
  ///
  /// - Parameter replaced: the one output that may, where it is the same path.
  /// - Throws: `overwritesInput`.
  package func requireApart(
    from input: String, except replaced: String? = nil
  ) throws(RefrainError) {
    guard let output = FileIdentity(ofInput: input).flatMap({ byIdentity[$0] }) else { return }
    if let replaced, output.path == replaced, !output.isDirect, Self.isSamePath(input, replaced) {
      return
    }
    throw .overwritesInput(
      option: output.option, path: output.path == "-" ? "standard output" : output.path,
      input: input == InputOpener.standardInput ? InputOpener.standardInputName : input)
  }

  /// Whether two names lead to one place: a second name made with `ln` is another place.
  private static func isSamePath(_ a: String, _ b: String) -> Bool {
    guard a != InputOpener.standardInput, b != "-" else { return false }
    guard let x = try? UnsafePOSIX.realPath(Array(a.utf8)) else { return false }
    return x == (try? UnsafePOSIX.realPath(Array(b.utf8)))
  }
}
