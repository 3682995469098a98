// The fence around isa-l. Headers are read apart from what follows them, since a header may come in any number
// of parts, and the library keeps what it read of one only where its caller keeps the struct.
#include "CISAL.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

#include <stdlib.h>

struct refrain_inflater {
  struct inflate_state state;
  struct isal_gzip_header header;
  bool in_header;
  const char *cause;
};

refrain_inflater *refrain_inflater_create(void) {
  refrain_inflater *inflater = malloc(sizeof *inflater);
  if (inflater) refrain_inflater_begin(inflater);
  return inflater;
}

void refrain_inflater_destroy(refrain_inflater *inflater) { free(inflater); }

void refrain_inflater_begin(refrain_inflater *inflater) {
  isal_inflate_init(&inflater->state);
  isal_gzip_header_init(&inflater->header);
  // No header is left to be read, and checksum and length are to be right.
  inflater->state.crc_flag = ISAL_GZIP_NO_HDR_VER;
  inflater->in_header = true;
  inflater->cause = "";
}

static refrain_inflate_status fail(refrain_inflater *inflater, int code) {
  switch (code) {
    case ISAL_INVALID_WRAPPER:
      inflater->cause = "incorrect header";
      return inflater->in_header ? REFRAIN_INFLATE_NO_HEADER : REFRAIN_INFLATE_DAMAGED;
    case ISAL_UNSUPPORTED_METHOD: inflater->cause = "unknown compression method"; break;
    case ISAL_INCORRECT_CHECKSUM:
      inflater->cause = inflater->in_header ? "incorrect header checksum"
                                            : "incorrect checksum or length";
      break;
    case ISAL_INVALID_BLOCK: inflater->cause = "invalid block"; break;
    case ISAL_INVALID_SYMBOL: inflater->cause = "invalid code"; break;
    case ISAL_INVALID_LOOKBACK: inflater->cause = "invalid distance"; break;
    default: inflater->cause = "cannot be expanded"; break;
  }
  return REFRAIN_INFLATE_DAMAGED;
}

refrain_inflate_status refrain_inflate(refrain_inflater *inflater, const uint8_t *input, size_t length,
                                       size_t *used, uint8_t *output, size_t room, size_t *made) {
  struct inflate_state *state = &inflater->state;
  // The library changes no input.
  state->next_in = (uint8_t *)input;
  state->avail_in = (uint32_t)length;
  state->next_out = output;
  state->avail_out = (uint32_t)room;
  *used = 0;
  *made = 0;
  if (inflater->in_header) {
    int code = isal_read_gzip_header(state, &inflater->header);
    *used = length - state->avail_in;
    if (code == ISAL_END_INPUT) return REFRAIN_INFLATE_MORE;
    if (code != ISAL_DECOMP_OK) return fail(inflater, code);
    // Bits that no writer may set yet.
    if (inflater->header.flags & 0xE0) {
      inflater->cause = "unknown header flags";
      return REFRAIN_INFLATE_DAMAGED;
    }
    inflater->in_header = false;
  }
  int code = isal_inflate(state);
  *used = length - state->avail_in;
  *made = room - state->avail_out;
  if (code < 0) return fail(inflater, code);
  return state->block_state == ISAL_BLOCK_FINISH ? REFRAIN_INFLATE_END : REFRAIN_INFLATE_MORE;
}

const char *refrain_inflate_cause(const refrain_inflater *inflater) { return inflater->cause; }

/// What the library needs at its strongest level.
enum { level = 3, level_size = ISAL_DEF_LVL3_DEFAULT };

struct refrain_deflater {
  struct isal_zstream stream;
  uint8_t work[level_size];
};

refrain_deflater *refrain_deflater_create(void) { return malloc(sizeof(refrain_deflater)); }

void refrain_deflater_destroy(refrain_deflater *deflater) { free(deflater); }

size_t refrain_deflate_bound(size_t length) {
  // Five bytes for each stored block of 65,535, and what ends the stretch.
  return length + (length / 65535 + 2) * 5 + 1024;
}

size_t refrain_deflate(refrain_deflater *deflater, const uint8_t *input, size_t length, uint8_t *output,
                       size_t room, bool is_last) {
  struct isal_zstream *stream = &deflater->stream;
  isal_deflate_init(stream);
  stream->level = level;
  stream->level_buf = deflater->work;
  stream->level_buf_size = level_size;
  stream->gzip_flag = IGZIP_DEFLATE;
  stream->flush = is_last ? NO_FLUSH : FULL_FLUSH;
  stream->end_of_stream = is_last;
  stream->next_in = (uint8_t *)input;
  stream->avail_in = (uint32_t)length;
  stream->next_out = output;
  stream->avail_out = (uint32_t)room;
  if (isal_deflate(stream) != COMP_OK || stream->avail_in > 0 || stream->avail_out == 0) return 0;
  return room - stream->avail_out;
}

uint32_t refrain_gzip_checksum(uint32_t crc, const uint8_t *bytes, size_t length) {
  return crc32_gzip_refl(crc, bytes, length);
}
