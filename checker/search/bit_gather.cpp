#include "checker/search/bit_gather.hpp"

namespace everyway {

#if defined(__x86_64__)
const bool has_fast_bit_gather = __builtin_cpu_supports("bmi2") != 0 &&
                                 __builtin_cpu_is("znver1") == 0 && __builtin_cpu_is("znver2") == 0;
#else
const bool has_fast_bit_gather = false;
#endif

}  // namespace everyway
