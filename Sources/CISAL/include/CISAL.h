// The fence around isa-l: gzip members to bytes and bytes to stretches of a deflate stream. Thread-safe as
// long as each thread uses a state of its own.
#ifndef REFRAIN_CISAL_H
#define REFRAIN_CISAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct refrain_inflater refrain_inflater;

typedef enum {
  /// The member goes on: more input or more room is needed.
  REFRAIN_INFLATE_MORE = 0,
  /// The member has ended, and its checksum and length are right.
  REFRAIN_INFLATE_END,
  /// The first bytes are no gzip header.
  REFRAIN_INFLATE_NO_HEADER,
  REFRAIN_INFLATE_DAMAGED,
} refrain_inflate_status;

/// A new state; NULL when memory is short.
refrain_inflater *refrain_inflater_create(void);
void refrain_inflater_destroy(refrain_inflater *inflater);

/// Makes the state ready for the header of the next member.
void refrain_inflater_begin(refrain_inflater *inflater);

/// Reads up to `length` bytes, at most 1 GiB, of the member and writes up to `room`; `used` and `made` tell
/// how many it was.
refrain_inflate_status refrain_inflate(refrain_inflater *inflater, const uint8_t *input, size_t length,
                                       size_t *used, uint8_t *output, size_t room, size_t *made);

/// What was wrong with the member; never NULL.
const char *refrain_inflate_cause(const refrain_inflater *inflater);

typedef struct refrain_deflater refrain_deflater;

/// A new state; NULL when memory is short.
refrain_deflater *refrain_deflater_create(void);
void refrain_deflater_destroy(refrain_deflater *deflater);

/// The most bytes that `refrain_deflate` makes of so many.
size_t refrain_deflate_bound(size_t length);

/// Compresses a stretch of a stream, at most 1 GiB, by itself: stretches one behind the other, of which only
/// the last one says so, are one deflate stream. Gives the bytes made, and 0 where `room` is too small.
size_t refrain_deflate(refrain_deflater *deflater, const uint8_t *input, size_t length, uint8_t *output,
                       size_t room, bool is_last);

/// gzip's checksum of bytes behind those that have the checksum `crc`, which is 0 for none.
uint32_t refrain_gzip_checksum(uint32_t crc, const uint8_t *bytes, size_t length);

#ifdef __cplusplus
}
#endif

#endif
