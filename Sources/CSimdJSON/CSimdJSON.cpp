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
  /// The text of several fields.
  std::vector<char> joined;
  bool numbers_are_mended = false;

  error_code parse(const char *line, size_t length) {
    auto parsed = parser.parse(line, length, false);
    last = parsed.error();
    if (last == SUCCESS) record = parsed.value_unsafe();
    return last;
  }
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

/// What a numeral begins with that stands as a string in a mended line.
constexpr std::string_view numeral_mark = "\x01numeral:";
constexpr std::string_view numeral_mark_escaped = "\\u0001numeral:";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The length of the JSON number that `p[0 ..< length]` begins with; 0 where it begins with none.
size_t number_length(const char *p, size_t length) {
  size_t i = 0;
  auto digits = [&] {
    size_t start = i;
    while (i < length && is_digit(p[i])) i++;
    return i - start;
  };
  if (i < length && p[i] == '-') i++;
  bool zero = i < length && p[i] == '0';
  size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return 0;
  if (i < length && p[i] == '.') {
    i++;
    if (digits() == 0) return 0;
  }
  if (i < length && (p[i] == 'e' || p[i] == 'E')) {
    i++;
    if (i < length && (p[i] == '+' || p[i] == '-')) i++;
    if (digits() == 0) return 0;
  }
  return i;
}

/// Whether a colon follows, behind white space.
bool is_key(const char *line, size_t end, size_t length) {
  while (end < length && (line[end] == ' ' || line[end] == '\t' || line[end] == '\r')) end++;
  return end < length && line[end] == ':';
}

/// Copies a line with the numbers that the parser may refuse for their size as marked strings.
///
/// Numbers of fewer than 16 characters without an exponent always fit.
void mend_numbers(const char *line, size_t length, std::vector<char> &out) {
  out.clear();
  bool in_string = false;
  for (size_t i = 0; i < length;) {
    char c = line[i];
    if (in_string) {
      size_t n = c == '\\' && i + 1 < length ? 2 : 1;
      if (c == '"') in_string = false;
      out.insert(out.end(), line + i, line + i + n);
      i += n;
      continue;
    }
    size_t n = c == '-' || is_digit(c) ? number_length(line + i, length - i) : 0;
    // As a key a number is malformed, and a string would not be.
    if (n > 0 && is_key(line, i + n, length)) n = 0;
    std::string_view number(line + i, n);
    if (n >= 16 || number.find_first_of("eE") != number.npos) {
      out.push_back('"');
      out.insert(out.end(), numeral_mark_escaped.begin(), numeral_mark_escaped.end());
      out.insert(out.end(), number.begin(), number.end());
      out.push_back('"');
    } else {
      if (n == 0) n = 1;
      in_string = c == '"';
      out.insert(out.end(), line + i, line + i + n);
    }
    i += n;
  }
}

refrain_json_value value_of(const dom::element &element, bool numbers_are_mended) {
  refrain_json_value value = {};
  switch (element.type()) {
    case dom::element_type::STRING: {
      std::string_view s = element.get_string().value_unsafe();
      value.kind = REFRAIN_JSON_STRING;
      // Whoever writes the mark into a string of his own gets a number as JSON writes it, too.
      if (numbers_are_mended && s.substr(0, numeral_mark.size()) == numeral_mark &&
          number_length(s.data() + numeral_mark.size(), s.size() - numeral_mark.size()) ==
              s.size() - numeral_mark.size()) {
        value.kind = REFRAIN_JSON_NUMERAL;
        s.remove_prefix(numeral_mark.size());
      }
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

/// Finds a field by its own name, or by the way to it, dot by dot.
bool find(dom::object object, std::string_view name, dom::element &found) {
  if (object.at_key(name).get(found) == SUCCESS) return true;
  for (size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1)) {
    dom::object inner;
    if (object.at_key(name.substr(0, dot)).get_object().get(inner) == SUCCESS &&
        find(inner, name.substr(dot + 1), found))
      return true;
  }
  return false;
}

/// Puts the texts of fields in a row, with a blank line between two that are there.
refrain_json_status join(refrain_json_reader *reader, const refrain_json_name *fields, size_t count,
                         refrain_json_value *text, size_t *wrong) {
  reader->joined.clear();
  for (size_t i = 0; i < count; i++) {
    *wrong = i;
    dom::object object;
    dom::element found;
    if (reader->record.get_object().get(object) != SUCCESS ||
        !find(object, std::string_view(fields[i].bytes, fields[i].length), found))
      return REFRAIN_JSON_FIELD_MISSING;
    if (found.is_null()) continue;
    refrain_json_value value = value_of(found, reader->numbers_are_mended);
    if (value.kind != REFRAIN_JSON_STRING) return REFRAIN_JSON_FIELD_NOT_A_STRING;
    if (value.length == 0) continue;
    if (!reader->joined.empty()) reader->joined.insert(reader->joined.end(), 2, '\n');
    reader->joined.insert(reader->joined.end(), value.bytes, value.bytes + value.length);
  }
  *text = {};
  text->kind = REFRAIN_JSON_STRING;
  text->bytes = reader->joined.data();
  text->length = reader->joined.size();
  return REFRAIN_JSON_OK;
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
                                      const refrain_json_name *fields, size_t count,
                                      refrain_json_value *text, size_t *wrong, size_t *replaced) {
  *replaced = 0;
  *wrong = 0;
  reader->numbers_are_mended = false;
  error_code code = reader->parse(line, length);
  // Releases differ in the code for a number that is too large, and either trouble may hide the other:
  // a line that is no JSON is mended for both, numbers first, which makes a copy.
  if (code != SUCCESS && status_of(code) == REFRAIN_JSON_MALFORMED) {
    mend_numbers(line, length, reader->mended);
    size_t mended = reader->mended.size();
    reader->mended.resize(mended + REFRAIN_JSON_PADDING);
    *replaced = mend_lone_surrogates(reader->mended.data(), mended);
    reader->numbers_are_mended = true;
    code = reader->parse(reader->mended.data(), mended);
    if (code != SUCCESS) *replaced = 0;
  }
  // Depth 1024 and structural trouble share a code in some releases; either is malformed here.
  if (code != SUCCESS) return status_of(code);
  if (!reader->record.is_object()) return REFRAIN_JSON_NOT_AN_OBJECT;
  if (count != 1) return join(reader, fields, count, text, wrong);
  refrain_json_value value = refrain_json_field(reader, fields[0]);
  if (value.kind == REFRAIN_JSON_ABSENT) return REFRAIN_JSON_FIELD_MISSING;
  if (value.kind != REFRAIN_JSON_STRING) return REFRAIN_JSON_FIELD_NOT_A_STRING;
  *text = value;
  return REFRAIN_JSON_OK;
}

refrain_json_value refrain_json_field(refrain_json_reader *reader, refrain_json_name field) {
  refrain_json_value absent = {};
  dom::object object;
  dom::element found;
  if (reader->record.get_object().get(object) != SUCCESS) return absent;
  if (!find(object, std::string_view(field.bytes, field.length), found)) return absent;
  return value_of(found, reader->numbers_are_mended);
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
