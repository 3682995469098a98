// toml++ walked from outside: no exception and no object of C++ leaves this file.
#include "CTOML.h"

// toml++ 3.3 asserts that the name in a table's header begins like a name, and then checks it all the
// same: `[=` would end the process, or with NDEBUG be undefined. Without the assertion it is an error
// like any other.
#undef NDEBUG
#define TOML_ASSERT(condition) static_cast<void>(0)
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace {

struct Walk {
  void *context;
  void (*receive)(void *, const refrain_toml_event *);

  void send(refrain_toml_event event, const toml::source_region &at) const {
    event.line = at.begin.line;
    receive(context, &event);
  }

  void send(refrain_toml_kind kind, const toml::source_region &at,
            std::string_view text = {}) const {
    refrain_toml_event event{};
    event.kind = kind;
    event.bytes = text.data();
    event.length = text.size();
    send(event, at);
  }

  // Recursion goes as deep as the document nests, which toml++ limits to 256.
  void node(const toml::node &value) const {
    const toml::source_region &at = value.source();
    if (const auto *table = value.as_table()) {
      send(REFRAIN_TOML_TABLE, at);
      for (const auto &[key, child] : *table) {
        send(REFRAIN_TOML_KEY, key.source(), key.str());
        node(child);
      }
      send(REFRAIN_TOML_TABLE_END, at);
    } else if (const auto *array = value.as_array()) {
      send(REFRAIN_TOML_ARRAY, at);
      for (const auto &child : *array) node(child);
      send(REFRAIN_TOML_ARRAY_END, at);
    } else if (const auto *text = value.as_string()) {
      send(REFRAIN_TOML_STRING, at, text->get());
    } else if (const auto *integer = value.as_integer()) {
      refrain_toml_event event{};
      event.kind = REFRAIN_TOML_INTEGER;
      event.integer = integer->get();
      send(event, at);
    } else if (const auto *number = value.as_floating_point()) {
      refrain_toml_event event{};
      event.kind = REFRAIN_TOML_NUMBER;
      event.number = number->get();
      send(event, at);
    } else if (const auto *boolean = value.as_boolean()) {
      refrain_toml_event event{};
      event.kind = REFRAIN_TOML_BOOLEAN;
      event.boolean = boolean->get();
      send(event, at);
    } else {
      send(REFRAIN_TOML_OTHER, at);
    }
  }
};

}  // namespace

uint32_t refrain_toml_parse(const char *bytes, size_t length, void *context,
                            void (*receive)(void *, const refrain_toml_event *), char *cause,
                            size_t capacity) {
  const toml::parse_result result = toml::parse(std::string_view(bytes, length));
  if (result.failed()) {
    const std::string_view text = result.error().description();
    const size_t count = std::min(text.size(), capacity > 0 ? capacity - 1 : 0);
    if (capacity > 0) {
      std::memcpy(cause, text.data(), count);
      cause[count] = 0;
    }
    return std::max<uint32_t>(1, result.error().source().begin.line);
  }
  Walk{context, receive}.node(result.table());
  return 0;
}
