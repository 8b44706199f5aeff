# For projects that use Everyway; find_package(everyway) brings it in.
#
#   everyway_add_fuzzer(<target> HEADER <file> FAMILY <type> [ALL])
#
# makes the fuzz target of one model family, which <file> defines. HEADER is written as in an
# #include, relative to the current source folder. Name it fuzz_<model>: then
# `everyway fuzz <model>` finds it beside the command. Three programs:
#
#   <target>            libFuzzer, optimised, with assertions
#   <target>_sanitized  the same under AddressSanitizer and UndefinedBehaviorSanitizer
#   <target>_replay     tests the files of a corpus, made by any compiler
#
#   everyway_add_plain_fuzzer(<target> SOURCES <files> [ALL])
#
# makes the same of source files that define LLVMFuzzerTestOneInput.
#
# libFuzzer comes with clang. If the project's compiler is another one, a clang++ that is installed
# makes the first two programs alone, all else stays as it is; if there is none, there are no such
# programs. EVERYWAY_FUZZ_CLANG names a clang++. With ALL they are part of the build; otherwise they
# are made when they are asked for.

set(EVERYWAY_FUZZ_FOLDER "${CMAKE_CURRENT_LIST_DIR}")
# Counters of edges only: tracing comparisons would take three quarters of the time, and schedules
# are mutated by their meaning.
set(EVERYWAY_FUZZ_FLAGS -std=c++20 -fno-strict-aliasing -UNDEBUG -g1
  -fsanitize-coverage=inline-8bit-counters,pc-table)
set(EVERYWAY_FUZZ_FLAGS_fast -O2)
set(EVERYWAY_FUZZ_FLAGS_sanitized -O2 -fno-omit-frame-pointer -fsanitize=address,undefined
  -fno-sanitize-recover=all)

# Sets EVERYWAY_FUZZ_CLANG to a clang++ that has libFuzzer and its sanitizers, or to nothing.
function(everyway_find_fuzz_clang)
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang" AND NOT EVERYWAY_FUZZ_CLANG)
    set(EVERYWAY_FUZZ_CLANG "${CMAKE_CXX_COMPILER}" CACHE FILEPATH "The clang++ for fuzz targets")
  endif()
  find_program(EVERYWAY_FUZZ_CLANG NAMES clang++ clang++-19 clang++-18 clang++-17 clang++-16
    clang++-15 clang++-14 DOC "The clang++ for fuzz targets")
  mark_as_advanced(EVERYWAY_FUZZ_CLANG)
  if(NOT EVERYWAY_FUZZ_CLANG OR EVERYWAY_FUZZ_CLANG_WORKS STREQUAL EVERYWAY_FUZZ_CLANG)
    return()
  endif()
  set(probe "${CMAKE_CURRENT_BINARY_DIR}/everyway_fuzz_probe")
  file(WRITE "${probe}.cpp"
    "extern \"C\" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }\n")
  execute_process(
    COMMAND "${EVERYWAY_FUZZ_CLANG}" -fsanitize=fuzzer,address,undefined "${probe}.cpp"
      -o "${probe}"
    RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
  if(failed)
    message(STATUS "${EVERYWAY_FUZZ_CLANG} has no libFuzzer: there are no fuzz targets")
    set(EVERYWAY_FUZZ_CLANG "EVERYWAY_FUZZ_CLANG-NOTFOUND" CACHE FILEPATH "" FORCE)
  else()
    set(EVERYWAY_FUZZ_CLANG_WORKS "${EVERYWAY_FUZZ_CLANG}" CACHE INTERNAL "")
  endif()
endfunction()

# The folders that the compiler is to look for headers in, as -I options.
function(everyway_include_options result)
  set(options "-I${CMAKE_CURRENT_SOURCE_DIR}")
  foreach(library IN ITEMS everyway::checker everyway::fuzz Boost::headers fmt::fmt)
    if(TARGET ${library})
      set(all "$<TARGET_PROPERTY:${library},INTERFACE_INCLUDE_DIRECTORIES>")
      set(folders "$<REMOVE_DUPLICATES:${all}>")
      list(APPEND options "$<$<BOOL:${all}>:-I$<JOIN:${folders},$<SEMICOLON>-I>>")
    endif()
  endforeach()
  set(${result} "${options}" PARENT_SCOPE)
endfunction()

# One program of libFuzzer: <target> made of the sources with the flags of `flavour`.
function(everyway_add_libfuzzer_program target flavour)
  set(folder "${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  if(NOT folder)
    # Not the build folder itself: there, the program and the target would be of one name.
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/fuzz_targets")
  endif()
  set(program "${folder}/${target}")
  set(flags ${EVERYWAY_FUZZ_FLAGS} ${EVERYWAY_FUZZ_FLAGS_${flavour}})
  everyway_include_options(includes)
  set(objects "")
  foreach(source IN LISTS ARGN)
    cmake_path(GET source STEM name)
    set(object "${CMAKE_CURRENT_BINARY_DIR}/${target}/${name}.o")
    list(APPEND objects "${object}")
    add_custom_command(OUTPUT "${object}"
      COMMAND ${CMAKE_CXX_COMPILER_LAUNCHER} "${EVERYWAY_FUZZ_CLANG}" ${flags} ${includes}
        -MD -MF "${object}.d" -MT "${object}" -c "${source}" -o "${object}"
      DEPENDS "${source}" DEPFILE "${object}.d"
      COMMENT "Building ${target}/${name}.o with clang" COMMAND_EXPAND_LISTS VERBATIM)
  endforeach()
  file(MAKE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/${target}")
  add_custom_command(OUTPUT "${program}"
    COMMAND "${CMAKE_COMMAND}" -E make_directory "${folder}"
    COMMAND "${EVERYWAY_FUZZ_CLANG}" ${flags} -fsanitize=fuzzer ${objects}
      "$<TARGET_FILE:everyway::checker>" "$<TARGET_FILE:fmt::fmt>" -pthread -o "${program}"
    DEPENDS ${objects} everyway::checker
    COMMENT "Linking ${target}" COMMAND_EXPAND_LISTS VERBATIM)
  add_custom_target(${target} DEPENDS "${program}")
endfunction()

function(everyway_add_plain_fuzzer target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "ALL" "" "SOURCES")
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "everyway_add_plain_fuzzer(${target}) needs SOURCES")
  endif()
  set(sources "")
  foreach(source IN LISTS arg_SOURCES)
    cmake_path(ABSOLUTE_PATH source)
    list(APPEND sources "${source}")
  endforeach()
  set(replay_main "${EVERYWAY_FUZZ_FOLDER}/replay_main.cpp")
  if(NOT EXISTS "${replay_main}")
    set(replay_main "${EVERYWAY_FUZZ_FOLDER}/../fuzz/replay_main.cpp")
  endif()
  add_executable(${target}_replay EXCLUDE_FROM_ALL ${sources} "${replay_main}")
  target_include_directories(${target}_replay PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(${target}_replay PRIVATE everyway::checker everyway::fuzz)
  # A target that stops at nothing finds nothing.
  target_compile_options(${target}_replay PRIVATE -UNDEBUG)
  set(programs ${target}_replay)
  everyway_find_fuzz_clang()
  if(EVERYWAY_FUZZ_CLANG)
    everyway_add_libfuzzer_program(${target} fast ${sources})
    everyway_add_libfuzzer_program(${target}_sanitized sanitized ${sources})
    list(APPEND programs ${target} ${target}_sanitized)
  endif()
  if(arg_ALL)
    add_custom_target(${target}_all ALL DEPENDS ${programs})
  endif()
endfunction()

function(everyway_add_fuzzer target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "ALL" "HEADER;FAMILY" "")
  if(NOT arg_HEADER OR NOT arg_FAMILY)
    message(FATAL_ERROR "everyway_add_fuzzer(${target}) needs a HEADER and a FAMILY")
  endif()
  set(source "${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp")
  configure_file("${EVERYWAY_FUZZ_FOLDER}/fuzz_target.cpp.in" "${source}" @ONLY)
  set(all "")
  if(arg_ALL)
    set(all ALL)
  endif()
  everyway_add_plain_fuzzer(${target} SOURCES "${source}" ${all})
endfunction()
