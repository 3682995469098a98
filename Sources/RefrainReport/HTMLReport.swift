// stub

package import RefrainModel

package enum HTMLReport {
  package static func report(_ result: CheckResult, version: String) -> [UInt8] { [] }
}
