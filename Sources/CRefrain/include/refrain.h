// Refrain as a C library: near-duplicates among texts that lie in Arrow memory, and what repeats in them.
//
// Conventions
// - A function returns REFRAIN_OK, or another status and a refrain_error with the words, where one is
//   given. A result is written only when all went well. NULL for a result is REFRAIN_BAD_ARGUMENT.
// - Texts come by the Arrow C data interface and are not copied: formats u, U and vu, or a dictionary of
//   these, bare or as a column of a struct (+s). All is validated when it is imported: lengths, offsets,
//   views, indices, UTF-8. What cannot be validated is that buffers are as long as their offsets say. The
//   memory must not change before the handle is freed.
// - Tables go out as Arrow structs of fixed-width columns without nulls, which the caller releases.
// - A handle is a number. An unknown one, one of another kind and one that was freed are
//   REFRAIN_BAD_HANDLE. Functions may be called from several threads at once, on the same handle, too.
// - Nothing touches the process: no signal handler, no umask, no output, no locale, no file but a nameless
//   one in TMPDIR when `memory` is exceeded. A child after fork() may call everything.
// - The same input gives the same bytes, for any number of threads.
#ifndef REFRAIN_H
#define REFRAIN_H

#include <stddef.h>
#include <stdint.h>

// Of this header. Functions are added, and options at their end; what is there keeps its meaning.
#define REFRAIN_ABI_VERSION 1

#ifdef __cplusplus
extern "C" {
#endif

// The Arrow C data interface (https://arrow.apache.org/docs/format/CDataInterface.html).
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};
#endif

enum {
  REFRAIN_OK = 0,
  // NULL where something must be, or lengths that do not go together.
  REFRAIN_BAD_ARGUMENT = 1,
  // An option out of its range.
  REFRAIN_BAD_SETTING = 2,
  // A text that is null or no UTF-8; `row` tells which.
  REFRAIN_BAD_TEXT = 3,
  // An Arrow array, schema or stream that is not what it says, or of a type that holds no texts.
  REFRAIN_BAD_ARROW = 4,
  REFRAIN_BAD_HANDLE = 5,
  // `poll` asked to stop.
  REFRAIN_INTERRUPTED = 6,
  // Anything else: a temporary file that cannot be written, markup that cannot be read.
  REFRAIN_FAILED = 7,
};

// What went wrong: one sentence of UTF-8, cut off where it is too long, ending in NUL.
typedef struct refrain_error {
  int32_t status;
  int32_t reserved;
  // The row that it is about, from 0; -1 where it is about none.
  int64_t row;
  char message[1008];
} refrain_error;

enum { REFRAIN_MATCH_NEAR = 0, REFRAIN_MATCH_WORDS = 1, REFRAIN_MATCH_IDENTICAL = 2 };
enum { REFRAIN_REASON_IDENTICAL = 0, REFRAIN_REASON_SAME_WORDS = 1, REFRAIN_REASON_NEAR = 2 };
enum { REFRAIN_STAGE_READING = 0, REFRAIN_STAGE_BUCKETING = 1, REFRAIN_STAGE_VERIFYING = 2 };

// Begin with refrain_options_init. NULL for options means the defaults.
typedef struct refrain_options {
  // sizeof(refrain_options) of the caller, so that later fields are known to be absent.
  size_t size;
  // The least Jaccard similarity of near-duplicates, above 0 and at most 1, to six digits. 0.8
  double threshold;
  // The least probability with which a pair at the threshold is proposed, between 0 and 1. 0.99
  double recall;
  // Words in an n-gram, 1 to 64. 5
  int32_t ngram;
  // Threads that work, 1 to 1,024; 0 is as many as processors. 0
  int32_t threads;
  // Bands and rows, both or neither: instead of `recall`. 0
  int32_t bands;
  int32_t rows;
  // How far to go in calling texts duplicates. REFRAIN_MATCH_NEAR
  int32_t match;
  // Whether no pair may be missed, at the cost of time. 0
  int32_t exhaustive;
  // Whether rows that are null or no UTF-8 are left out instead of being an error. 0
  int32_t skip_bad_rows;
  // Whether every pair of more than a hundred texts with the same words is listed. 0
  int32_t all_pairs;
  // Bytes that keys and shingles may take. 1 GiB
  int64_t memory;
  // Who stays: first, last, longest, newest:COLUMN, oldest:COLUMN, score:COLUMN or
  // priority:COLUMN=v1,v2; NULL is first. The column is the
  // one that was imported with the texts.
  const char *keep;
  // Called on the calling thread some ten times a second while others work; anything but 0 stops them,
  // and the call returns REFRAIN_INTERRUPTED within a second. May be NULL: then the work is done on the
  // calling thread.
  int32_t (*poll)(void *context, int32_t stage, int64_t done, int64_t total);
  void *context;
} refrain_options;

typedef uint64_t refrain_handle;

// REFRAIN_ABI_VERSION of the library.
uint32_t refrain_abi_version(void);
// The version of the program, such as 0.1.0, and the scheme that hashes and results depend on. Both live
// as long as the process.
const char *refrain_version(void);
const char *refrain_scheme(void);

// Writes the defaults. `size` is that of the caller.
int32_t refrain_options_init(refrain_options *options, size_t size);

// Imports texts. Takes the stream or array over, whatever it returns. `column` names the texts of a struct;
// NULL takes its only column of texts. `policy` names a further column for `keep`: integers, floating
// point, dates and times, or strings; NULL is none. O(rows + bytes).
int32_t refrain_texts_from_stream(struct ArrowArrayStream *stream, const char *column,
                                  const char *policy, refrain_handle *texts, refrain_error *error);
int32_t refrain_texts_from_array(struct ArrowSchema *schema, struct ArrowArray *array,
                                 const char *column, const char *policy, refrain_handle *texts,
                                 refrain_error *error);
// The same for UTF-8 that the caller keeps: `count` texts one behind the other in `data`, of which each begins at its
// offset, with `count` + 1 offsets. A text whose bit of `validity`, lowest bit first, is 0 is null; NULL means that
// none is. Copies the bytes, so that nothing of the caller's is called later on.
int32_t refrain_texts_from_utf8(const char *data, const int64_t *offsets, const uint8_t *validity,
                                int64_t count, refrain_handle *texts, refrain_error *error);
int32_t refrain_texts_count(refrain_handle texts, int64_t *count, refrain_error *error);

// Lets go of what a handle stands for; what runs on it goes on. 0 is no handle and is let be.
int32_t refrain_free(refrain_handle handle);
// For a language that calls a function with an object when nobody has that object any more: binds a handle to the
// address of the object, and frees the handle that is bound to an address, if there is one. An address that was
// bound before is bound anew.
int32_t refrain_bind(refrain_handle handle, const void *owner, refrain_error *error);
void refrain_free_bound(void *owner);

// Which of the texts stay and which go. O(bytes), and up to 64 comparisons a text and band. The result keeps
// the texts.
int32_t refrain_dedup(refrain_handle texts, const refrain_options *options,
                      refrain_handle *deduplication, refrain_error *error);
// The texts that go, ascending: removed u64, kept u64, similarity f64, containment f64, reason u8. A
// threshold of 0 means that of the call; a higher one is answered from all pairs, which the first such
// question verifies under `options` (threads and poll).
int32_t refrain_dedup_removed(refrain_handle deduplication, double threshold,
                              const refrain_options *options, struct ArrowSchema *schema,
                              struct ArrowArray *array, refrain_error *error);
// The rows that were left out, ascending: row u64.
int32_t refrain_dedup_skipped(refrain_handle deduplication, struct ArrowSchema *schema,
                              struct ArrowArray *array, refrain_error *error);

// All pairs of duplicates by first and second: a u64, b u64, similarity f64, containment f64, reason u8.
int32_t refrain_pairs(refrain_handle texts, const refrain_options *options,
                      struct ArrowSchema *schema, struct ArrowArray *array, refrain_error *error);

// How alike texts are, row by row: shared u64, left u64, right u64 (n-grams), similarity f64, containment
// f64.
int32_t refrain_similarity(refrain_handle left, refrain_handle right,
                           const refrain_options *options, struct ArrowSchema *schema,
                           struct ArrowArray *array, refrain_error *error);

// The passages that texts share, row by row, of at least `min_bytes`: pair u64, a_start u64, a_end u64,
// b_start u64, b_end u64 (bytes of the texts), similarity f64, containment f64 (of word bigrams). Once it
// runs, `poll` ends the waiting for it.
int32_t refrain_compare(refrain_handle left, refrain_handle right, int64_t min_bytes,
                        const refrain_options *options, struct ArrowSchema *schema,
                        struct ArrowArray *array, refrain_error *error);

// The passages that the texts of a collection share with each other. Compared are texts that have a run of
// `run` equal words in common, 8 to 1,024, and most of those with a shorter one from 8 words on; in a run that more
// than ten texts hold, the later ones with the first and with the two before. Rows as refrain_compare finds them in
// a pair: a u64, b u64 (rows, the earlier one first), a_start u64, a_end u64, b_start u64, b_end u64 (bytes of the
// texts), similarity f64, containment f64; by a, b and place. Some 64 bytes a seed, of which a text has 2 for
// every `run` - 6 words, and a comparison a pair. Once it runs, `poll` ends the waiting for it.
int32_t refrain_passages(refrain_handle texts, int64_t run, int64_t min_bytes,
                         const refrain_options *options, struct ArrowSchema *schema,
                         struct ArrowArray *array, refrain_error *error);

// Bytes that refrain_bytes_free gives back.
typedef struct refrain_bytes {
  const uint8_t *data;
  size_t size;
} refrain_bytes;
void refrain_bytes_free(refrain_bytes *bytes);

// What to look for, and how to tell.
typedef struct refrain_check_options {
  size_t size;
  // within, across, or NULL for both.
  const char *scope;
  // plain, markdown, mdx, rst, asciidoc, org, notebook or html; NULL: what a name's extension tells.
  const char *markup;
  // The report, such as json, jsonl, text or html; NULL is json.
  const char *report;
  // The fewest words of a passage. 5
  int32_t min_words;
  // A passage in so many texts is boilerplate. 10
  int32_t boilerplate;
  // Whether to tell hints, too. 0
  int32_t all;
  int32_t reserved;
} refrain_check_options;

// What texts say more than once, as a report of `refrain check`. `names` has a name a text. Copies the
// texts. Once it runs, `poll` ends the waiting for it.
int32_t refrain_check(refrain_handle texts, refrain_handle names,
                      const refrain_check_options *check, const refrain_options *options,
                      refrain_bytes *report, refrain_error *error);

// An empty index of texts in memory, under `options` (threshold, recall, ngram). It copies texts.
int32_t refrain_index_new(const refrain_options *options, refrain_handle *index,
                          refrain_error *error);
int32_t refrain_index_count(refrain_handle index, int64_t *count, refrain_error *error);
// Adds texts under ids of the caller, one a text; an id that is taken is REFRAIN_BAD_ARGUMENT, and
// then nothing is added.
int32_t refrain_index_insert(refrain_handle index, refrain_handle texts, const uint64_t *ids,
                             int64_t count, refrain_error *error);
// Takes texts out, and says how many there were.
int32_t refrain_index_remove(refrain_handle index, const uint64_t *ids, int64_t count,
                             int64_t *removed, refrain_error *error);
// For each text those of the index that it resembles, the nearest first, at most `limit` each: query u64,
// id u64, similarity f64, containment f64, reason u8.
int32_t refrain_index_query(refrain_handle index, refrain_handle texts, int64_t limit,
                            const refrain_options *options, struct ArrowSchema *schema,
                            struct ArrowArray *array, refrain_error *error);

// The stages by themselves, for those who spread them over machines.
// A row a text: words_low u64, words_high u64 (a hash of the words in order), cut u64 (of the sentences),
// shingles u32 (0: no word), and key_0 u64 ... a band's key each.
int32_t refrain_sketch(refrain_handle texts, const refrain_options *options,
                       struct ArrowSchema *schema, struct ArrowArray *array, refrain_error *error);
// Candidates of rows with `bands` keys each, row after row, in the order that decides who stays: each with
// the first 64 rows before it in each of its buckets. earlier u64, later u64, by later and earlier. Rows
// whose keys are all 0 have none.
int32_t refrain_candidates(const uint64_t *keys, int64_t rows, int64_t bands,
                           const refrain_options *options, struct ArrowSchema *schema,
                           struct ArrowArray *array, refrain_error *error);
// The exact overlap of pairs of rows: shared u64, left u64, right u64, reached u8 (the threshold).
int32_t refrain_verify(refrain_handle texts, const uint64_t *left, const uint64_t *right,
                       int64_t count, const refrain_options *options, struct ArrowSchema *schema,
                       struct ArrowArray *array, refrain_error *error);
// The seeds of texts: row u64, seed u64, by row and seed. Two texts that have `run` equal words in common have a seed
// in common.
int32_t refrain_seeds(refrain_handle texts, int64_t run, const refrain_options *options,
                      struct ArrowSchema *schema, struct ArrowArray *array, refrain_error *error);
// What refrain_compare finds in pairs of rows of one collection, pair by pair: left u64, right u64, and the columns of
// refrain_passages. Pairs with one left side should follow each other.
int32_t refrain_compare_rows(refrain_handle texts, const uint64_t *left, const uint64_t *right,
                             int64_t count, int64_t min_bytes, const refrain_options *options,
                             struct ArrowSchema *schema, struct ArrowArray *array,
                             refrain_error *error);

#ifdef __cplusplus
}
#endif

#endif
