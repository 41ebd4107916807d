#include "CLicenseIndex.h"
