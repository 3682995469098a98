// Words and sentence edges of ASCII text: the portable rung, in vectors that the compiler spells for
// each processor, and the choice between the rungs.
#include "dispatch.h"

#define RUNG INLINED
#include "segment.h"
#include "rungs.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#endif

typedef uint8_t bytes16 __attribute__((vector_size(16)));

/// A bit for each of 64 bytes that are all ones or all zeros.
RUNG uint64_t bits_of(const bytes16 lanes[4]) {
#if defined(__SSE2__)
  uint64_t bits = 0;
  for (int q = 0; q < 4; q++) {
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8((__m128i)lanes[q]) << 16 * q;
  }
  return bits;
#elif defined(__ARM_NEON) && defined(__aarch64__)
  const bytes16 weights = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t a = vpaddq_u8((uint8x16_t)(lanes[0] & weights), (uint8x16_t)(lanes[1] & weights));
  uint8x16_t b = vpaddq_u8((uint8x16_t)(lanes[2] & weights), (uint8x16_t)(lanes[3] & weights));
  uint8x16_t sums = vpaddq_u8(a, b);
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
#else
  uint64_t bits = 0;
  for (int i = 0; i < 64; i++) bits |= (uint64_t)(lanes[i / 16][i % 16] & 1) << i;
  return bits;
#endif
}

RUNG masks classify64(const uint8_t *in, uint8_t *folded) {
  bytes16 alnum[4], apostrophe[4], stop[4];
  for (int q = 0; q < 4; q++) {
    bytes16 c;
    memcpy(&c, in + 16 * q, sizeof c);
    bytes16 lower = c | 0x20;
    bytes16 alpha = (bytes16)(lower - 'a' < 26);
    alnum[q] = alpha | (bytes16)(c - '0' < 10);
    apostrophe[q] = (bytes16)(c == '\'');
    stop[q] = (bytes16)(c == '.') | (bytes16)(c == '\n') | (bytes16)(c == '!') | (bytes16)(c == '?');
    bytes16 fold = c | (alpha & 0x20);
    memcpy(folded + 16 * q, &fold, sizeof fold);
  }
  masks m = {bits_of(alnum), bits_of(apostrophe), bits_of(stop)};
  return m;
}

RUNG size_t write_places(uint64_t bits, uint32_t base, uint32_t *out) {
  size_t count = (size_t)__builtin_popcountll(bits);
  // Four at a time without looking whether there are as many: the count changes from block to block
  // as no branch predictor can learn.
  for (size_t i = 0; i < count; i += 4) {
    for (size_t k = 0; k < 4; k++) {
      out[i + k] = base + (uint32_t)(bits ? __builtin_ctzll(bits) : 64);
      bits &= bits - 1;
    }
  }
  return count;
}

RUNG size_t write_long_lanes(const half_lanes8 *lengths, uint32_t base, uint32_t *out) {
  size_t count = 0;
  for (uint32_t k = 0; k < 8; k++) {
    out[count] = base + k;
    count += (*lengths)[k] > 8;
  }
  return count;
}

DISPATCHED
void refrain_segment_ascii_portable(const uint8_t *text, size_t from, size_t to, uint8_t *folded,
                                    refrain_words *out) {
  segment_ascii(text, from, to, folded, out);
}

DISPATCHED
size_t refrain_find_non_ascii(const uint8_t *text, size_t from, size_t length) {
  typedef uint8_t bytes64 __attribute__((vector_size(64)));
  size_t i = from;
  for (; i + 128 <= length; i += 128) {
    bytes64 a, b;
    memcpy(&a, text + i, 64);
    memcpy(&b, text + i + 64, 64);
    a |= b;
    if (__builtin_reduce_or(a) & 0x80) break;
  }
  for (; i + 8 <= length && !(load64(text + i) & 0x8080808080808080ull); i += 8) {}
  while (i < length && text[i] < 0x80) i++;
  return i;
}

void refrain_segment_ascii(const uint8_t *text, size_t from, size_t to, uint8_t *folded,
                           refrain_words *out) {
#ifdef HAS_AVX512_RUNG
  if (runs_avx512_rung()) return refrain_segment_ascii_avx512(text, from, to, folded, out);
#endif
  refrain_segment_ascii_portable(text, from, to, folded, out);
}
