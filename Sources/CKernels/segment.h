// The loop over ASCII text, once for each rung of processors. A rung is a source file that says how
// 64 bytes are classified and how the places of bits are written, includes this file, and so gets
// `segment_ascii`. All of it is static.
//
// 64 bytes become bit masks; the edges of the word mask are the words, and the stops between words
// are where a sentence may end. The words of a stretch are hashed after it, from the folded copy.
#include "CKernels.h"
#include "sentence.h"
#include "xxh3.h"

/// Bytes that are classified before their words are hashed: enough for the stores to have left the
/// store buffer, little enough to stay in the first-level cache.
#define STRETCH 8192

/// Classes of 64 bytes, a bit a byte.
typedef struct {
  uint64_t alnum;
  uint64_t apostrophe;
  uint64_t stop;  // bytes that could end a sentence: . ! ? and line feeds
} masks;

// What a rung brings.

/// Classifies 64 bytes and writes them folded to lower case.
RUNG masks classify64(const uint8_t *in, uint8_t *folded);

/// Writes `base` plus the place of each set bit, ascending; returns how many. May write garbage
/// behind them, up to 64 elements from `out` on.
RUNG size_t write_places(uint64_t bits, uint32_t base, uint32_t *out);

/// Writes `base` + k for each lane k whose length is over 8; returns how many. May write garbage
/// behind them, up to 8 elements from `out` on.
RUNG size_t write_long_lanes(const half_lanes8 *lengths, uint32_t base, uint32_t *out);

/// Hashes `count` words of a folded text, XXH3-64 of each. Eight bytes behind each word's start are
/// readable.
RUNG void hash_words(const uint8_t *folded, const uint32_t *starts, const uint32_t *ends,
                     size_t count, uint64_t *hashes) {
  uint32_t longs[STRETCH / 2 + 64];  // a tenth of the words: hashed apart, without a branch here
  size_t long_count = 0;
  if (count < 8) {
    for (size_t w = 0; w < count; w++) {
      hashes[w] = XXH3_64bits(folded + starts[w], ends[w] - starts[w]);
    }
    return;
  }
  for (size_t next = 0; next < count; next += 8) {
    size_t w = next + 8 <= count ? next : count - 8;  // the last eight once more, in part
    half_lanes8 s, e;
    memcpy(&s, starts + w, sizeof s);
    memcpy(&e, ends + w, sizeof e);
    e -= s;
    lanes8 bytes, lengths = __builtin_convertvector(e, lanes8), hashed;
    for (int k = 0; k < 8; k++) bytes[k] = load64(folded + starts[w + k]);
    hash_short_words(&bytes, &lengths, &hashed);
    memcpy(hashes + w, &hashed, sizeof hashed);
    long_count += write_long_lanes(&e, (uint32_t)w, longs + long_count);
  }
  for (size_t i = 0; i < long_count; i++) {
    size_t w = longs[i];
    hashes[w] = hash_long_word(folded + starts[w], ends[w] - starts[w]);
  }
}

INLINED refrain_initial initial_of_ascii(uint8_t c) {
  return c <= '9' ? REFRAIN_INITIAL_DIGIT : c <= 'Z' ? REFRAIN_INITIAL_OTHER : REFRAIN_INITIAL_LOWER;
}

/// Hashes `count` words from `first` on, and decides for the first of them and for each with a stop
/// before it whether a sentence begins there; `stops` are indices of words, ascending.
RUNG void finish_stretch(const uint8_t *text, size_t to, const uint8_t *folded, size_t first,
                         size_t count, const uint32_t *stops, size_t stop_count,
                         refrain_words *out) {
  if (count == 0) return;
  const uint32_t *starts = out->starts, *ends = out->ends;
  hash_words(folded, starts + first, ends + first, count, out->hashes + first);
  out->words = first + count;
  // What lies before the first word may not be ASCII and so not be among the stops.
  if (first == 0 || refrain_gap_ends_sentence(text, starts[first - 1], ends[first - 1],
                                              starts[first], initial_of_ascii(text[starts[first]]))) {
    out->sentences[out->sentence_count++] = (uint32_t)first;
  }
  size_t last = first;
  for (size_t i = 0; i < stop_count; i++) {
    size_t w = stops[i];
    // Stops in one gap count once, and what lies behind the last word is the next stretch's.
    if (w <= last || w >= out->words) continue;
    last = w;
    if (ascii_gap_ends_sentence(text, to, starts[w - 1], ends[w - 1], starts[w],
                                initial_of_ascii(text[starts[w]]))) {
      out->sentences[out->sentence_count++] = (uint32_t)w;
    }
  }
}

/// Classifies the 64 bytes at `at`, of which some or all may lie behind `to`.
RUNG masks classify_at(const uint8_t *text, size_t at, size_t to, uint8_t *folded) {
  if (at + 64 <= to) return classify64(text + at, folded + at);
  masks none = {0, 0, 0};
  if (at >= to) return none;
  uint8_t tail[64] = {0};
  memcpy(tail, text + at, to - at);
  return classify64(tail, folded + at);
}

RUNG void segment_ascii(const uint8_t *text, size_t from, size_t to, uint8_t *folded,
                        refrain_words *out) {
  uint32_t stops[STRETCH + 64];
  size_t stop_count = 0;
  size_t first = out->words;
  size_t starts = first, ends = first;  // how many of each are known
  uint64_t in_word = 0;                 // whether the byte before this block belongs to a word
  uint64_t alnum_before = 0;            // whether it is a letter or a digit
  masks next = classify_at(text, from, to, folded);
  size_t stretch_end = from + STRETCH;
  for (size_t base = from; base < to;) {
    masks now = next;
    size_t ahead = base + 64;
    next = classify_at(text, ahead, to, folded);
    uint64_t left = now.alnum << 1 | alnum_before;
    uint64_t right = now.alnum >> 1 | next.alnum << 63;
    uint64_t word = now.alnum | (now.apostrophe & left & right);
    uint64_t before = word << 1 | in_word;
    uint64_t start_bits = word & ~before;
    uint64_t end_bits = before & ~word;
    // A gap of one byte holds no terminator with white space behind it and no blank line.
    uint64_t stop = now.stop & ~(before & (word >> 1 | next.alnum << 63));
    // Two without looking whether there are as many, the rest, which are rare, one by one.
    for (int k = 0; k < 2 || stop; k++) {
      uint64_t up_to_stop = stop ^ (stop - 1);
      stops[stop_count] = (uint32_t)(starts + (size_t)__builtin_popcountll(start_bits & up_to_stop));
      stop_count += stop != 0;
      stop &= stop - 1;
    }
    starts += write_places(start_bits, (uint32_t)base, out->starts + starts);
    ends += write_places(end_bits, (uint32_t)base, out->ends + ends);
    in_word = word >> 63;
    alnum_before = now.alnum >> 63;
    base = ahead;
    if (base < stretch_end && base < to) continue;
    if (base >= to && in_word) out->ends[ends++] = (uint32_t)to;
    finish_stretch(text, to, folded, first, ends - first, stops, stop_count, out);
    // A word that is still open begins the next stretch, and the first word there needs no stop.
    first = ends;
    stop_count = 0;
    stretch_end = base + STRETCH;
  }
}
