// XXH3-64 of the three lengths that nearly all inputs here have: words of at most 8 bytes, words of
// at most 16, and shingles of five word hashes. Eight inputs at a time, a lane each, where the
// length is one for all; the plain twin is XXH3_64bits, which each must equal bit for bit. The
// constants are XXH3's own.
#ifndef REFRAIN_XXH3_H
#define REFRAIN_XXH3_H

#include <stdint.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "dispatch.h"

typedef uint64_t lanes8 __attribute__((vector_size(64)));
typedef uint32_t half_lanes8 __attribute__((vector_size(32)));

INLINED uint64_t load64(const void *p) {
  uint64_t value;
  memcpy(&value, p, 8);
  return value;
}

/// Eight bytes of the default secret.
INLINED uint64_t secret(size_t offset) { return load64((const uint8_t *)XXH3_kSecret + offset); }

/// The last mixing of all inputs of nine bytes and more, for one hash or a vector of them.
#define AVALANCHE(h) ((h) ^= (h) >> 37, (h) *= 0x165667919E3779F9ull, (h) ^= (h) >> 32)

/// Eight words of at most eight bytes, given their first eight bytes and lengths.
///
/// These are the two shortest length classes of the hash, both computed for each lane and one of them
/// taken by mask, because the class changes from word to word as no branch predictor can learn.
INLINED void hash_short_words(const lanes8 *words, const lanes8 *counts, lanes8 *hashed) {
  lanes8 bytes = *words, lengths = *counts;
  // 1 to 3 bytes: first, middle and last byte and the length, mixed as XXH64 does.
  lanes8 middle = bytes >> ((lengths >> 1) << 3) & 0xFF;
  lanes8 last = bytes >> (((lengths - 1) & 7) << 3) & 0xFF;
  lanes8 tiny = (bytes & 0xFF) << 16 | middle << 24 | last | lengths << 8;
  tiny ^= (secret(0) ^ secret(0) >> 32) & 0xFFFFFFFF;
  tiny ^= tiny >> 33;
  tiny *= 0xC2B2AE3D27D4EB4Full;
  tiny ^= tiny >> 29;
  tiny *= 0x165667B19E3779F9ull;
  tiny ^= tiny >> 32;
  // 4 to 8 bytes: the first four and the last four, mixed by rotation and multiplication.
  lanes8 tail = bytes >> (((lengths - 4) & 7) << 3) & 0xFFFFFFFF;
  lanes8 small = (bytes << 32) + tail;
  small ^= secret(8) ^ secret(16);
  small ^= (small << 49 | small >> 15) ^ (small << 24 | small >> 40);
  small *= 0x9FB21C651E98DF25ull;
  small ^= (small >> 35) + lengths;
  small *= 0x9FB21C651E98DF25ull;
  small ^= small >> 28;
  lanes8 is_small = (lanes8)(lengths > 3);
  *hashed = (small & is_small) | (tiny & ~is_small);
}

/// A word of more than eight bytes.
INLINED uint64_t hash_long_word(const uint8_t *word, size_t length) {
  if (__builtin_expect(length > 16, 0)) return XXH3_64bits(word, length);
  uint64_t low = load64(word) ^ secret(24) ^ secret(32);
  uint64_t high = load64(word + length - 8) ^ secret(40) ^ secret(48);
  unsigned __int128 product = (unsigned __int128)low * high;
  uint64_t h = length + __builtin_bswap64(low) + high;
  h += (uint64_t)product ^ (uint64_t)(product >> 64);
  AVALANCHE(h);
  return h;
}

/// The product of 64-bit numbers, its upper half xored into its lower one: in 32-bit parts, because
/// no vector unit multiplies wider.
INLINED void multiply_and_fold(const lanes8 *left, const lanes8 *right, lanes8 *folded) {
  const uint64_t low = 0xFFFFFFFF;
  lanes8 a = *left & low, b = *right & low, c = *left >> 32, d = *right >> 32;
  lanes8 ab = a * b;
  lanes8 cross = c * b + (ab >> 32);
  lanes8 middle = a * d + (cross & low);
  *folded = (c * d + (cross >> 32) + (middle >> 32)) ^ ((ab & low) | middle << 32);
}

/// The hashes of eight windows of five word hashes each, words[k ..< k + 5] for k in 0 ..< 8.
INLINED void hash_windows_of_five(const uint64_t *words, uint64_t *out) {
  // The order in which the hash takes its input: pairs of words, each with its part of the secret.
  static const uint8_t pairs[4] = {0, 3, 2, 1};
  lanes8 h = {0};
  h += 40 * 0x9E3779B185EBCA87ull;
  for (int p = 0; p < 4; p++) {
    lanes8 left, right, product;
    memcpy(&left, words + pairs[p], sizeof left);
    memcpy(&right, words + pairs[p] + 1, sizeof right);
    left ^= secret((size_t)p * 16);
    right ^= secret((size_t)p * 16 + 8);
    multiply_and_fold(&left, &right, &product);
    h += product;
  }
  AVALANCHE(h);
  memcpy(out, &h, sizeof h);
}

#endif
