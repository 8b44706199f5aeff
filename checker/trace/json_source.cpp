// The one place where Boost.JSON, used header-only, is compiled.
#include <boost/json/src.hpp>
