// The rungs that are written for one family of processors, and whether this processor runs them. The
// portable kernels beside them need no such question: the loader chooses among their versions.
#ifndef REFRAIN_RUNGS_H
#define REFRAIN_RUNGS_H

#include <stdbool.h>

#include "CKernels.h"

#if defined(__x86_64__) && defined(__linux__)
#define HAS_AVX512_RUNG

/// AVX-512 with byte compression: Intel from Ice Lake, AMD from Zen 4 on.
static inline bool runs_avx512_rung(void) {
  return __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}

void refrain_segment_ascii_avx512(const uint8_t *text, size_t from, size_t to, uint8_t *folded,
                                  refrain_words *out);

/// Vectors of four 64-bit lanes at least, whose products of 32-bit halves beat one wide product at a
/// time.
static inline bool runs_wide_vectors(void) { return __builtin_cpu_supports("avx2"); }
#else
static inline bool runs_wide_vectors(void) { return false; }
#endif

#endif
