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
    /// Handles by the address of the object that they live as long as.
    var bound: [UInt: refrain_handle] = [:]
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

  /// Binds a handle to an address; whether there is such a handle.
  static func bind(_ handle: refrain_handle, to address: UInt) -> Bool {
    table.withLock { table in
      guard table.objects[handle] != nil else { return false }
      table.bound[address] = handle
      return true
    }
  }

  /// The handle that is bound to an address, which it is no more.
  static func unbind(_ address: UInt) -> refrain_handle? {
    table.withLock { $0.bound.removeValue(forKey: address) }
  }
}

@c @implementation
public func refrain_free(_ handle: refrain_handle) -> Int32 {
  Int32(handle == 0 || Handles.remove(handle) ? REFRAIN_OK : REFRAIN_BAD_HANDLE)
}

@c @implementation
public func refrain_bind(
  _ handle: refrain_handle, _ owner: UnsafeRawPointer?,
  _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let owner = try required(owner, "owner")
    guard Handles.bind(handle, to: UInt(bitPattern: owner)) else {
      throw Failure(status: REFRAIN_BAD_HANDLE, message: "there is no handle \(handle)")
    }
  }
}

@c @implementation
public func refrain_free_bound(_ owner: UnsafeMutableRawPointer?) {
  if let handle = Handles.unbind(UInt(bitPattern: owner)) { _ = Handles.remove(handle) }
}
