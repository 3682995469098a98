// Words and sentence edges of ASCII text in one pass: 64 bytes are classified at a time into bit
// masks, the edges of the word mask are walked bit by bit, each word is hashed from a folded copy.
#include "CKernels.h"

#include <string.h>

#include "dispatch.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

typedef struct {
  uint64_t alnum;
  uint64_t apostrophe;
  uint64_t stop;  // bytes that could end a sentence: . ! ? and line feeds
} masks;

#if defined(__SSE2__)

static inline uint64_t movemask4(__m128i a, __m128i b, __m128i c, __m128i d) {
  return (uint64_t)(uint32_t)_mm_movemask_epi8(a) | (uint64_t)(uint32_t)_mm_movemask_epi8(b) << 16 |
         (uint64_t)(uint32_t)_mm_movemask_epi8(c) << 32 |
         (uint64_t)(uint32_t)_mm_movemask_epi8(d) << 48;
}

INLINED __m128i classify16(const uint8_t *in, uint8_t *folded, __m128i *apostrophe,
                           __m128i *stop) {
  __m128i c = _mm_loadu_si128((const __m128i *)in);
  __m128i lower = _mm_or_si128(c, _mm_set1_epi8(0x20));
  __m128i alpha = _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)),
                                _mm_cmpgt_epi8(_mm_set1_epi8('z' + 1), lower));
  __m128i digit = _mm_and_si128(_mm_cmpgt_epi8(c, _mm_set1_epi8('0' - 1)),
                                _mm_cmpgt_epi8(_mm_set1_epi8('9' + 1), c));
  _mm_storeu_si128((__m128i *)folded,
                   _mm_or_si128(c, _mm_and_si128(alpha, _mm_set1_epi8(0x20))));
  *apostrophe = _mm_cmpeq_epi8(c, _mm_set1_epi8('\''));
  *stop = _mm_or_si128(
      _mm_or_si128(_mm_cmpeq_epi8(c, _mm_set1_epi8('.')), _mm_cmpeq_epi8(c, _mm_set1_epi8('\n'))),
      _mm_or_si128(_mm_cmpeq_epi8(c, _mm_set1_epi8('!')), _mm_cmpeq_epi8(c, _mm_set1_epi8('?'))));
  return _mm_or_si128(alpha, digit);
}

INLINED masks classify64(const uint8_t *in, uint8_t *folded) {
  __m128i q0, q1, q2, q3, s0, s1, s2, s3;
  __m128i w0 = classify16(in, folded, &q0, &s0);
  __m128i w1 = classify16(in + 16, folded + 16, &q1, &s1);
  __m128i w2 = classify16(in + 32, folded + 32, &q2, &s2);
  __m128i w3 = classify16(in + 48, folded + 48, &q3, &s3);
  masks m = {movemask4(w0, w1, w2, w3), movemask4(q0, q1, q2, q3), movemask4(s0, s1, s2, s3)};
  return m;
}

#else

INLINED masks classify64(const uint8_t *in, uint8_t *folded) {
  masks m = {0, 0, 0};
  for (int i = 0; i < 64; i++) {
    uint8_t c = in[i];
    uint8_t lower = c | 0x20;
    int alpha = lower >= 'a' && lower <= 'z';
    int digit = c >= '0' && c <= '9';
    folded[i] = alpha ? lower : c;
    m.alnum |= (uint64_t)(alpha | digit) << i;
    m.apostrophe |= (uint64_t)(c == '\'') << i;
    m.stop |= (uint64_t)(c == '.' || c == '\n' || c == '!' || c == '?') << i;
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

typedef uint64_t lanes8 __attribute__((vector_size(64)));

INLINED uint64_t load64(const uint8_t *p) {
  uint64_t value;
  memcpy(&value, p, 8);
  return value;
}

/// XXH3-64 of eight words of at most eight bytes, given their first eight bytes and lengths.
///
/// These are the two shortest length classes of the hash, both computed for each lane and one of them
/// taken by mask, because the class changes from word to word as no branch predictor can learn. What
/// it must equal is XXH3_64bits.
INLINED void hash_short_words(const lanes8 *words, const lanes8 *counts, lanes8 *hashed) {
  lanes8 bytes = *words, lengths = *counts;
  // 1 to 3 bytes: first, middle and last byte and the length, mixed as XXH64 does.
  uint32_t flip32;
  memcpy(&flip32, XXH3_kSecret, 4);
  uint32_t other32;
  memcpy(&other32, XXH3_kSecret + 4, 4);
  lanes8 middle = bytes >> ((lengths >> 1) << 3) & 0xFF;
  lanes8 last = bytes >> (((lengths - 1) & 7) << 3) & 0xFF;
  lanes8 tiny = (bytes & 0xFF) << 16 | middle << 24 | last | lengths << 8;
  tiny ^= (uint64_t)(flip32 ^ other32);
  tiny ^= tiny >> 33;
  tiny *= 0xC2B2AE3D27D4EB4Full;
  tiny ^= tiny >> 29;
  tiny *= 0x165667B19E3779F9ull;
  tiny ^= tiny >> 32;
  // 4 to 8 bytes: the first four and the last four, mixed by rotation and multiplication.
  lanes8 tail = bytes >> (((lengths - 4) & 7) << 3) & 0xFFFFFFFF;
  lanes8 small = (bytes << 32) + tail;
  small ^= load64((const uint8_t *)XXH3_kSecret + 8) ^ load64((const uint8_t *)XXH3_kSecret + 16);
  small ^= (small << 49 | small >> 15) ^ (small << 24 | small >> 40);
  small *= 0x9FB21C651E98DF25ull;
  small ^= (small >> 35) + lengths;
  small *= 0x9FB21C651E98DF25ull;
  small ^= small >> 28;
  lanes8 is_small = (lanes8)(lengths > 3);
  *hashed = (small & is_small) | (tiny & ~is_small);
}

/// Hashes `count` words of a folded text: XXH3-64 of each. Eight bytes behind each word's start must
/// be readable.
INLINED void hash_words(const uint8_t *folded, const uint32_t *starts, const uint32_t *ends,
                        size_t count, uint64_t *hashes) {
  size_t w = 0;
  for (; w + 8 <= count; w += 8) {
    lanes8 bytes, lengths;
    for (int k = 0; k < 8; k++) {
      bytes[k] = load64(folded + starts[w + k]);
      lengths[k] = ends[w + k] - starts[w + k];
    }
    lanes8 hashed;
    hash_short_words(&bytes, &lengths, &hashed);
    memcpy(hashes + w, &hashed, sizeof hashed);
    for (int k = 0; k < 8; k++) {
      if (__builtin_expect(lengths[k] > 8, 0)) {
        hashes[w + k] = XXH3_64bits(folded + starts[w + k], lengths[k]);
      }
    }
  }
  for (; w < count; w++) hashes[w] = XXH3_64bits(folded + starts[w], ends[w] - starts[w]);
}

/// Appends the words whose edges are `edges[0 ..< 2 * count]`, starts and ends by turns.
INLINED void append_words(const uint8_t *folded, const uint32_t *edges, size_t count,
                          refrain_words *out) {
  uint64_t *hashes = out->hashes + out->words;
  uint32_t *starts = out->starts + out->words;
  uint32_t *ends = out->ends + out->words;
  for (size_t w = 0; w < count; w++) {
    starts[w] = edges[2 * w];
    ends[w] = edges[2 * w + 1];
  }
  hash_words(folded, starts, ends, count, hashes);
  out->words += count;
}

/// Begins a sentence with word `w`, which has one before it, if the gap between them ends one.
INLINED void end_sentence(const uint8_t *text, size_t w, refrain_words *out) {
  size_t previous = out->ends[w - 1];
  size_t start = out->starts[w];
  // A gap of one byte holds no terminator with white space behind it and no blank line.
  if (start - previous < 2) return;
  uint8_t c = text[start];
  refrain_initial initial = c <= '9'   ? REFRAIN_INITIAL_DIGIT
                            : c <= 'Z' ? REFRAIN_INITIAL_OTHER
                                       : REFRAIN_INITIAL_LOWER;
  if (refrain_gap_ends_sentence(text, out->starts[w - 1], previous, start, initial)) {
    out->sentences[out->sentence_count++] = (uint32_t)w;
  }
}

/// Decides for each word with a stop before it, and for the first of a stretch, whether a sentence
/// begins there; `stops` are numbers of words from `first` on, ascending.
INLINED void settle_sentences(const uint8_t *text, size_t first, size_t words,
                              const uint32_t *stops, size_t stop_count, refrain_words *out) {
  if (words == 0) return;
  // What lies before the first word may not be ASCII and so not be among the stops.
  if (first == 0) {
    out->sentences[out->sentence_count++] = 0;
  } else {
    end_sentence(text, first, out);
  }
  for (size_t i = 0; i < stop_count && stops[i] < words; i++) {
    if (stops[i] > 0) end_sentence(text, first + stops[i], out);
  }
}

/// Bytes that are classified before their words are hashed: enough for the stores to have left the
/// store buffer, little enough to stay in the first-level cache.
#define STRETCH 4096

DISPATCHED
void refrain_segment_ascii(const uint8_t *text, size_t from, size_t to, uint8_t *folded,
                           refrain_words *out) {
  if (from >= to) return;
  uint32_t edges[STRETCH + 64 + 2];
  uint32_t stops[STRETCH + 64 + 2];  // words with a stop somewhere before them, as counts of edges
  uint8_t tail[64];
  size_t count = 0;
  size_t stop_count = 0;
  size_t first = out->words;
  uint64_t in_word = 0;       // whether the byte before this block belongs to a word
  uint64_t alnum_before = 0;  // whether it is a letter or a digit
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
      next.alnum = next.apostrophe = next.stop = 0;
    }
    uint64_t left = now.alnum << 1 | alnum_before;
    uint64_t right = now.alnum >> 1 | next.alnum << 63;
    uint64_t word = now.alnum | (now.apostrophe & left & right);
    uint64_t bits = word ^ (word << 1 | in_word);
    in_word = word >> 63;
    alnum_before = now.alnum >> 63;
    for (uint64_t stop = now.stop; stop; stop &= stop - 1) {
      size_t before = (size_t)__builtin_popcountll(bits & (stop ^ (stop - 1)));
      stops[stop_count] = (uint32_t)((count + before) / 2);
      // Stops in one gap count once.
      stop_count += stop_count == 0 || stops[stop_count] != stops[stop_count - 1];
    }
    while (bits) {
      edges[count++] = (uint32_t)(base + (size_t)__builtin_ctzll(bits));
      bits &= bits - 1;
    }
    base = ahead;
    if (count >= STRETCH || stop_count >= STRETCH) {
      size_t words = count / 2;
      append_words(folded, edges, words, out);
      settle_sentences(text, first, words, stops, stop_count, out);
      // A word that is still open is carried over; the first word of a stretch needs no stop.
      stop_count = 0;
      if (count > 2 * words) edges[0] = edges[count - 1];
      count -= 2 * words;
      first = out->words;
    }
  }
  if (in_word) edges[count++] = (uint32_t)to;
  append_words(folded, edges, count / 2, out);
  settle_sentences(text, first, count / 2, stops, stop_count, out);
}
