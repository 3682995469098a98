// The fence around md4c.
#include <md4c.h>
