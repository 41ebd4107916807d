#include "CSwardHash.h"
