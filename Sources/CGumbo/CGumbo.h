// The fence around gumbo.
#include <gumbo.h>
