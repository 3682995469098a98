// Words and sentence edges of ASCII text: the rung for AVX-512, where a comparison gives a bit mask
// and the places of bits are compressed by one instruction.
#include "rungs.h"

#ifdef HAS_AVX512_RUNG

#include <immintrin.h>

#include "sentence.h"
#include "xxh3.h"

#pragma clang attribute push(                                                                   \
    __attribute__((target("arch=x86-64-v4,avx512vbmi2"))), apply_to = function)

#define RUNG static inline
#include "segment.h"

RUNG masks classify64(const uint8_t *in, uint8_t *folded) {
  __m512i c = _mm512_loadu_si512(in);
  __m512i lower = _mm512_or_si512(c, _mm512_set1_epi8(0x20));
  __mmask64 alpha = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(lower, _mm512_set1_epi8('a')),
                                           _mm512_set1_epi8(26));
  __mmask64 digit = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(c, _mm512_set1_epi8('0')),
                                           _mm512_set1_epi8(10));
  _mm512_storeu_si512(folded, _mm512_mask_mov_epi8(c, alpha, lower));
  // The stops differ in their lower four bits, so that each byte has one stop to be compared with.
  const __m512i stops = _mm512_broadcast_i32x4(
      _mm_setr_epi8(-1, '!', -1, -1, -1, -1, -1, -1, -1, -1, '\n', -1, -1, -1, '.', '?'));
  masks m = {alpha | digit, _mm512_cmpeq_epi8_mask(c, _mm512_set1_epi8('\'')),
             _mm512_cmpeq_epi8_mask(c, _mm512_shuffle_epi8(stops, c))};
  return m;
}

RUNG size_t write_places(uint64_t bits, uint32_t base, uint32_t *out) {
  static const uint8_t iota[64] __attribute__((aligned(64))) = {
      0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
      44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  size_t count = (size_t)__builtin_popcountll(bits);
  __m512i bases = _mm512_set1_epi32((int)base);
  __m512i places = _mm512_maskz_compress_epi8(bits, _mm512_load_si512(iota));
  __m512i first = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places));
  _mm512_storeu_si512(out, _mm512_add_epi32(bases, first));
  // Edges of one kind are two bytes apart at least: 32 are all there can be.
  if (__builtin_expect(count > 16, 0)) {
    __m512i second = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(places, 1));
    _mm512_storeu_si512(out + 16, _mm512_add_epi32(bases, second));
  }
  return count;
}

RUNG size_t write_long_lanes(const half_lanes8 *lengths, uint32_t base, uint32_t *out) {
  __mmask8 is_long = _mm256_cmpgt_epu32_mask((__m256i)*lengths, _mm256_set1_epi32(8));
  __m256i lanes = _mm256_add_epi32(_mm256_set1_epi32((int)base),
                                   _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
  _mm256_storeu_si256((__m256i *)out, _mm256_maskz_compress_epi32(is_long, lanes));
  return (size_t)__builtin_popcount(is_long);
}

void refrain_segment_ascii_avx512(const uint8_t *text, size_t from, size_t to, uint8_t *folded,
                                  refrain_words *out) {
  segment_ascii(text, from, to, folded, out);
}

#pragma clang attribute pop

#endif
