// Package.swift read from top to bottom is the pipeline: a module imports only modules above it,
// and only those that it declares. Read from the sources as text; no module is built for it.

import Foundation
import Testing

struct ImportOrderTests {
  /// One target of Package.swift.
  private struct Target {
    var name: String
    /// Targets of this package.
    var dependencies: [String]
    /// Products of other packages.
    var products: [String]
    var isCode: Bool
  }

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// What comes with the toolchain.
  private static let system: Set<String> = [
    "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Swift", "Synchronization",
    "_FoundationICU",
  ]

  /// The targets of the pipeline in the order in which they stand.
  private func targets() throws -> [Target] {
    let url = Self.root.appendingPathComponent("Package.swift")
    let package = try String(contentsOf: url, encoding: .utf8)
    let starts = package.matches(of: /\.(target|executableTarget|systemLibrary)\(\s*name: "(\w+)"/)
    return starts.indices.map { index in
      let end = index + 1 < starts.count ? starts[index + 1].range.lowerBound : package.endIndex
      var body = package[starts[index].range.upperBound..<end]
      // Test targets, which follow, are no part of it.
      if let test = body.firstRange(of: ".testTarget(") { body = body[..<test.lowerBound] }
      let list = body.firstMatch(of: /dependencies: \[([^\]]*)\]/)?.output.1 ?? ""
      let products = list.matches(of: /\.product\(name: "(\w+)", package: "[^"]+"\)/)
      let own = list.replacing(/\.product\([^)]*\)/, with: "").matches(of: /"(\w+)"/)
      return Target(
        name: String(starts[index].output.2), dependencies: own.map { String($0.output.1) },
        products: products.map { String($0.output.1) }, isCode: !body.contains("path: \"Tests"))
    }
  }

  /// The modules that a target's Swift sources import.
  private func imports(_ target: String) throws -> Set<String> {
    let folder = Self.root.appendingPathComponent("Sources/\(target)")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var found: Set<String> = []
    for case let file as URL in try #require(files) where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for line in text.split(separator: "\n") {
        let pattern =
          #/
          \s* (?:@\w+\ )? (?:(?:public|package|internal|private)\ )?
          import\ (?:(?:struct|enum|func)\ )? (\w+) .*
          /#
        if let match = line.wholeMatch(of: pattern) { found.insert(String(match.output.1)) }
      }
    }
    return found
  }

  @Test func aModuleImportsOnlyModulesAboveIt() throws {
    let targets = try targets().filter(\.isCode)
    #expect(targets.count > 12)
    #expect(try imports("RefrainText").isSuperset(of: ["CKernels", "RefrainModel"]))
    #expect(try imports("RefrainCommand").isSuperset(of: ["ArgumentParser", "RefrainJobs"]))
    var above: Set<String> = []
    for target in targets {
      for dependency in target.dependencies {
        #expect(above.contains(dependency), "\(target.name) depends on \(dependency) below it")
      }
      for module in try imports(target.name).subtracting(Self.system) {
        let isDeclared = target.dependencies.contains(module) || target.products.contains(module)
        #expect(isDeclared, "\(target.name) does not declare \(module)")
      }
      above.insert(target.name)
    }
  }

  @Test func theModelNeedsNeitherFoundationNorC() throws {
    let model = try #require(try targets().first { $0.name == "RefrainModel" })
    #expect(model.dependencies.isEmpty)
    #expect(try imports("RefrainModel").isSubset(of: ["Dispatch", "Glibc", "Synchronization"]))
  }

  /// Only the executable prints, and Foundation, which is slow to load, stays out of the pipeline.
  @Test func onlyTheCommandPrints() throws {
    for target in try targets().filter(\.isCode) where target.name.hasPrefix("Refrain") {
      #expect(try !imports(target.name).contains("Foundation"), "\(target.name)")
      if target.name == "RefrainCommand" { continue }
      let folder = Self.root.appendingPathComponent("Sources/\(target.name)")
      let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
      for case let file as URL in try #require(files) where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.firstMatch(of: /(?m)^\s*(debug)?[pP]rint\(/) == nil, "\(file.path)")
      }
    }
  }

  /// Files open with what they are for, and there are neither force unwraps nor very long files.
  @Test func everyFileSaysWhatItIsFor() throws {
    for folder in ["Sources", "Tests"] {
      let files = FileManager.default.enumerator(
        at: Self.root.appendingPathComponent(folder), includingPropertiesForKeys: nil)
      for case let file as URL in try #require(files) where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.hasPrefix("// "), "\(file.path) does not open with its purpose")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
        #expect(lines <= 350, "\(file.path) has \(lines) lines")
      }
    }
  }
}
