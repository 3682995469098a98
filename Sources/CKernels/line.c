// What the bytes of a line are, counted without a branch a byte.
#include "CKernels.h"

#include "dispatch.h"

DISPATCHED
bool refrain_line_is_plainly_prose(const uint8_t *line, size_t length) {
  uint32_t letters = 0, ink = 0, marks = 0;
  for (size_t i = 0; i < length; i++) {
    uint8_t byte = line[i];
    uint8_t lower = byte | 0x20;
    letters += ((lower >= 'a') & (lower <= 'z')) | (byte >= 0x80);
    ink += byte != ' ';
    marks += (byte == '\t') | (byte == '|');
  }
  for (size_t i = 1; i < length; i++) marks += (line[i] == ' ') & (line[i - 1] == ' ');
  return marks == 0 && (uint64_t)letters * 2 >= ink;
}
