// Short forms for JSON that nests: a reporter reads like the document that it writes.

package import RefrainModel

extension JSONText {
  /// An object, between whose braces `body` writes.
  package mutating func object(_ body: (inout JSONText) -> Void) {
    beginObject()
    body(&self)
    endObject()
  }

  /// An array, one element of `elements` after the other.
  package mutating func array<Elements: Sequence>(
    _ elements: Elements, _ body: (inout JSONText, Elements.Element) -> Void
  ) {
    beginArray()
    for element in elements { body(&self, element) }
    endArray()
  }

  package mutating func member(_ name: StaticString, _ text: String) {
    key(name)
    string(text)
  }

  package mutating func member(_ name: StaticString, _ value: Int) {
    key(name)
    integer(value)
  }

  package mutating func member(_ name: StaticString, _ value: Bool) {
    key(name)
    bool(value)
  }

  package mutating func member(_ name: StaticString, _ body: (inout JSONText) -> Void) {
    key(name)
    object(body)
  }

  package mutating func member<Elements: Sequence>(
    _ name: StaticString, of elements: Elements,
    _ body: (inout JSONText, Elements.Element) -> Void
  ) {
    key(name)
    array(elements, body)
  }
}
