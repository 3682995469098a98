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

/// The offset of the first byte in text[from ..< length] that is one of the lower five bytes of `marks`; `length` where
/// there is none. Fewer marks repeat one of them.
size_t refrain_find_mark(const uint8_t *text, size_t from, size_t length, uint64_t marks);

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

/// The lower bits of a word of a collection: what it looks like.
#define REFRAIN_LOOK_NUMBER 1u
#define REFRAIN_LOOK_CAPITAL 2u
#define REFRAIN_LOOK_SENTENCE_START 4u
#define REFRAIN_LOOK_JOINED 8u
/// The first word of a text is joined to nothing, and so both bits say what it is.
#define REFRAIN_LOOK_TEXT_START (REFRAIN_LOOK_SENTENCE_START | REFRAIN_LOOK_JOINED)

/// Words that either side may leave out at once.
#define REFRAIN_WALK_REACH 4

/// What a walk goes by. All in sixteenths of a bit, but for the table's shape.
typedef struct {
  const uint8_t *weights;  ///< what words weigh, by their upper bits: weights[word >> shift]
  uint32_t shift;
  int32_t number;        ///< what a number weighs
  int32_t continuation;  ///< what a word weighs at most that goes on with a name
  int32_t skip;          ///< the price of a word left out
  int32_t drop;          ///< a walk ends so far below its best
  int32_t landing;       ///< the least weight of a word to go on at
} refrain_walk_rules;

/// Equal words on both sides: from so many words behind the start on.
typedef struct {
  uint64_t first;
  uint64_t second;
  uint64_t length;
} refrain_run;

/// A walk at its best: the words of either side that it has behind it, and what they have in common.
typedef struct {
  uint64_t first;
  uint64_t second;
  uint64_t runs;
  int32_t score;
  int32_t weight;
  uint32_t matched;  ///< words that stand in both, numbers aside
  uint32_t numbers;  ///< numbers that stand in both
} refrain_way;

/// Walks along two documents from `a` and `b` with `step` 1 or -1, over `limit_a` and `limit_b` words at most, the
/// first of which are a[0] and b[0].
///
/// Two words are equal if they differ in the lower four bits alone. Equal words earn what they weigh; where words
/// differ, the walk goes on at the nearest pair of equal ones, and at the next words where none is within reach.
/// It ends at its best place once it is `drop` below that. `runs` has room for as many as the lesser limit; the
/// first `runs` of the result are those of the walk. Linear in what it walks over.
refrain_way refrain_walk(const refrain_walk_rules *rules, const uint32_t *a, size_t limit_a,
                         const uint32_t *b, size_t limit_b, int step, refrain_run *runs);

/// A hash of a run of words, by all but their lower four bits.
uint64_t refrain_run_hash(const uint32_t *words, size_t length);

/// The hashes of the runs of `length` words that begin at words[0] to words[count - 1]: of count + length - 1 words.
void refrain_run_hashes(const uint32_t *words, size_t count, size_t length, uint64_t *hashes);

/// Which of `count` hashes have upper bits, so many, from `lowest` up to `lowest + span`: their numbers, in order.
///
/// `selected` has room for `count` numbers. Returns how many there are.
size_t refrain_select_hashes(const uint64_t *hashes, size_t count, uint32_t bits, uint64_t lowest,
                             uint64_t span, uint32_t *selected);

/// Words on either side of a run that are its context.
#define REFRAIN_CONTEXT_REACH 8

/// What stands around a run of words.
typedef struct {
  /// The words before it and behind it, in order, without their lower four bits. Where its text has fewer, one of
  /// them comes again.
  uint32_t words[2 * REFRAIN_CONTEXT_REACH];
  /// What each is worth: two, or one if it is among the commonest.
  uint32_t worth[2 * REFRAIN_CONTEXT_REACH];
} refrain_context;

/// The context of words[place ..< place + length], of `count` words in all: up to `REFRAIN_CONTEXT_REACH` words of
/// the same text on either side; words that no other has where that is all of its text.
///
/// `common` has a bit for each value of a word's upper 16 bits: whether it is among the commonest.
void refrain_seed_context(const uint32_t *words, size_t count, size_t place, size_t length,
                          const uint64_t *common, refrain_context *context);

/// Whether the words that two contexts have in common, each counted once, are worth so much, or all are the same in
/// order.
bool refrain_contexts_agree(const refrain_context *a, const refrain_context *b, uint32_t least);

/// A slot of a table that numbers stems: in use where it bears the present stamp.
typedef struct {
  uint32_t stem;
  uint32_t number;
  uint32_t stamp;
} refrain_stem_slot;

/// Numbers the stems of `count` words, by all but their lower four bits: those that `slots` does not know under this
/// stamp from `known` on, in the order of their first words.
///
/// `slot_count` is a power of two. `numbers` has room for a number a word, and `firsts` for half as many as there are
/// slots: by a stem's number, which word was its first. Returns how many words have a number: all, or those before
/// one for whose stem there is no room, since half of the slots are taken. Expected linear.
size_t refrain_number_stems(const uint32_t *stems, size_t count, refrain_stem_slot *slots,
                            size_t slot_count, uint32_t stamp, uint32_t *numbers,
                            uint32_t *firsts, size_t *known);

/// What is known of a stem by its number.
typedef struct {
  uint32_t stem;       ///< its entry in the column
  uint32_t sentences;  ///< how many sentences hold it
  uint32_t last;       ///< the last of them
  uint32_t inside;     ///< how often it stands inside a sentence
  uint32_t capital;    ///< how often with a capital there
} refrain_stem_count;

/// Counts a sentence of `count` words whose stems have these numbers; `starts` says whether its first word begins a
/// sentence, and so is none inside one.
///
/// `distinct` has room for as many numbers; its first elements become the numbers of the sentence, each once, in
/// order. Returns how many there are.
size_t refrain_count_stems(const uint32_t *numbers, const uint32_t *words, size_t count,
                           uint32_t sentence, bool starts, refrain_stem_count *stems,
                           uint32_t *distinct);

/// What some stems weigh together, and those of them that weigh less than the least.
typedef struct {
  uint32_t all;
  uint32_t light;
} refrain_weights;

/// Adds up what stems weigh, by their numbers. At most 65,537 of them.
refrain_weights refrain_sum_weights(const uint32_t *numbers, size_t count, const uint16_t *weights,
                                    uint32_t least);

/// Tells the processor that these bytes will be read soon.
static inline void refrain_prefetch(const void *bytes) { __builtin_prefetch(bytes); }

/// Whether a line has neither bars, tabs nor two blanks on end, and is mostly letters, bytes beyond ASCII
/// included.
bool refrain_line_is_plainly_prose(const uint8_t *line, size_t length);

/// Code points, and how many of them are two units of UTF-16.
typedef struct {
  uint32_t code_points;
  uint32_t wide;
} refrain_units;

/// What begins in a stretch of valid UTF-8 of less than 4 GiB.
refrain_units refrain_count_units(const uint8_t *text, size_t length);

#endif
