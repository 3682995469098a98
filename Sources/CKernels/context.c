// What stands around a run of words, and whether two such surroundings have enough in common.
#include "CKernels.h"

#include <string.h>

#include "dispatch.h"

/// Words on either side at most.
#define REACH REFRAIN_CONTEXT_REACH

typedef uint32_t sixteen __attribute__((vector_size(64)));

INLINED bool starts_text(uint32_t word) {
  return (word & REFRAIN_LOOK_TEXT_START) == REFRAIN_LOOK_TEXT_START;
}

/// Whether any of so many words begins a text.
INLINED bool hold_start(const uint32_t *words) {
  uint32_t starts = 0;
  for (size_t i = 0; i < REACH; i++) starts |= starts_text(words[i]);
  return starts;
}

/// The words around, near the edge of a text: those of others are left out, and one of its own stands for each of
/// them, which it has anyway. False where it has none.
INLINED bool gather(const uint32_t *words, size_t count, size_t place, size_t end,
                    uint32_t *around) {
  size_t before = 0, behind = 0;
  while (before < REACH && before < place && !starts_text(words[place - before])) before++;
  while (behind < REACH && end + behind < count && !starts_text(words[end + behind])) behind++;
  if (before + behind == 0) return false;
  uint32_t filler = before ? words[place - 1] : words[end];
  for (size_t i = 0; i < REACH; i++) {
    around[REACH - 1 - i] = i < before ? words[place - 1 - i] : filler;
    around[REACH + i] = i < behind ? words[end + i] : filler;
  }
  return true;
}

DISPATCHED
void refrain_seed_context(const uint32_t *words, size_t count, size_t place, size_t length,
                          const uint64_t *common, refrain_context *context) {
  size_t end = place + length < count ? place + length : count;
  if (place >= REACH && count - end >= REACH && !hold_start(words + place - REACH + 1) &&
      !hold_start(words + end)) {
    memcpy(context->words, words + place - REACH, REACH * sizeof *words);
    memcpy(context->words + REACH, words + end, REACH * sizeof *words);
  } else if (!gather(words, count, place, end, context->words)) {
    // No word of any other context has lower bits.
    for (size_t i = 0; i < 2 * REACH; i++) context->words[i] = 15, context->worth[i] = 0;
    return;
  }
  for (size_t i = 0; i < 2 * REACH; i++) {
    uint32_t word = context->words[i];
    context->worth[i] = 2 - (uint32_t)(common[word >> 22] >> (word >> 16 & 63) & 1);
    context->words[i] = word & ~15u;
  }
}

/// What the words are worth that two places have in common; one that comes again counts once if it is asked for.
INLINED uint32_t shared_worth(const refrain_context *a, const refrain_context *b, bool once) {
  const sixteen lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  sixteen own, worth, shared = {0}, again = {0};
  memcpy(&own, a->words, sizeof own);
  memcpy(&worth, a->worth, sizeof worth);
  for (uint32_t i = 0; i < 2 * REACH; i++) {
    shared |= (sixteen)(own == b->words[i]);
    if (once) again |= (sixteen)(own == a->words[i]) & (sixteen)(lanes > i);
  }
  sixteen counted = worth & shared & ~again;
  uint32_t sum = 0;
  for (size_t i = 0; i < 2 * REACH; i++) sum += counted[i];
  return sum;
}

DISPATCHED
bool refrain_contexts_agree(const refrain_context *a, const refrain_context *b, uint32_t least) {
  // Most share less even if each word counts as often as it comes.
  if (shared_worth(a, b, false) >= least && shared_worth(a, b, true) >= least) return true;
  return memcmp(a->words, b->words, sizeof a->words) == 0;
}
