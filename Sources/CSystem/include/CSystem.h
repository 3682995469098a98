// The fence around what Linux has and Swift cannot say, and around what runs inside a signal handler:
// nameless files, locks, mappings that may shrink, temporary names that go with a signal.
//
// Paths are C strings here, because the system takes nothing else; callers copy them from Swift.
#ifndef REFRAIN_CSYSTEM_H
#define REFRAIN_CSYSTEM_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// Files.

/// A descriptor of a new file without a name in a folder, to be written and then linked; -1 and errno
/// where the file system has none.
int refrain_open_nameless(const char *folder, unsigned mode);

/// Gives a nameless file its name, which must not be taken; -1 and errno else.
int refrain_link_nameless(int descriptor, const char *path);

/// Takes the lock of a file without waiting for it; false while another open file holds it. The lock goes
/// with the last descriptor of this open file, however the process ends.
bool refrain_lock(int descriptor);

/// Begins to write a file to the disk, without waiting for it.
void refrain_start_writing(int descriptor);

// Names that vanish: temporary files that have a name. Only a process with handlers looks at them.

typedef struct refrain_vanishing refrain_vanishing;

/// Remembers a file or an empty folder that is to vanish when a signal ends the process; what was added
/// last goes first. NULL without memory.
refrain_vanishing *refrain_vanishing_add(const char *path, bool is_folder);

/// Forgets a name.
void refrain_vanishing_remove(refrain_vanishing *name);

/// Between these two a signal that would end the process waits: files are being given their names.
void refrain_signals_hold(void);
void refrain_signals_release(void);

// Guarded mappings: a read behind the end of a file that has shrunk gets zeros instead of SIGBUS.

typedef struct refrain_guard refrain_guard;

/// Whether this process has the handler that guarding needs.
bool refrain_guard_is_on(void);

/// Guards a mapping; NULL where guarding is off or there is no memory.
refrain_guard *refrain_guard_add(const void *base, size_t size);

/// To be called before the mapping is given back.
void refrain_guard_remove(refrain_guard *guard);

/// Whether a page of the mapping was not there when it was read.
bool refrain_guard_has_faulted(const refrain_guard *guard);

// The process as a whole: for its owner alone, before it does anything else.

/// Fills the standard streams that are closed, so that no file becomes one of them: reading from and
/// writing to them still fail.
void refrain_process_fill_standard_streams(void);

/// How many of `wanted` descriptors can be opened.
int refrain_process_spare_descriptors(int wanted);

/// Installs the handlers: signals that end the process remove the vanishing names first; SIGXFSZ makes
/// the write fail; SIGBUS guards mappings. Ignored signals stay ignored.
void refrain_process_install_handlers(void);

/// Runs `body` with at least so much stack, which threads that it starts get, too; 0 or an error number.
int refrain_process_with_stack(size_t bytes, void (*body)(void));

#ifdef __cplusplus
}
#endif
#endif
