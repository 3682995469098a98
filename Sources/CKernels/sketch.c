// Shingle hashes, MinHash signatures and band keys.
//
// MinHash: one bucket round with a computed fallback. Each shingle falls into one slot by its upper
// half and the slot keeps the least rank (the lower half, its last bit cleared). A slot that stays
// empty takes its own minimum of a[k] * x + b[k] over all shingles, its last bit set, so that the
// two kinds never agree by chance. A slot is empty in the union of two sets exactly when it is empty
// in both, so P(slots agree) = J, as with k independent permutations, for one multiply a shingle
// where sets are large.
#include "CKernels.h"

#include "rungs.h"
#include "xxh3.h"

/// `refrain_shingle`, once in vectors and once not, for an n that the compiler knows or does not.
INLINED size_t shingle(const uint64_t *hashes, size_t words, const uint32_t *sentences,
                       size_t sentence_count, size_t n, bool in_vectors, uint64_t *out) {
  size_t written = 0;
  for (size_t s = 0; s < sentence_count; s++) {
    size_t start = sentences[s];
    size_t end = s + 1 < sentence_count ? sentences[s + 1] : words;
    if (start == end) continue;
    if (end - start < n) {
      out[written++] = XXH3_64bits(hashes + start, (end - start) * 8);
      continue;
    }
    size_t windows = end - start - n + 1;
    size_t i = 0;
    // Eight windows at a time run past the sentence's end, but not past the last word. `out` has an
    // element for each word, and a word gives one shingle at most, so that there is room as well.
    for (; in_vectors && i < windows && start + i + 12 <= words; i += 8) {
      hash_windows_of_five(hashes + start + i, out + written + i);
    }
    for (; i < windows; i++) out[written + i] = XXH3_64bits(hashes + start + i, n * 8);
    written += windows;
  }
  return written;
}

DISPATCHED
static size_t shingle_in_vectors(const uint64_t *hashes, size_t words, const uint32_t *sentences,
                                 size_t sentence_count, uint64_t *out) {
  return shingle(hashes, words, sentences, sentence_count, 5, true, out);
}

size_t refrain_shingle(const uint64_t *hashes, size_t words, const uint32_t *sentences,
                       size_t sentence_count, size_t n, uint64_t *out) {
  if (n != 5) return shingle(hashes, words, sentences, sentence_count, n, false, out);
  if (runs_wide_vectors()) {
    return shingle_in_vectors(hashes, words, sentences, sentence_count, out);
  }
  return shingle(hashes, words, sentences, sentence_count, 5, false, out);
}

typedef uint32_t lanes __attribute__((vector_size(64)));

#define LANES 16

/// Up to so many shingles the fallback is computed for every slot.
#define FEW 32

/// Shingles whose slots and ranks are worked out at a time, in vectors, before slots are touched one by
/// one.
#define CHUNK 256

/// From so many shingles a slot on, those above the largest rank in any slot are sorted out first:
/// they change nothing.
#define CROWDED 16

INLINED void fallback(const uint64_t *shingles, size_t count, const uint32_t *a, const uint32_t *b,
                     size_t vectors, uint32_t *least) {
  size_t v = 0;
  for (; v + 4 <= vectors; v += 4) {
    lanes a0, a1, a2, a3, b0, b1, b2, b3;
    memcpy(&a0, a + (v + 0) * LANES, 64), memcpy(&b0, b + (v + 0) * LANES, 64);
    memcpy(&a1, a + (v + 1) * LANES, 64), memcpy(&b1, b + (v + 1) * LANES, 64);
    memcpy(&a2, a + (v + 2) * LANES, 64), memcpy(&b2, b + (v + 2) * LANES, 64);
    memcpy(&a3, a + (v + 3) * LANES, 64), memcpy(&b3, b + (v + 3) * LANES, 64);
    lanes m0 = ~(lanes){0}, m1 = m0, m2 = m0, m3 = m0;
    for (size_t i = 0; i < count; i++) {
      uint32_t x = (uint32_t)shingles[i];
      m0 = __builtin_elementwise_min(m0, a0 * x + b0);
      m1 = __builtin_elementwise_min(m1, a1 * x + b1);
      m2 = __builtin_elementwise_min(m2, a2 * x + b2);
      m3 = __builtin_elementwise_min(m3, a3 * x + b3);
    }
    memcpy(least + (v + 0) * LANES, &m0, 64), memcpy(least + (v + 1) * LANES, &m1, 64);
    memcpy(least + (v + 2) * LANES, &m2, 64), memcpy(least + (v + 3) * LANES, &m3, 64);
  }
  for (; v < vectors; v++) {
    lanes a0, b0;
    memcpy(&a0, a + v * LANES, 64), memcpy(&b0, b + v * LANES, 64);
    lanes m0 = ~(lanes){0}, m1 = m0;
    size_t i = 0;
    for (; i + 2 <= count; i += 2) {
      m0 = __builtin_elementwise_min(m0, a0 * (uint32_t)shingles[i] + b0);
      m1 = __builtin_elementwise_min(m1, a0 * (uint32_t)shingles[i + 1] + b0);
    }
    if (i < count) m0 = __builtin_elementwise_min(m0, a0 * (uint32_t)shingles[i] + b0);
    m0 = __builtin_elementwise_min(m0, m1);
    memcpy(least + v * LANES, &m0, 64);
  }
}

/// The slot and the rank of each of `count` shingles.
INLINED void place_shingles(const uint64_t *shingles, size_t count, size_t slots, uint32_t *places,
                            uint32_t *ranks) {
  for (size_t i = 0; i < count; i++) {
    places[i] = (uint32_t)((shingles[i] >> 32) * slots >> 32);
    ranks[i] = (uint32_t)shingles[i] & ~1u;
  }
}

/// The bucket round: each slot gets the least rank of its shingles, all ones where it has none.
INLINED void bucket_round(const uint64_t *shingles, size_t count, size_t slots, uint32_t *out) {
  uint64_t kept[CHUNK];
  uint32_t places[CHUNK], ranks[CHUNK];
  memset(out, 0xFF, slots * sizeof *out);
  for (size_t i = 0; i < count; i += CHUNK) {
    size_t chunk = count - i < CHUNK ? count - i : CHUNK;
    const uint64_t *source = shingles + i;
    if (i >= CROWDED * slots) {
      uint32_t bound = 0;
      for (size_t k = 0; k < slots; k++) bound = out[k] > bound ? out[k] : bound;
      size_t n = 0;
      for (size_t k = 0; k < chunk; k++) {
        kept[n] = source[k];
        n += (uint32_t)source[k] < bound;
      }
      chunk = n;
      source = kept;
    }
    place_shingles(source, chunk, slots, places, ranks);
    for (size_t k = 0; k < chunk; k++) {
      uint32_t now = out[places[k]];
      // A conditional move: a branch here trebles the time.
      out[places[k]] = ranks[k] < now ? ranks[k] : now;
    }
  }
}

/// The signature of up to FEW shingles: nearly all slots are empty, and computing the fallback of all
/// costs less than finding out which.
INLINED void sketch_few(const uint64_t *shingles, size_t count, const uint32_t *multipliers,
                        const uint32_t *addends, size_t slots, uint32_t *out) {
  size_t whole = slots / LANES;
  fallback(shingles, count, multipliers, addends, whole, out);
  if (whole * LANES < slots) {
    uint32_t a[LANES] = {0}, b[LANES] = {0}, least[LANES];
    memcpy(a, multipliers + whole * LANES, (slots - whole * LANES) * sizeof *a);
    memcpy(b, addends + whole * LANES, (slots - whole * LANES) * sizeof *b);
    fallback(shingles, count, a, b, 1, least);
    memcpy(out + whole * LANES, least, (slots - whole * LANES) * sizeof *out);
  }
  for (size_t k = 0; k < slots; k++) out[k] |= 1;
  uint32_t places[FEW], ranks[FEW];
  place_shingles(shingles, count, slots, places, ranks);
  for (size_t i = 0; i < count; i++) out[places[i]] = UINT32_MAX;
  for (size_t i = 0; i < count; i++) {
    uint32_t now = out[places[i]];
    out[places[i]] = ranks[i] < now ? ranks[i] : now;
  }
}

DISPATCHED
void refrain_minhash(const uint64_t *shingles, size_t count, const uint32_t *multipliers,
                     const uint32_t *addends, size_t slots, uint32_t *out) {
  if (count <= FEW) return sketch_few(shingles, count, multipliers, addends, slots, out);
  bucket_round(shingles, count, slots, out);
  // A bucketed rank is even, so all ones means empty.
  bool any = false;
  for (size_t k = 0; k < slots; k++) any |= out[k] == UINT32_MAX;
  if (!any) return;
  uint32_t a[REFRAIN_MAX_SLOTS + LANES], b[REFRAIN_MAX_SLOTS + LANES];
  uint32_t least[REFRAIN_MAX_SLOTS + LANES];
  uint16_t at[REFRAIN_MAX_SLOTS + 1];
  size_t empty = 0;
  for (size_t k = 0; k < slots; k++) {
    a[empty] = multipliers[k];
    b[empty] = addends[k];
    at[empty] = (uint16_t)k;
    empty += out[k] == UINT32_MAX;
  }
  size_t vectors = (empty + LANES - 1) / LANES;
  for (size_t k = empty; k < vectors * LANES; k++) a[k] = 1, b[k] = 0;
  fallback(shingles, count, a, b, vectors, least);
  for (size_t k = 0; k < empty; k++) out[at[k]] = least[k] | 1u;
}

void refrain_band_keys(const uint32_t *signature, size_t bands, size_t rows, uint64_t *out,
                       size_t stride) {
  for (size_t band = 0; band < bands; band++) {
    out[band * stride] =
        XXH3_64bits_withSeed(signature + band * rows, rows * sizeof *signature, (XXH64_hash_t)band);
  }
}
