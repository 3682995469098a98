// Nameless files and locks.
#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

int refrain_open_nameless(const char *folder, unsigned mode) {
  return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, (mode_t)mode);
}

int refrain_link_nameless(int descriptor, const char *path) {
  char own[64];
  snprintf(own, sizeof own, "/proc/self/fd/%d", descriptor);
  if (linkat(AT_FDCWD, own, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0) return 0;
  if (errno != ENOENT) return -1;
  // Without /proc; needs a right that not everybody has.
  return linkat(descriptor, "", AT_FDCWD, path, AT_EMPTY_PATH);
}

void refrain_start_writing(int descriptor) {
  sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
}

bool refrain_lock(int descriptor) {
  int status;
  do {
    status = flock(descriptor, LOCK_EX | LOCK_NB);
  } while (status != 0 && errno == EINTR);
  return status == 0;
}
