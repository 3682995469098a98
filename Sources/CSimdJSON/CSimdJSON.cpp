// The fence around simdjson. It reads a record through the DOM parser and not on demand: a record
// is accepted only when all of it is JSON and nothing follows it, and with texts the extra cost is
// that of one copy of the string.
#include "CSimdJSON.h"

#include <simdjson.h>

#include <cstring>
#include <string_view>
#include <vector>

using namespace simdjson;

struct refrain_json_reader {
  dom::parser parser;
  dom::element record;
  error_code last = SUCCESS;
  std::vector<char> mended;
};

namespace {

bool hex4(const char *p, unsigned &out) {
  out = 0;
  for (int i = 0; i < 4; i++) {
    char c = p[i];
    unsigned digit;
    if (c >= '0' && c <= '9') digit = unsigned(c - '0');
    else if (c >= 'a' && c <= 'f') digit = unsigned(c - 'a' + 10);
    else if (c >= 'A' && c <= 'F') digit = unsigned(c - 'A' + 10);
    else return false;
    out = out * 16 + digit;
  }
  return true;
}

/// Rewrites each \uD800 ... \uDFFF that has no partner as \uFFFD, in place; returns how many.
size_t mend_lone_surrogates(char *line, size_t length) {
  size_t mended = 0;
  size_t i = 0;
  while (i < length) {
    const char *found = static_cast<const char *>(std::memchr(line + i, '\\', length - i));
    if (!found) break;
    i = size_t(found - line);
    unsigned code, low;
    if (i + 6 > length || line[i + 1] != 'u' || !hex4(line + i + 2, code)) {
      i += 2;
      continue;
    }
    if (code < 0xD800 || code > 0xDFFF) {
      i += 6;
      continue;
    }
    if (code < 0xDC00 && i + 12 <= length && line[i + 6] == '\\' && line[i + 7] == 'u' &&
        hex4(line + i + 8, low) && low >= 0xDC00 && low <= 0xDFFF) {
      i += 12;
      continue;
    }
    std::memcpy(line + i + 2, "FFFD", 4);
    mended++;
    i += 6;
  }
  return mended;
}

refrain_json_value value_of(const dom::element &element) {
  refrain_json_value value = {};
  switch (element.type()) {
    case dom::element_type::STRING: {
      std::string_view s = element.get_string().value_unsafe();
      value.kind = REFRAIN_JSON_STRING;
      value.bytes = s.data();
      value.length = s.size();
      break;
    }
    case dom::element_type::INT64:
      value.kind = REFRAIN_JSON_INTEGER;
      value.integer = element.get_int64().value_unsafe();
      break;
    case dom::element_type::UINT64:
      value.kind = REFRAIN_JSON_UNSIGNED;
      value.unsigned_integer = element.get_uint64().value_unsafe();
      break;
    case dom::element_type::DOUBLE:
      value.kind = REFRAIN_JSON_DOUBLE;
      value.number = element.get_double().value_unsafe();
      break;
    default: value.kind = REFRAIN_JSON_OTHER; break;
  }
  return value;
}

refrain_json_status status_of(error_code code) {
  switch (code) {
    case SUCCESS: return REFRAIN_JSON_OK;
    case UTF8_ERROR: return REFRAIN_JSON_NOT_UTF8;
    case CAPACITY: return REFRAIN_JSON_TOO_LARGE;
    case MEMALLOC: return REFRAIN_JSON_OUT_OF_MEMORY;
    case DEPTH_ERROR: return REFRAIN_JSON_TOO_DEEP;
    default: return REFRAIN_JSON_MALFORMED;
  }
}

}  // namespace

extern "C" {

refrain_json_reader *refrain_json_reader_create(void) {
  return new (std::nothrow) refrain_json_reader;
}

void refrain_json_reader_destroy(refrain_json_reader *reader) { delete reader; }

refrain_json_status refrain_json_read(refrain_json_reader *reader, const char *line, size_t length,
                                      const char *text_field, size_t text_field_length,
                                      refrain_json_value *text, size_t *replaced) {
  *replaced = 0;
  auto parsed = reader->parser.parse(line, length, false);
  reader->last = parsed.error();
  if (reader->last == STRING_ERROR) {
    reader->mended.assign(line, line + length);
    reader->mended.resize(length + REFRAIN_JSON_PADDING);
    *replaced = mend_lone_surrogates(reader->mended.data(), length);
    if (*replaced > 0) {
      parsed = reader->parser.parse(reader->mended.data(), length, false);
      reader->last = parsed.error();
    }
  }
  if (reader->last != SUCCESS) {
    // Depth 1024 and structural trouble share a code in some releases; either is malformed here.
    return status_of(reader->last);
  }
  reader->record = parsed.value_unsafe();
  if (!reader->record.is_object()) return REFRAIN_JSON_NOT_AN_OBJECT;
  refrain_json_value value = refrain_json_field(reader, text_field, text_field_length);
  if (value.kind == REFRAIN_JSON_ABSENT) return REFRAIN_JSON_FIELD_MISSING;
  if (value.kind != REFRAIN_JSON_STRING) return REFRAIN_JSON_FIELD_NOT_A_STRING;
  *text = value;
  return REFRAIN_JSON_OK;
}

refrain_json_value refrain_json_field(refrain_json_reader *reader, const char *field,
                                      size_t field_length) {
  refrain_json_value absent = {};
  dom::object object;
  if (reader->record.get_object().get(object) != SUCCESS) return absent;
  auto found = object.at_key(std::string_view(field, field_length));
  if (found.error() != SUCCESS) return absent;
  return value_of(found.value_unsafe());
}

const char *refrain_json_cause(const refrain_json_reader *reader) {
  return error_message(reader->last);
}

size_t refrain_utf8_valid_prefix(const char *bytes, size_t length) {
  if (validate_utf8(bytes, length)) return length;
  // Valid as a whole is the rule; only for the message is the place searched, by halving: a prefix
  // that ends inside a character is invalid too, so the cut steps back to a character's start.
  size_t low = 0, high = length;
  while (high - low > 8) {
    size_t middle = low + (high - low) / 2;
    size_t cut = middle;
    while (cut > low && (bytes[cut] & 0xC0) == 0x80 && middle - cut < 4) cut--;
    if (cut > low && validate_utf8(bytes + low, cut - low)) low = cut;
    else if (cut > low) high = cut;
    else break;
  }
  for (size_t end = high; end > low; end--) {
    if (validate_utf8(bytes + low, end - low)) return end;
  }
  return low;
}

}  // extern "C"
