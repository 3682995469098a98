// The fence around simdjson: one record of a JSON Lines file at a time, strings as pointers with
// lengths. Thread-safe as long as each thread uses a reader of its own.
#ifndef REFRAIN_CSIMDJSON_H
#define REFRAIN_CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How many readable bytes must lie behind a line that is handed over.
#define REFRAIN_JSON_PADDING 64

typedef struct refrain_json_reader refrain_json_reader;

typedef enum {
  REFRAIN_JSON_OK = 0,
  REFRAIN_JSON_MALFORMED,
  REFRAIN_JSON_NOT_UTF8,
  REFRAIN_JSON_NOT_AN_OBJECT,
  REFRAIN_JSON_FIELD_MISSING,
  REFRAIN_JSON_FIELD_NOT_A_STRING,
  REFRAIN_JSON_TOO_DEEP,
  REFRAIN_JSON_TOO_LARGE,
  REFRAIN_JSON_OUT_OF_MEMORY,
} refrain_json_status;

typedef enum {
  REFRAIN_JSON_ABSENT = 0,
  REFRAIN_JSON_STRING,
  REFRAIN_JSON_INTEGER,
  REFRAIN_JSON_UNSIGNED,
  REFRAIN_JSON_DOUBLE,
  /// A number that neither 64 bits nor a double hold: its digits as written.
  REFRAIN_JSON_NUMERAL,
  REFRAIN_JSON_OTHER,
} refrain_json_kind;

/// A value of a field. `bytes` is valid until the reader's next call.
typedef struct {
  refrain_json_kind kind;
  const char *bytes;
  size_t length;
  int64_t integer;
  uint64_t unsigned_integer;
  double number;
} refrain_json_value;

/// The name of a field, which need not end with NUL.
///
/// A record's own field of that name comes first; otherwise each dot may lead into an object: `meta.text`.
typedef struct {
  const char *bytes;
  size_t length;
} refrain_json_name;

/// A new reader; NULL when memory is short.
refrain_json_reader *refrain_json_reader_create(void);
void refrain_json_reader_destroy(refrain_json_reader *reader);

/// Parses one line, the whole of which must be one JSON object, and finds its text: the values of `count`
/// fields, joined by blank lines where there are several.
///
/// Where there are several, null is read as no text. Where one is wrong, `wrong` tells which.
/// `line[length ..< length + REFRAIN_JSON_PADDING]` must be readable. A lone surrogate escape is
/// read as U+FFFD and counted in `replaced`. Numbers of any size are read.
refrain_json_status refrain_json_read(refrain_json_reader *reader, const char *line, size_t length,
                                      const refrain_json_name *fields, size_t count,
                                      refrain_json_value *text, size_t *wrong, size_t *replaced);

/// A further field of the line that was read last; ABSENT where it has none.
refrain_json_value refrain_json_field(refrain_json_reader *reader, refrain_json_name field);

/// simdjson's own words for what was wrong with the line that was read last; never NULL.
const char *refrain_json_cause(const refrain_json_reader *reader);

/// The offset of the first byte that is not part of valid UTF-8; `length` where all is valid.
size_t refrain_utf8_valid_prefix(const char *bytes, size_t length);

#ifdef __cplusplus
}
#endif

#endif
