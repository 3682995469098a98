// The fence around xxHash: header-only and inlined, so that a hash of a few bytes costs no call.
#ifndef REFRAIN_CXXHASH_H
#define REFRAIN_CXXHASH_H

#include <stddef.h>
#include <stdint.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/// XXH3-64 of `length` bytes.
static inline uint64_t refrain_xxh3_64(const void *bytes, size_t length) {
  return XXH3_64bits(bytes, length);
}

/// XXH3-64 of `length` bytes under a seed.
static inline uint64_t refrain_xxh3_64_seeded(const void *bytes, size_t length, uint64_t seed) {
  return XXH3_64bits_withSeed(bytes, length, seed);
}

typedef struct {
  uint64_t low;
  uint64_t high;
} refrain_hash128;

/// XXH3-128 of `length` bytes.
static inline refrain_hash128 refrain_xxh3_128(const void *bytes, size_t length) {
  XXH128_hash_t h = XXH3_128bits(bytes, length);
  refrain_hash128 out = {h.low64, h.high64};
  return out;
}

/// XXH3 of bytes that come piece by piece; NULL when memory is short.
static inline void *refrain_xxh3_stream_create(void) {
  XXH3_state_t *state = XXH3_createState();
  if (state) XXH3_128bits_reset(state);
  return state;
}

static inline void refrain_xxh3_stream_destroy(void *stream) {
  XXH3_freeState((XXH3_state_t *)stream);
}

static inline void refrain_xxh3_stream_add(void *stream, const void *bytes, size_t length) {
  XXH3_128bits_update((XXH3_state_t *)stream, bytes, length);
}

/// XXH3-128 of all bytes so far.
static inline refrain_hash128 refrain_xxh3_stream_128(const void *stream) {
  XXH128_hash_t h = XXH3_128bits_digest((const XXH3_state_t *)stream);
  refrain_hash128 out = {h.low64, h.high64};
  return out;
}

/// XXH3-64 of all bytes so far.
static inline uint64_t refrain_xxh3_stream_64(const void *stream) {
  return XXH3_64bits_digest((const XXH3_state_t *)stream);
}

#endif
