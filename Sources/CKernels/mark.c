// Where the next byte stands that may mean something to a reader.
#include "CKernels.h"

#include <string.h>

#include "dispatch.h"

#define BLOCK 32
#define MARKS 5

typedef uint8_t block __attribute__((vector_size(BLOCK)));

DISPATCHED
size_t refrain_find_mark(const uint8_t *text, size_t from, size_t length, uint64_t marks) {
  uint8_t each[MARKS];
  for (size_t i = 0; i < MARKS; i++) each[i] = (uint8_t)(marks >> 8 * i);
  size_t at = from;
  for (; at + BLOCK <= length; at += BLOCK) {
    block bytes;
    memcpy(&bytes, text + at, sizeof bytes);
    block found = {0};
    for (size_t i = 0; i < MARKS; i++) found |= (block)(bytes == each[i]);
    uint64_t parts[BLOCK / 8];
    memcpy(parts, &found, sizeof parts);
    if (!(parts[0] | parts[1] | parts[2] | parts[3])) continue;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (size_t i = 0; i < BLOCK / 8; i++) {
      if (parts[i]) return at + i * 8 + (size_t)__builtin_ctzll(parts[i]) / 8;
    }
#endif
    break;
  }
  for (; at < length; at++) {
    for (size_t i = 0; i < MARKS; i++) {
      if (text[at] == each[i]) return at;
    }
  }
  return length;
}
