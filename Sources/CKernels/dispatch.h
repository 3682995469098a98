// Which processors a kernel is compiled for: the best version is chosen when the program is loaded,
// without any flag of the user's.
#ifndef REFRAIN_DISPATCH_H
#define REFRAIN_DISPATCH_H

// The thread sanitizer cannot bear the resolvers, which run before it is set up.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define UNDISPATCHED
#endif
#endif

#if defined(__x86_64__) && defined(__linux__) && !defined(UNDISPATCHED)
#define DISPATCHED \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DISPATCHED
#endif

/// A part of a kernel: compiled into each version of it.
#define INLINED static inline __attribute__((always_inline))

#endif
