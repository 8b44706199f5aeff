# What can be chosen about a build. A project that includes this one by add_subdirectory gets the
# libraries only.

option(EVERYWAY_BUILD_CLI "Build the everyway command" ${PROJECT_IS_TOP_LEVEL})
option(EVERYWAY_BUILD_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(EVERYWAY_BUILD_BENCH "Build the benchmarks" ${PROJECT_IS_TOP_LEVEL})
option(EVERYWAY_BUILD_FUZZERS "Build every fuzz target, not only those that are asked for" OFF)
option(EVERYWAY_INSTALL "Generate the install target" ${PROJECT_IS_TOP_LEVEL})
option(EVERYWAY_WARNINGS_AS_ERRORS "Let no warning pass in tests and sanitized code" OFF)

set(EVERYWAY_SANITIZED_TESTS none CACHE STRING
  "Which tests are built a second time under sanitizers: none, subset (those that ask), all")
set_property(CACHE EVERYWAY_SANITIZED_TESTS PROPERTY STRINGS none subset all)

if(PROJECT_IS_TOP_LEVEL)
  set(CMAKE_CXX_STANDARD 20)
  set(CMAKE_CXX_STANDARD_REQUIRED ON)
  set(CMAKE_CXX_EXTENSIONS OFF)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")

  get_property(multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
  if(NOT CMAKE_BUILD_TYPE AND NOT multi_config)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "The kind of build" FORCE)
  endif()

  # ccache meets precompiled headers only if it is told not to look at their times and macros.
  find_program(EVERYWAY_CCACHE ccache)
  mark_as_advanced(EVERYWAY_CCACHE)
  if(EVERYWAY_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime"
      "${EVERYWAY_CCACHE}")
  endif()
endif()
