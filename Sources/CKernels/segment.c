// Words and sentence edges of ASCII text in one pass: 64 bytes are classified at a time into bit
// masks, the edges of the word mask are walked bit by bit, each word is hashed from a folded copy.
#include "CKernels.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef struct {
  uint64_t alnum;
  uint64_t apostrophe;
} masks;

#if defined(__SSE2__)

static inline uint64_t movemask4(__m128i a, __m128i b, __m128i c, __m128i d) {
  return (uint64_t)(uint32_t)_mm_movemask_epi8(a) | (uint64_t)(uint32_t)_mm_movemask_epi8(b) << 16 |
         (uint64_t)(uint32_t)_mm_movemask_epi8(c) << 32 |
         (uint64_t)(uint32_t)_mm_movemask_epi8(d) << 48;
}

static inline __m128i classify16(const uint8_t *in, uint8_t *folded, __m128i *apostrophe) {
  __m128i c = _mm_loadu_si128((const __m128i *)in);
  __m128i lower = _mm_or_si128(c, _mm_set1_epi8(0x20));
  __m128i alpha = _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)),
                                _mm_cmpgt_epi8(_mm_set1_epi8('z' + 1), lower));
  __m128i digit = _mm_and_si128(_mm_cmpgt_epi8(c, _mm_set1_epi8('0' - 1)),
                                _mm_cmpgt_epi8(_mm_set1_epi8('9' + 1), c));
  _mm_storeu_si128((__m128i *)folded,
                   _mm_or_si128(c, _mm_and_si128(alpha, _mm_set1_epi8(0x20))));
  *apostrophe = _mm_cmpeq_epi8(c, _mm_set1_epi8('\''));
  return _mm_or_si128(alpha, digit);
}

static inline masks classify64(const uint8_t *in, uint8_t *folded) {
  __m128i q0, q1, q2, q3;
  __m128i w0 = classify16(in, folded, &q0);
  __m128i w1 = classify16(in + 16, folded + 16, &q1);
  __m128i w2 = classify16(in + 32, folded + 32, &q2);
  __m128i w3 = classify16(in + 48, folded + 48, &q3);
  masks m = {movemask4(w0, w1, w2, w3), movemask4(q0, q1, q2, q3)};
  return m;
}

#else

static inline masks classify64(const uint8_t *in, uint8_t *folded) {
  masks m = {0, 0};
  for (int i = 0; i < 64; i++) {
    uint8_t c = in[i];
    uint8_t lower = c | 0x20;
    int alpha = lower >= 'a' && lower <= 'z';
    int digit = c >= '0' && c <= '9';
    folded[i] = alpha ? lower : c;
    m.alnum |= (uint64_t)(alpha | digit) << i;
    m.apostrophe |= (uint64_t)(c == '\'') << i;
  }
  return m;
}

#endif

size_t refrain_find_non_ascii(const uint8_t *text, size_t from, size_t length) {
  size_t i = from;
  for (; i + 32 <= length; i += 32) {
    uint64_t w[4];
    memcpy(w, text + i, 32);
    if ((w[0] | w[1] | w[2] | w[3]) & 0x8080808080808080ull) break;
  }
  while (i < length && text[i] < 0x80) i++;
  return i;
}

static inline void emit(const uint8_t *text, const uint8_t *folded, size_t start, size_t end,
                        refrain_words *out) {
  size_t w = out->words;
  if (w == 0) {
    out->sentences[out->sentence_count++] = 0;
  } else {
    size_t previous = out->ends[w - 1];
    // A gap of one byte holds no terminator with white space behind it and no blank line.
    if (start - previous > 1) {
      uint8_t c = text[start];
      refrain_initial initial = c <= '9'   ? REFRAIN_INITIAL_DIGIT
                                : c <= 'Z' ? REFRAIN_INITIAL_OTHER
                                           : REFRAIN_INITIAL_LOWER;
      if (refrain_gap_ends_sentence(text, out->starts[w - 1], previous, start, initial)) {
        out->sentences[out->sentence_count++] = (uint32_t)w;
      }
    }
  }
  out->hashes[w] = XXH3_64bits(folded + start, end - start);
  out->starts[w] = (uint32_t)start;
  out->ends[w] = (uint32_t)end;
  out->words = w + 1;
}

void refrain_segment_ascii(const uint8_t *text, size_t from, size_t to, uint8_t *folded,
                           refrain_words *out) {
  if (from >= to) return;
  uint8_t tail[64];
  uint64_t carry = 0;       // whether the byte before this block belongs to a word
  uint64_t alnum_before = 0;  // whether it is a letter or a digit
  size_t start = 0;
  size_t base = from;
  masks next;
  if (to - base >= 64) {
    next = classify64(text + base, folded + base);
  } else {
    memset(tail, 0, sizeof tail);
    memcpy(tail, text + base, to - base);
    next = classify64(tail, folded + base);
  }
  while (base < to) {
    masks now = next;
    size_t ahead = base + 64;
    if (ahead + 64 <= to) {
      next = classify64(text + ahead, folded + ahead);
    } else if (ahead < to) {
      memset(tail, 0, sizeof tail);
      memcpy(tail, text + ahead, to - ahead);
      next = classify64(tail, folded + ahead);
    } else {
      next.alnum = next.apostrophe = 0;
    }
    uint64_t left = now.alnum << 1 | alnum_before;
    uint64_t right = now.alnum >> 1 | next.alnum << 63;
    uint64_t word = now.alnum | (now.apostrophe & left & right);
    uint64_t edges = word ^ (word << 1 | carry);
    if (carry && edges) {
      emit(text, folded, start, base + (size_t)__builtin_ctzll(edges), out);
      edges &= edges - 1;
    }
    while (edges) {
      start = base + (size_t)__builtin_ctzll(edges);
      edges &= edges - 1;
      if (!edges) break;
      emit(text, folded, start, base + (size_t)__builtin_ctzll(edges), out);
      edges &= edges - 1;
    }
    carry = word >> 63;
    alnum_before = now.alnum >> 63;
    base = ahead;
  }
  if (carry) emit(text, folded, start, to, out);
}
