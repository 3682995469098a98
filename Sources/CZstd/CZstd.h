// The fence around libzstd.
#include <zstd.h>
#include <zstd_errors.h>
