// What all who look for the end of a sentence share: the abbreviations, and the gaps that need no
// reading scalar by scalar.
#ifndef REFRAIN_SENTENCE_H
#define REFRAIN_SENTENCE_H

#include <string.h>

#include "CKernels.h"
#include "dispatch.h"

// Words that end in a full stop without ending the sentence, lower-case, at most eight bytes, each
// padded with zeros, to be compared as one integer. Those in the second list do so only before a
// digit.
static const char ABBREVIATIONS[][8] = {
    "mr",  "mrs", "ms",   "dr",  "prof", "rev", "hon",  "st",   "sr",   "jr",  "vs",  "gen",
    "lt",  "col", "sgt",  "capt", "cmdr", "adm", "gov",  "sen",  "rep",  "pres", "inc", "corp",
    "ltd", "co",  "bros", "plc", "dept", "univ", "assn", "ave",  "blvd", "ft",  "mt",  "eg",
    "ie",  "cf",  "al",   "approx", "est", "messrs", "mme", "mlle", "hr", "bzw", "dipl", "ing",
};
static const char BEFORE_A_DIGIT[][8] = {
    "no",  "nos", "nr", "vol", "fig", "figs", "sec", "art", "ch", "chap", "pp", "ed", "eq",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "ver", "p",
};

/// A word of at most eight ASCII bytes in lower case, padded with zeros. `to` is the end of the text,
/// of which nothing behind is read.
INLINED uint64_t lower_case_word(const uint8_t *word, size_t length, const uint8_t *to) {
  uint64_t bytes = 0;
  if (word + 8 <= to) {
    memcpy(&bytes, word, 8);
    bytes &= ~0ull >> (8 - length) * 8;
  } else {
    for (size_t i = 0; i < length; i++) bytes |= (uint64_t)word[i] << 8 * i;
  }
  // Letters, digits and apostrophes are what a word holds: only upper-case letters lack this bit.
  return bytes | (0x2020202020202020ull & ~0ull >> (8 - length) * 8);
}

INLINED bool listed(uint64_t word, const char (*list)[8], size_t count) {
  // All entries are compared: a loop without a way out runs in vectors.
  bool found = false;
  for (size_t i = 0; i < count; i++) {
    uint64_t entry;
    memcpy(&entry, list[i], 8);
    found |= entry == word;
  }
  return found;
}

/// Whether the word before a full stop is an abbreviation or an initial.
INLINED bool abbreviated(const uint8_t *word, size_t length, const uint8_t *to,
                         refrain_initial next) {
  if (length == 0) return false;
  uint8_t c = word[0];
  size_t first = c < 0x80 ? 1 : c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
  if (first == length) {
    // One letter: an initial. One digit ends a sentence as any number does.
    return !(c >= '0' && c <= '9');
  }
  if (length > 8) return false;
  uint64_t lower = lower_case_word(word, length, to);
  if (listed(lower, ABBREVIATIONS, sizeof ABBREVIATIONS / sizeof *ABBREVIATIONS)) return true;
  return next == REFRAIN_INITIAL_DIGIT &&
         listed(lower, BEFORE_A_DIGIT, sizeof BEFORE_A_DIGIT / sizeof *BEFORE_A_DIGIT);
}

/// The bytes of `word` that equal `byte`, as the highest bit of each; `word` is ASCII.
INLINED uint64_t bytes_equal(uint64_t word, uint8_t byte) {
  const uint64_t low = 0x7F7F7F7F7F7F7F7Full;
  return ~((word ^ 0x0101010101010101ull * byte) + low) & ~low;
}

/// `refrain_gap_ends_sentence` for a gap of ASCII of two bytes at least.
///
/// Nearly all gaps are a full stop, a comma or nothing, and then spaces and line feeds: those are
/// decided eight bytes at a time. `to` is the end of the text, of which nothing behind is read.
INLINED bool ascii_gap_ends_sentence(const uint8_t *text, size_t to, size_t previous_start,
                                     size_t previous_end, size_t next_start,
                                     refrain_initial next) {
  size_t length = next_start - previous_end;
  if (length <= 8 && previous_end + 8 <= to) {
    uint64_t gap;
    memcpy(&gap, text + previous_end, sizeof gap);
    uint64_t within = 0x8080808080808080ull >> (8 - length) * 8;
    uint64_t feeds = bytes_equal(gap, '\n') & within;
    uint64_t plain = feeds | bytes_equal(gap, ' ');
    bool stopped = (gap & 0xFF) == '.';
    if (stopped || (gap & 0xFF) == ',') plain |= 0x80;
    if ((plain & within) == within) {
      if (feeds & (feeds - 1)) return true;
      if (!stopped || next == REFRAIN_INITIAL_LOWER) return false;
      return !abbreviated(text + previous_start, previous_end - previous_start, text + to, next);
    }
  }
  return refrain_gap_ends_sentence(text, previous_start, previous_end, next_start, next);
}

#endif
