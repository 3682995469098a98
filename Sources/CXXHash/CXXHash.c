// Header-only: see include/CXXHash.h. SwiftPM wants a source file in every C target.
#include "CXXHash.h"
