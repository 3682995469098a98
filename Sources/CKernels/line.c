// What the bytes of a line, or of any text, are: counted without a branch a byte.
#include "CKernels.h"

#include "dispatch.h"

// So many bytes are counted in a byte at a time: vectors hold more of these than of wider counts.
#define BLOCK 128

DISPATCHED
bool refrain_line_is_plainly_prose(const uint8_t *line, size_t length) {
  uint32_t letters = 0, ink = 0;
  uint8_t marks = 0;
  for (size_t start = 0; start < length; start += BLOCK) {
    size_t end = length - start < BLOCK ? length : start + BLOCK;
    uint8_t block_letters = 0, block_ink = 0;
    for (size_t i = start; i < end; i++) {
      uint8_t byte = line[i];
      uint8_t lower = byte | 0x20;
      block_letters += ((lower >= 'a') & (lower <= 'z')) | (byte >= 0x80);
      block_ink += byte != ' ';
      marks |= (byte == '\t') | (byte == '|');
    }
    letters += block_letters;
    ink += block_ink;
  }
  for (size_t i = 1; i < length; i++) marks |= (line[i] == ' ') & (line[i - 1] == ' ');
  return marks == 0 && (uint64_t)letters * 2 >= ink;
}

DISPATCHED
refrain_units refrain_count_units(const uint8_t *text, size_t length) {
  refrain_units units = {0, 0};
  for (size_t start = 0; start < length; start += BLOCK) {
    size_t end = length - start < BLOCK ? length : start + BLOCK;
    uint8_t code_points = 0, wide = 0;
    for (size_t i = start; i < end; i++) {
      code_points += (text[i] & 0xC0) != 0x80;
      wide += text[i] >= 0xF0;
    }
    units.code_points += code_points;
    units.wide += wide;
  }
  return units;
}
