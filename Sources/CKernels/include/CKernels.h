// The kernels: the loops that touch every byte, every shingle and every slot. Each has a plain twin
// in Swift that defines what it must compute and that the tests compare it with. No kernel
// allocates; buffers are the caller's, with lengths.
#ifndef REFRAIN_CKERNELS_H
#define REFRAIN_CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The words of a text as parallel arrays. The caller makes them large enough: a stretch of n ASCII
/// bytes holds at most (n + 1) / 2 words and as many sentences.
typedef struct {
  uint64_t *hashes;     ///< XXH3-64 of the folded word
  uint32_t *starts;     ///< offset of the word's first byte in the text
  uint32_t *ends;       ///< offset behind its last byte
  uint32_t *sentences;  ///< index of each sentence's first word
  size_t words;
  size_t sentence_count;
} refrain_words;

/// How a word begins, as far as sentence edges care.
typedef enum {
  REFRAIN_INITIAL_LOWER = 0,  ///< a lower-case letter: the sentence goes on
  REFRAIN_INITIAL_OTHER = 1,  ///< an upper-case letter, or one of a script without case
  REFRAIN_INITIAL_DIGIT = 2,
} refrain_initial;

/// Whether a sentence ends in the gap between two words, text[previous_end ..< next_start].
/// `previous_start` is where the word before the gap begins. Time is that of the gap's length.
bool refrain_gap_ends_sentence(const uint8_t *text, size_t previous_start, size_t previous_end,
                               size_t next_start, refrain_initial next);

/// Elements that `refrain_segment_ascii` may write behind the words, as garbage.
#define REFRAIN_WORD_SLACK 64

/// Appends the words of text[from ..< to], all of it ASCII, to `out`.
///
/// `to` must not cut a word. `folded` is scratch addressed by the same offsets as the text, with at
/// least 8 bytes before it and 64 behind `to`; `out` has room for REFRAIN_WORD_SLACK more words than
/// there can be.
void refrain_segment_ascii(const uint8_t *text, size_t from, size_t to, uint8_t *folded,
                           refrain_words *out);

/// The same as every processor can do it.
void refrain_segment_ascii_portable(const uint8_t *text, size_t from, size_t to, uint8_t *folded,
                                    refrain_words *out);

/// The offset of the first byte >= 0x80 in text[from ..< length]; `length` where there is none.
size_t refrain_find_non_ascii(const uint8_t *text, size_t from, size_t length);

/// Hashes the n-grams of each sentence: XXH3-64 over n little-endian word hashes; a sentence shorter
/// than n gives one shingle of all its words. `out` holds at least `words` elements. Returns how
/// many shingles were written.
size_t refrain_shingle(const uint64_t *hashes, size_t words, const uint32_t *sentences,
                       size_t sentence_count, size_t n, uint64_t *out);

/// The largest number of slots a signature may have.
#define REFRAIN_MAX_SLOTS 1024

/// Writes the MinHash signature of `count` > 0 shingles: `slots` <= REFRAIN_MAX_SLOTS values.
/// `multipliers` (odd) and `addends` hold one value a slot.
void refrain_minhash(const uint64_t *shingles, size_t count, const uint32_t *multipliers,
                     const uint32_t *addends, size_t slots, uint32_t *out);

/// Hashes each band's rows into a 64-bit key: XXH3-64 under the band's number as seed.
/// out[band * stride] receives the key.
void refrain_band_keys(const uint32_t *signature, size_t bands, size_t rows, uint64_t *out,
                       size_t stride);

#endif
