// The stems of sentences as small numbers, and how often each stands where.
#include "CKernels.h"

#include "dispatch.h"

size_t refrain_number_stems(const uint32_t *stems, size_t count, refrain_stem_slot *slots,
                            size_t slot_count, uint32_t stamp, uint32_t *numbers,
                            uint32_t *firsts, size_t *known) {
  size_t mask = slot_count - 1, least_free = slot_count / 2;
  for (size_t i = 0; i < count; i++) {
    uint32_t stem = stems[i] & ~15u;
    // The upper bits are as good as any others.
    size_t slot = (stem * 0x9E3779B1u >> 7) & mask;
    while (slots[slot].stamp == stamp && slots[slot].stem != stem) slot = (slot + 1) & mask;
    if (slots[slot].stamp != stamp) {
      if (*known == least_free) return i;
      slots[slot] = (refrain_stem_slot){stem, (uint32_t)*known, stamp};
      firsts[(*known)++] = (uint32_t)i;
    }
    numbers[i] = slots[slot].number;
  }
  return count;
}

size_t refrain_count_stems(const uint32_t *numbers, const uint32_t *words, size_t count,
                           uint32_t sentence, bool starts, refrain_stem_count *stems,
                           uint32_t *distinct) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    refrain_stem_count *stem = stems + numbers[i];
    uint32_t is_inside = i > 0 || !starts;
    stem->inside += is_inside;
    stem->capital += is_inside & ((words[i] & REFRAIN_LOOK_CAPITAL) != 0);
    bool is_new = stem->last != sentence;
    stem->last = sentence;
    stem->sentences += is_new;
    // Written in any case, and kept where it is new.
    distinct[found] = numbers[i];
    found += is_new;
  }
  return found;
}

DISPATCHED
refrain_weights refrain_sum_weights(const uint32_t *numbers, size_t count, const uint16_t *weights,
                                    uint32_t least) {
  uint32_t all = 0, light = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t weight = weights[numbers[i]];
    all += weight;
    light += weight < least ? weight : 0;
  }
  return (refrain_weights){all, light};
}
