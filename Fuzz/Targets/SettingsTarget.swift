// refrain.toml: lines as people count them, and settings that are the same when they are listed and
// read again.

import RefrainJobs
import RefrainModel

enum SettingsTarget {
  private static let file = ScratchFile(named: "refrain.toml")

  static func run(_ bytes: [UInt8]) {
    let lines = bytes.count { $0 == 0x0A } + 1
    do {
      check(try TOMLDocument.parse(bytes, path: "fuzz"), lines)
    } catch .badFile(_, let line, let cause) {
      require((1...lines).contains(line), "the line of the error is one of the file: \(line)")
      require(!cause.isEmpty, "an error has a cause")
    } catch .notUTF8 {
      require(String(validating: bytes, as: UTF8.self) == nil, "valid UTF-8 is refused")
    } catch .notText {
      require(isUTF16(bytes), "text is taken for another encoding")
    } catch {
      fatalError("an error without a cause in the bytes: \(error)")
    }
    guard let listing = listing(of: bytes, lines) else { return }
    require(self.listing(of: Array(listing.utf8), .max) == listing, "a listing is what it lists")
  }

  /// The settings of a file as a settings file, without where they are from; nil where the file is
  /// refused.
  private static func listing(of bytes: [UInt8], _ lines: Int) -> String? {
    file.write(bytes)
    do {
      var configuration = try Configuration(source: .file(file.path))
      let options = try configuration.run()
      _ = try configuration.options(for: file.path)
      _ = try CheckPlan(configuration)
      var plain = RawOptions()
      for (option, setting) in options.settings { plain.set(option, setting.value, from: .builtIn) }
      return plain.listing
    } catch .badFile(_, let line, _) {
      require((1...lines).contains(line), "the line of the error is one of the file: \(line)")
      return nil
    } catch .notUTF8 {
      return nil
    } catch {
      fatalError("an error without a cause in the bytes: \(error)")
    }
  }

  private static func check(_ members: [TOMLMember], _ lines: Int) {
    var last = 0
    for member in members {
      require((1...lines).contains(member.line), "a key's line is one of the file")
      require(member.line >= last, "keys are in the file's order")
      last = member.line
      check(member.value, lines)
    }
  }

  private static func check(_ value: TOMLValue, _ lines: Int) {
    switch value {
    case .table(let members): check(members, lines)
    case .array(let entries):
      for entry in entries {
        require((1...lines).contains(entry.line), "a value's line is one of the file")
        check(entry.value, lines)
      }
    default: break
    }
  }
}
