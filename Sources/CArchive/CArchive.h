// The fence around libarchive.
#include <archive.h>
#include <archive_entry.h>
