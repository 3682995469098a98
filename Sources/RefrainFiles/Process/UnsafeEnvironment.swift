// This process's environment as a whole: for the children that it is handed to, and for names that
// nobody asked for.

import Glibc

/// Reads the environment, which nothing in this program changes.
package enum UnsafeEnvironment {
  /// The entries, `NAME=VALUE` each, as C strings that live as long as the process.
  package static var entries: [UnsafeMutablePointer<CChar>] {
    // Found by name: as a global variable it is nothing that Swift lets threads share.
    guard let symbol = dlsym(nil, "environ") else { return [] }
    // SAFETY: `environ` is the C library's pointer to an array of strings that ends with nil; nothing
    // in this program changes the environment.
    var next = symbol.assumingMemoryBound(
      to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?.self
    ).pointee
    var entries: [UnsafeMutablePointer<CChar>] = []
    while let entry = next?.pointee {
      entries.append(entry)
      next = next?.successor()
    }
    return entries
  }

  /// The names of the variables, sorted.
  package static var names: [String] {
    entries.map { String(String(cString: $0).prefix { $0 != "=" }) }.sorted()
  }
}
