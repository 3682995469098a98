// What went wrong, as a status, a row and one sentence: how errors cross the border.

import CRefrain
import RefrainModel

/// An error as a caller in C gets it.
struct Failure: Error, Sendable {
  var status: Int
  var message: String
  /// The row that it is about, from 0; -1 where it is about none.
  var row: Int64 = -1

  static func argument(_ message: String) -> Failure {
    Failure(status: REFRAIN_BAD_ARGUMENT, message: message)
  }

  static func arrow(_ message: String) -> Failure {
    Failure(status: REFRAIN_BAD_ARROW, message: message)
  }

  init(status: Int, message: String, row: Int64 = -1) {
    self.status = status
    self.message = message
    self.row = row
  }

  init(_ error: RefrainError) {
    switch error {
    case .badSetting: self.init(status: REFRAIN_BAD_SETTING, message: error.description)
    case .interrupted: self.init(status: REFRAIN_INTERRUPTED, message: error.description)
    default: self.init(status: REFRAIN_FAILED, message: error.description)
    }
  }

  /// Writes it for the caller, cut off between characters where it is too long.
  func write(to target: UnsafeMutablePointer<refrain_error>) {
    target.pointee.status = Int32(status)
    target.pointee.reserved = 0
    target.pointee.row = row
    withUnsafeMutableBytes(of: &target.pointee.message) { bytes in
      var text = message.utf8.prefix(bytes.count - 1)
      while !text.isEmpty, String(text) == nil { text.removeLast() }
      for (index, byte) in text.enumerated() { bytes[index] = byte == 0 ? 0x20 : byte }
      bytes[text.count] = 0
    }
  }
}

/// Runs what may fail, and tells the caller how it went.
func reporting(
  _ target: UnsafeMutablePointer<refrain_error>?, _ body: () throws(Failure) -> Void
) -> Int32 {
  do throws(Failure) {
    try body()
    return Int32(REFRAIN_OK)
  } catch {
    if let target { error.write(to: target) }
    return Int32(error.status)
  }
}

/// Runs a part of the engine: its errors become failures.
func engine<Result>(_ body: () throws(RefrainError) -> Result) throws(Failure) -> Result {
  do throws(RefrainError) {
    return try body()
  } catch {
    throw Failure(error)
  }
}

/// A pointer that the caller must give.
func required<Pointer>(_ pointer: Pointer?, _ name: String) throws(Failure) -> Pointer {
  guard let pointer else { throw .argument("\(name) is NULL") }
  return pointer
}

/// A string of the caller; nil where there is none.
///
/// - Throws: where it is no UTF-8.
func string(_ pointer: UnsafePointer<CChar>?, _ name: String) throws(Failure) -> String? {
  guard let pointer else { return nil }
  guard let text = String(validatingCString: pointer) else {
    throw .argument("\(name) is not UTF-8")
  }
  return text
}
