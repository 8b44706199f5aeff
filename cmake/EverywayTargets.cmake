# How the project's own libraries and executables are made.
#
# Each library may exist in several variants: the plain one, and one per sanitizer, compiled within
# the same build tree, so that a single run of ctest covers them all. The variant `asan` of
# everyway_checker is the target everyway_checker_asan.

set(EVERYWAY_SANITIZERS "")
if(NOT EVERYWAY_SANITIZED_TESTS STREQUAL "none")
  set(EVERYWAY_SANITIZERS asan tsan)
endif()

set(EVERYWAY_FLAGS_asan -fsanitize=address,undefined -fno-sanitize-recover=all)
set(EVERYWAY_FLAGS_tsan -fsanitize=thread)
# Assertions stay, and a little optimisation: sanitized searches at -O0 take minutes.
set(EVERYWAY_FLAGS_SANITIZED -O1 -g1 -UNDEBUG -fno-omit-frame-pointer)

set(EVERYWAY_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 finds overlapping and oversized copies within std::string's own operator+ (its bug
  # 105651), and under a sanitizer loses track of what is initialised. AddressSanitizer looks for
  # the real ones.
  list(APPEND EVERYWAY_WARNINGS
    -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds)
endif()

# Sets `result` to "_<variant>", or to nothing for the plain variant.
function(everyway_suffix variant result)
  set(suffix "")
  if(variant)
    set(suffix "_${variant}")
  endif()
  set(${result} "${suffix}" PARENT_SCOPE)
endfunction()

# Language level, warnings, and the sanitizer of the variant.
function(everyway_compile_options target variant)
  target_compile_features(${target} PUBLIC cxx_std_20)
  # GCC 12 reorders stores to a container inside a state across copies of the whole state: at -O2 it
  # then loses transitions (tests/models/state_copy_test.cpp). Public, since the models of other
  # projects are states, too.
  target_compile_options(${target} PUBLIC -fno-strict-aliasing)
  target_compile_options(${target} PRIVATE ${EVERYWAY_WARNINGS})
  if(variant)
    target_compile_options(${target} PRIVATE
      ${EVERYWAY_FLAGS_${variant}} ${EVERYWAY_FLAGS_SANITIZED})
    target_link_options(${target} PRIVATE ${EVERYWAY_FLAGS_${variant}})
  endif()
endfunction()

# Only where ./test is the one to compile: a compiler newer than ours, with warnings that we have
# not seen, must still be able to build the command.
function(everyway_let_no_warning_pass target variant)
  if(EVERYWAY_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
    if(variant AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
    endif()
  endif()
endfunction()

# Sets `result` to the folder's sources, and to an empty one if there is none yet.
function(everyway_sources result)
  set(sources ${ARGN})
  if(NOT sources)
    set(sources "${PROJECT_BINARY_DIR}/empty.cpp")
    file(CONFIGURE OUTPUT "${sources}" CONTENT "")
  endif()
  set(${result} "${sources}" PARENT_SCOPE)
endfunction()

# everyway_add_library(<name> SOURCES ... [HEADERS ...] [USES <everyway libraries>] [LINK <others>]
#                      [PRECOMPILE <headers>])
# makes everyway_<name>, alias everyway::<name>, and its sanitized variants.
function(everyway_add_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;HEADERS;USES;LINK;PRECOMPILE")
  everyway_sources(sources ${arg_SOURCES})
  foreach(variant IN ITEMS "" ${EVERYWAY_SANITIZERS})
    everyway_suffix("${variant}" suffix)
    set(target everyway_${name}${suffix})
    add_library(${target} STATIC ${sources})
    everyway_compile_options(${target} "${variant}")
    target_include_directories(${target} PUBLIC
      "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>" "$<INSTALL_INTERFACE:include/everyway>")
    foreach(used IN LISTS arg_USES)
      target_link_libraries(${target} PUBLIC everyway_${used}${suffix})
    endforeach()
    target_link_libraries(${target} PUBLIC ${arg_LINK})
    if(arg_PRECOMPILE)
      target_precompile_headers(${target} PRIVATE ${arg_PRECOMPILE})
    endif()
    if(variant)
      set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)
      everyway_let_no_warning_pass(${target} "${variant}")
    endif()
  endforeach()
  add_library(everyway::${name} ALIAS everyway_${name})
  set_target_properties(everyway_${name} PROPERTIES EXPORT_NAME ${name})
  if(arg_HEADERS)
    target_sources(everyway_${name} PUBLIC
      FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${arg_HEADERS})
    set_target_properties(everyway_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  endif()
endfunction()

# everyway_add_executable(<name> SOURCES ... [USES ...] [LINK ...] [VARIANT asan|tsan])
function(everyway_add_executable name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "VARIANT" "SOURCES;USES;LINK")
  everyway_sources(sources ${arg_SOURCES})
  everyway_suffix("${arg_VARIANT}" suffix)
  add_executable(${name} ${sources})
  everyway_compile_options(${name} "${arg_VARIANT}")
  foreach(used IN LISTS arg_USES)
    target_link_libraries(${name} PRIVATE everyway_${used}${suffix})
  endforeach()
  target_link_libraries(${name} PRIVATE ${arg_LINK})
endfunction()
