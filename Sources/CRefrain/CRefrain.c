// The target has a header alone; RefrainC implements what it declares.
#include "refrain.h"
