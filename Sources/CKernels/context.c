// What stands around a seed, as bits.
#include "CKernels.h"

#include "dispatch.h"

INLINED void add(const uint32_t *words, size_t count, const uint64_t *common,
                 refrain_context *context) {
  for (size_t i = 0; i < count; i++) {
    uint32_t upper = words[i] >> 16;
    uint64_t is_common = common[upper >> 6] >> (upper & 63) & 1;
    uint64_t bit = 1ull << (words[i] >> 4 & 63);
    context->common |= bit & (0 - is_common);
    context->content |= bit & (is_common - 1);
  }
}

refrain_context refrain_seed_context(const uint32_t *words, size_t count, size_t place,
                                     size_t length, size_t reach, const uint64_t *common) {
  refrain_context context = {0, 0};
  size_t before = place < reach ? place : reach;
  size_t end = place + length < count ? place + length : count;
  size_t behind = count - end < reach ? count - end : reach;
  add(words + place - before, before, common, &context);
  add(words + end, behind, common, &context);
  return context;
}
