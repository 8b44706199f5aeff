# For projects that use Everyway; find_package(everyway) brings it in.
#
#   everyway_add_command(<target> HEADER <file> FAMILY <type>)
#
# makes the executable <target>: the whole `everyway` command line over the one model family <type>,
# which <file> defines. HEADER is written as in an #include, relative to the current source folder.

set(EVERYWAY_COMMAND_TEMPLATE "${CMAKE_CURRENT_LIST_DIR}/command.cpp.in")

function(everyway_add_command target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADER;FAMILY" "")
  if(NOT arg_HEADER OR NOT arg_FAMILY)
    message(FATAL_ERROR "everyway_add_command(${target}) needs a HEADER and a FAMILY")
  endif()
  configure_file("${EVERYWAY_COMMAND_TEMPLATE}" "${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp" @ONLY)
  add_executable(${target} "${CMAKE_CURRENT_BINARY_DIR}/${target}.cpp")
  target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(${target} PRIVATE everyway::command)
endfunction()
