# What `cmake --install` gives: the libraries, their headers under include/everyway, the command,
# and a package that find_package(everyway) finds.

if(NOT EVERYWAY_INSTALL)
  return()
endif()

include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/everyway")

set(EVERYWAY_HAS_COMMAND OFF)
set(libraries
  everyway_checker everyway_properties everyway_structures everyway_models everyway_fuzz)
if(TARGET everyway_command)
  set(EVERYWAY_HAS_COMMAND ON)
  list(APPEND libraries everyway_command)
endif()
install(TARGETS ${libraries}
  EXPORT everyway_targets
  FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/everyway")
if(TARGET everyway_cli)
  install(TARGETS everyway_cli)
endif()
install(EXPORT everyway_targets
  FILE everyway-targets.cmake NAMESPACE everyway:: DESTINATION "${package_dir}")

configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/everyway-config.cmake.in"
  "${PROJECT_BINARY_DIR}/everyway-config.cmake"
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/everyway-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  cmake/EverywayProtocol.cmake
  cmake/command.cpp.in
  cmake/EverywayFuzzing.cmake
  cmake/fuzz_target.cpp.in
  fuzz/replay_main.cpp
  "${PROJECT_BINARY_DIR}/everyway-config.cmake"
  "${PROJECT_BINARY_DIR}/everyway-config-version.cmake"
  DESTINATION "${package_dir}")
