# everyway_add_test(<name> SOURCES ... LABEL quick|slow [SANITIZE asan tsan] [TIMEOUT seconds]
#                   [USES <everyway libraries>] [LINK <others>] [PROPERTIES <test properties>]
#                   [OPTIMISE])
# makes a GoogleTest program <name>, whose tests ctest runs one by one from the root of the
# repository, and <name>_asan, <name>_tsan if it asks for them and the build allows it: their tests
# are called "asan: ..." and "tsan: ..." and are labelled asan and tsan instead. A test has one
# label.

include(GoogleTest)

# RapidCheck, GoogleTest and JSON take seconds to parse: once per variant is enough.
function(everyway_add_test_prelude variant)
  everyway_suffix("${variant}" suffix)
  set(target everyway_test_prelude${suffix})
  everyway_add_executable(${target}
    SOURCES "${PROJECT_SOURCE_DIR}/tests/prelude.cpp" VARIANT "${variant}"
    # Not for their code: a precompiled header fits only where the same macros are defined.
    LINK ${EVERYWAY_TEST_LINK} fmt::fmt Boost::headers Threads::Threads)
  everyway_let_no_warning_pass(${target} "${variant}")
  set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)
  target_precompile_headers(${target} PRIVATE
    <gtest/gtest.h> <gmock/gmock.h> <rapidcheck.h> <rapidcheck/gtest.h>
    <boost/describe.hpp> <boost/json.hpp> <fmt/format.h> <algorithm> <functional> <map> <set>
    <string> <vector>)
endfunction()

set(EVERYWAY_TEST_LINK GTest::gmock_main GTest::gmock GTest::gtest rapidcheck rapidcheck_gtest)

# The environment of sanitized tests: where it stopped, and how it came there.
set(EVERYWAY_ENVIRONMENT_asan "UBSAN_OPTIONS=print_stacktrace=1")
set(EVERYWAY_ENVIRONMENT_tsan "TSAN_OPTIONS=second_deadlock_stack=1")

function(everyway_add_test_variant name variant)
  cmake_parse_arguments(PARSE_ARGV 2 arg "OPTIMISE" "LABEL;TIMEOUT" "SOURCES;USES;LINK;PROPERTIES")
  everyway_suffix("${variant}" suffix)
  set(target ${name}${suffix})
  everyway_add_executable(${target}
    SOURCES ${arg_SOURCES} USES ${arg_USES} LINK ${EVERYWAY_TEST_LINK} ${arg_LINK}
    VARIANT "${variant}")
  everyway_let_no_warning_pass(${target} "${variant}")
  target_precompile_headers(${target} REUSE_FROM everyway_test_prelude${suffix})
  if(NOT variant AND NOT arg_OPTIMISE)
    # Most tests take longer to compile than to run: this saves a third of it.
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  endif()

  set(label ${arg_LABEL})
  set(prefix "")
  set(environment "")
  if(variant)
    set(label ${variant})
    set(prefix TEST_PREFIX "${variant}: ")
    set(environment ENVIRONMENT "${EVERYWAY_ENVIRONMENT_${variant}}")
  else()
    add_dependencies(everyway_tests ${target})
    if(label STREQUAL "quick")
      add_dependencies(everyway_quick_tests ${target})
    endif()
  endif()
  gtest_discover_tests(${target}
    ${prefix}
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS ${label} TIMEOUT ${arg_TIMEOUT} ${environment} ${arg_PROPERTIES})
endfunction()

function(everyway_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg
    "OPTIMISE" "LABEL;TIMEOUT" "SOURCES;SANITIZE;USES;LINK;PROPERTIES")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  set(optimise "")
  if(arg_OPTIMISE)
    set(optimise OPTIMISE)
  endif()
  set(variants "")
  if(EVERYWAY_SANITIZED_TESTS STREQUAL "all")
    set(variants asan tsan)
  elseif(EVERYWAY_SANITIZED_TESTS STREQUAL "subset")
    set(variants ${arg_SANITIZE})
  endif()
  foreach(variant IN ITEMS "" ${variants})
    everyway_add_test_variant(${name} "${variant}" ${optimise}
      SOURCES ${arg_SOURCES} LABEL ${arg_LABEL} TIMEOUT ${arg_TIMEOUT}
      USES ${arg_USES} LINK ${arg_LINK} PROPERTIES ${arg_PROPERTIES})
  endforeach()
endfunction()

# everyway_add_test_folder(<folder below tests/>): the folder's .cpp files as one test program,
# named after the folder. A file labels.cmake in it may set label, sanitize, timeout, uses, link,
# properties, and optimise (to OPTIMISE, for tests that explore millions of states).
function(everyway_add_test_folder folder)
  set(absolute "${PROJECT_SOURCE_DIR}/tests/${folder}")
  file(GLOB sources CONFIGURE_DEPENDS "${absolute}/*.cpp")
  set(label quick)
  set(sanitize asan)
  set(timeout 120)
  set(uses properties checker)
  set(link "")
  set(properties "")
  set(optimise "")
  if(folder MATCHES "^checker/search(/|$)")
    set(sanitize asan tsan)
  elseif(NOT folder MATCHES "^(checker|cluster|properties)(/|$)")
    # They may use the catalogue of ready models, which takes minutes to compile under sanitizers:
    # only --all does that.
    set(sanitize "")
    set(uses command models)
  endif()
  if(folder MATCHES "^slow(/|$)")
    set(label slow)
    set(optimise OPTIMISE)
    set(timeout 600)
  endif()
  include("${absolute}/labels.cmake" OPTIONAL)
  string(REPLACE "/" "_" name "${folder}_test")
  everyway_add_test(${name} ${optimise} SOURCES ${sources} LABEL ${label} SANITIZE ${sanitize}
    TIMEOUT ${timeout} USES ${uses} LINK ${link} PROPERTIES ${properties})
endfunction()
