// Hashes of runs of words.
#include "CKernels.h"

#include "dispatch.h"

/// Runs that are hashed at a time.
#define LANES 16

INLINED uint64_t mixed(uint64_t hash, uint32_t word) {
  hash = (hash ^ word >> 4) * 0x9E3779B97F4A7C15ull;
  return hash ^ hash >> 29;
}

uint64_t refrain_run_hash(const uint32_t *words, size_t length) {
  uint64_t hash = 0;
  for (size_t i = 0; i < length; i++) hash = mixed(hash, words[i]);
  return hash * 0xD6E8FEB86659FD93ull;
}

DISPATCHED
void refrain_run_hashes(const uint32_t *words, size_t count, size_t length, uint64_t *hashes) {
  size_t start = 0;
  for (; start + LANES <= count; start += LANES) {
    uint64_t lanes[LANES] = {0};
    for (size_t i = 0; i < length; i++) {
      for (size_t lane = 0; lane < LANES; lane++) {
        lanes[lane] = mixed(lanes[lane], words[start + i + lane]);
      }
    }
    for (size_t lane = 0; lane < LANES; lane++) {
      hashes[start + lane] = lanes[lane] * 0xD6E8FEB86659FD93ull;
    }
  }
  for (; start < count; start++) hashes[start] = refrain_run_hash(words + start, length);
}

size_t refrain_select_hashes(const uint64_t *hashes, size_t count, uint32_t bits, uint64_t lowest,
                             uint64_t span, uint32_t *selected) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    // In two steps, since a shift by 64 is none.
    uint64_t part = hashes[i] >> 1 >> (63 - bits);
    // Written in any case, and kept where it is wanted: no predictor would know.
    selected[found] = (uint32_t)i;
    found += part - lowest < span;
  }
  return found;
}
