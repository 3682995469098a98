// What stands around a seed, as bits.
#include "CKernels.h"

#include "dispatch.h"

INLINED bool starts_text(uint32_t word) {
  return (word & REFRAIN_LOOK_TEXT_START) == REFRAIN_LOOK_TEXT_START;
}

INLINED void add(uint32_t word, const uint64_t *common, refrain_context *context) {
  uint32_t upper = word >> 16;
  uint64_t is_common = common[upper >> 6] >> (upper & 63) & 1;
  uint64_t bit = 1ull << (word >> 4 & 63);
  context->common |= bit & (0 - is_common);
  context->content |= bit & (is_common - 1);
}

refrain_context refrain_seed_context(const uint32_t *words, size_t count, size_t place,
                                     size_t length, size_t reach, const uint64_t *common) {
  refrain_context context = {0, 0};
  size_t before = place < reach ? place : reach;
  for (size_t i = 0; i < before && !starts_text(words[place - i]); i++) {
    add(words[place - i - 1], common, &context);
  }
  size_t end = place + length < count ? place + length : count;
  size_t behind = count - end < reach ? count - end : reach;
  for (size_t i = end; i < end + behind && !starts_text(words[i]); i++) {
    add(words[i], common, &context);
  }
  return context;
}
