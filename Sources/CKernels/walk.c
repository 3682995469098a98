// How far two documents go along with each other from a pair of places, one way.
#include "CKernels.h"

#include <string.h>

#include "dispatch.h"

#define REACH REFRAIN_WALK_REACH
#define SIDE (REACH + 1)

typedef uint32_t eight __attribute__((vector_size(32)));

/// The order in which words are left out, by those of the first side and of the second: the fewest first, as many on
/// either side before others, then the first side more. None on both sides comes last.
INLINED uint32_t rank(uint32_t i, uint32_t j) {
  if (i == j) return i * i - 1;
  return i > j ? i * i + 2 * j : j * j + 2 * i + 1;
}

INLINED bool same(uint32_t a, uint32_t b) { return (a ^ b) < 16; }

INLINED int32_t weight(const refrain_walk_rules *rules, uint32_t word, uint32_t previous) {
  int32_t weight = word & REFRAIN_LOOK_NUMBER ? rules->number : rules->weights[word >> rules->shift];
  bool goes_on = (word & previous & REFRAIN_LOOK_CAPITAL) && !(word & REFRAIN_LOOK_SENTENCE_START);
  return goes_on && weight > rules->continuation ? rules->continuation : weight;
}

/// How many words each side leaves out to go on where they are equal again: x and y of the pair that comes first
/// in order; one and one where none is within reach.
///
/// A word that says next to nothing is no place to go on at, unless the one behind it is equal too or as many
/// words are left out on either side.
INLINED void ahead(const refrain_walk_rules *rules, const uint32_t *a, size_t limit_a,
                   const uint32_t *b, size_t limit_b, ptrdiff_t step, size_t *x, size_t *y) {
  // One word more than the reach on either side, for what stands behind. No word is equal to the fillers, for
  // those of the two sides differ.
  uint32_t own[8], others[8];
  for (size_t i = 0; i < 8; i++) {
    own[i] = i < limit_a && i <= SIDE ? a[step * (ptrdiff_t)i] : 0;
    others[i] = i < limit_b && i <= SIDE ? b[step * (ptrdiff_t)i] : 0xFFFFFFF0;
  }
  eight row;
  memcpy(&row, others, sizeof row);
  // Bit i of lane j: word i of the first side is word j of the second.
  eight equal = {0};
  for (uint32_t i = 0; i < SIDE + 1; i++) {
    eight differs = (row ^ own[i]) & ~15u;
    equal |= (eight)(differs == 0) & (1u << i);
  }
  uint32_t lanes[8];
  memcpy(lanes, &equal, sizeof lanes);
  *x = 1;
  *y = 1;
  uint32_t best = UINT32_MAX, inside = (1u << SIDE) - 1, any = 0;
  for (size_t j = 0; j < SIDE; j++) any |= lanes[j];
  if (!(any & inside)) return;
  for (uint32_t j = 0; j < SIDE; j++) {
    for (uint32_t bits = lanes[j] & inside; bits; bits &= bits - 1) {
      uint32_t i = (uint32_t)__builtin_ctz(bits);
      // A place beyond either end is none, whatever the filler.
      if (rank(i, j) >= best || i >= limit_a || j >= limit_b) continue;
      bool lands = i == j || weight(rules, own[i], 0) >= rules->landing ||
                   (i + 1 < limit_a && j + 1 < limit_b && (lanes[j + 1] >> (i + 1) & 1));
      if (!lands) continue;
      best = rank(i, j);
      *x = i;
      *y = j;
    }
  }
}

DISPATCHED
refrain_way refrain_walk(const refrain_walk_rules *rules, const uint32_t *a, size_t limit_a,
                         const uint32_t *b, size_t limit_b, int step, refrain_run *runs) {
  refrain_way now = {0}, best = {0};
  bool in_run = false;
  uint32_t previous = 0;
  while (now.first < limit_a && now.second < limit_b) {
    const uint32_t *i = a + (ptrdiff_t)step * (ptrdiff_t)now.first;
    const uint32_t *j = b + (ptrdiff_t)step * (ptrdiff_t)now.second;
    if (same(*i, *j)) {
      // Walking back, the word that comes before in the text is the next one.
      uint32_t neighbour = step > 0 ? previous : now.first + 1 < limit_a ? i[-1] : 0;
      int32_t earned = weight(rules, *i, neighbour);
      if (!in_run) {
        runs[now.runs++] = (refrain_run){now.first, now.second, 0};
        in_run = true;
      }
      runs[now.runs - 1].length++;
      if (*i & REFRAIN_LOOK_NUMBER) now.numbers++;
      else now.matched++;
      now.weight += earned;
      now.score += earned;
      now.first++;
      now.second++;
      previous = *i;
      if (now.score >= best.score) best = now;
      continue;
    }
    in_run = false;
    previous = 0;
    size_t x, y;
    ahead(rules, i, limit_a - now.first, j, limit_b - now.second, step, &x, &y);
    now.first += x;
    now.second += y;
    now.score -= rules->skip * (int32_t)(x > y ? x : y);
    if (now.score <= best.score - rules->drop) break;
  }
  return best;
}
