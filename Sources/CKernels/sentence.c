// Where a sentence ends. A gap between two words is read scalar by scalar: a terminator, closing
// marks behind it, white space, and then a beginning; or a blank line; or a list bullet.
#include "CKernels.h"

#include "dispatch.h"
#include "sentence.h"

enum {
  OTHER,
  SPACE,
  NEWLINE,
  PARAGRAPH,
  FULL_STOP,
  TERMINATOR,
  WIDE_TERMINATOR,
  CLOSER,
  OPENING_QUOTE,
  EITHER_QUOTE,
  BULLET,
  IGNORED,
};

static const uint8_t CLASS_OF_ASCII[128] = {
    [' '] = SPACE,      ['\t'] = SPACE,     ['\v'] = SPACE,      ['\f'] = SPACE,
    ['\r'] = SPACE,     ['\n'] = NEWLINE,   ['.'] = FULL_STOP,   ['!'] = TERMINATOR,
    ['?'] = TERMINATOR, [')'] = CLOSER,     [']'] = CLOSER,      ['}'] = CLOSER,
    ['_'] = CLOSER,     ['"'] = EITHER_QUOTE, ['\''] = EITHER_QUOTE, ['-'] = BULLET,
    ['*'] = BULLET,     ['+'] = BULLET,
};

// Unicode's Default_Ignorable_Code_Point: what shows nothing, and is read as if it were not there.
static bool is_ignorable(uint32_t c) {
  static const uint32_t RANGES[][2] = {
      {0xAD, 0xAD},       {0x34F, 0x34F},     {0x61C, 0x61C},     {0x115F, 0x1160},
      {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200F},   {0x202A, 0x202E},
      {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
      {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFF8},   {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
      {0xE0000, 0xE0FFF},
  };
  bool found = false;
  for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES; i++) {
    found |= c >= RANGES[i][0] && c <= RANGES[i][1];
  }
  return found;
}

static int class_of(uint32_t c) {
  switch (c) {
    case 0x85: case 0x2028: return NEWLINE;
    case 0x2029: return PARAGRAPH;
    case 0xA0: case 0x1680: case 0x202F: case 0x205F: case 0x3000: return SPACE;
    case 0x061F: case 0x06D4: case 0x0964: case 0x0965: return TERMINATOR;
    case 0x3002: case 0xFF01: case 0xFF1F: case 0xFF0E: case 0xFF61: return WIDE_TERMINATOR;
    case 0x201D: case 0x2019: case 0xBB: case 0x203A: case 0x300D: case 0x300F: case 0x3011:
    case 0xFF09: case 0x300B: case 0x3009: return CLOSER;
    case 0x201C: case 0x2018: case 0xAB: case 0x2039: case 0x201E: case 0x201A: case 0x300C:
    case 0x300E: case 0xBF: case 0xA1: return OPENING_QUOTE;
    case 0x2022: case 0xB7: case 0x25AA: case 0x25CF: case 0x25E6: return BULLET;
    default: break;
  }
  if (c >= 0x2000 && c <= 0x200A) return SPACE;
  return is_ignorable(c) ? IGNORED : OTHER;
}

static inline uint32_t decode(const uint8_t *text, size_t *i, size_t end) {
  uint8_t c = text[(*i)++];
  if (c < 0x80) return c;
  int more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
  uint32_t value = c & (0x3Fu >> more);
  while (more-- > 0 && *i < end) value = value << 6 | (text[(*i)++] & 0x3Fu);
  return value;
}

bool refrain_gap_ends_sentence(const uint8_t *text, size_t previous_start, size_t previous_end,
                               size_t next_start, refrain_initial next) {
  int terminator = OTHER;
  bool spaced = false;          // white space came behind the terminator
  bool quoted = false;          // and then an opening quote
  bool at_line_start = false;   // only white space since the last line break
  bool bullet = false;          // a bullet at a line's start
  size_t terminators = 0;
  for (size_t i = previous_end; i < next_start;) {
    uint8_t byte = text[i];
    int kind;
    if (byte < 0x80) {
      kind = CLASS_OF_ASCII[byte];
      i++;
    } else {
      kind = class_of(decode(text, &i, next_start));
    }
    switch (kind) {
      case IGNORED: continue;
      case PARAGRAPH: return true;
      case NEWLINE:
        if (at_line_start) return true;
        at_line_start = true;
        spaced = spaced || terminator != OTHER;
        continue;
      case SPACE:
        if (bullet) return true;
        spaced = spaced || terminator != OTHER;
        continue;
      case FULL_STOP:
      case TERMINATOR:
      case WIDE_TERMINATOR:
        terminator = kind > terminator ? kind : terminator;
        terminators++;
        spaced = false;
        quoted = false;
        break;
      case CLOSER: break;
      case EITHER_QUOTE:
      case OPENING_QUOTE: quoted = quoted || spaced; break;
      case BULLET:
        if (at_line_start) {
          bullet = true;
          at_line_start = false;
          continue;
        }
        if (byte == '*') break;  // the end of emphasis, as good as a closing mark
        // fall through
      default:
        if (terminator != WIDE_TERMINATOR && !spaced) terminator = OTHER;
        break;
    }
    at_line_start = false;
    bullet = false;
  }
  if (terminator == WIDE_TERMINATOR) return true;
  if (terminator == OTHER || !spaced) return false;
  if (!quoted && next == REFRAIN_INITIAL_LOWER) return false;
  return !(terminators == 1 && terminator == FULL_STOP && text[previous_end] == '.' &&
           abbreviated(text + previous_start, previous_end - previous_start, text + next_start, next));
}
