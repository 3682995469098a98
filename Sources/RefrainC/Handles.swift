// Handles: numbers that stand for objects, so that a wrong one is an error and never a wild pointer.

public import CRefrain
import Synchronization

/// The objects that callers hold.
///
/// A number is never given out twice.
enum Handles {
  private struct Table {
    var last: refrain_handle = 0
    var objects: [refrain_handle: any AnyObject & Sendable] = [:]
  }

  private static let table = Mutex(Table())

  /// A handle for an object, which lives until it is freed.
  static func add(_ object: any AnyObject & Sendable) -> refrain_handle {
    table.withLock { table in
      table.last += 1
      table.objects[table.last] = object
      return table.last
    }
  }

  /// The object of a handle.
  ///
  /// - Throws: where there is none, or one of another kind.
  static func find<Object: AnyObject & Sendable>(
    _ handle: refrain_handle, _ name: String, as type: Object.Type = Object.self
  ) throws(Failure) -> Object {
    let object = table.withLock { $0.objects[handle] }
    guard let object else {
      throw Failure(
        status: REFRAIN_BAD_HANDLE, message: "\(name): there is no handle \(handle); was it freed?")
    }
    guard let object = object as? Object else {
      throw Failure(
        status: REFRAIN_BAD_HANDLE, message: "\(name): handle \(handle) is of another kind")
    }
    return object
  }

  /// Lets go of an object; whether there was one.
  ///
  /// Its memory is freed outside the lock.
  static func remove(_ handle: refrain_handle) -> Bool {
    let object = table.withLock { $0.objects.removeValue(forKey: handle) }
    return object != nil
  }
}

@c @implementation
public func refrain_free(_ handle: refrain_handle) -> Int32 {
  Int32(handle == 0 || Handles.remove(handle) ? REFRAIN_OK : REFRAIN_BAD_HANDLE)
}
