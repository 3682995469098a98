// The fence around zlib.
#include <zlib.h>
