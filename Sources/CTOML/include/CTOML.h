// The fence around toml++: a TOML document as a list of events in the order of the keys, each with
// its line; strings as pointers with lengths that are valid during the event.
#ifndef REFRAIN_CTOML_H
#define REFRAIN_CTOML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  /// The key of the value that follows, in a table.
  REFRAIN_TOML_KEY = 0,
  REFRAIN_TOML_TABLE,
  REFRAIN_TOML_TABLE_END,
  REFRAIN_TOML_ARRAY,
  REFRAIN_TOML_ARRAY_END,
  REFRAIN_TOML_STRING,
  REFRAIN_TOML_INTEGER,
  REFRAIN_TOML_NUMBER,
  REFRAIN_TOML_BOOLEAN,
  /// A date or time.
  REFRAIN_TOML_OTHER,
} refrain_toml_kind;

typedef struct {
  refrain_toml_kind kind;
  /// 1-based.
  uint32_t line;
  /// Of a key or string.
  const char *bytes;
  size_t length;
  int64_t integer;
  double number;
  bool boolean;
} refrain_toml_event;

/// Parses a document, which must be UTF-8, and reports it to `receive`.
///
/// Returns 0, or the 1-based line of the first error with its description in `cause`, cut to
/// `capacity` bytes and ended with NUL. Nothing is reported of a document with an error.
uint32_t refrain_toml_parse(const char *bytes, size_t length, void *context,
                            void (*receive)(void *context, const refrain_toml_event *event),
                            char *cause, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
