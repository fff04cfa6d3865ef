# Finds AMD (part of SuiteSparse) by its header and library, since Debian 12 has no pkg-config file for it. Defines AMD::amd.
find_path(AMD_INCLUDE_DIR amd.h PATH_SUFFIXES suitesparse)
find_library(AMD_LIBRARY amd)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(AMD REQUIRED_VARS AMD_LIBRARY AMD_INCLUDE_DIR
  REASON_FAILURE_MESSAGE "tools/setup.sh installs it (Debian: libsuitesparse-dev)")
if(AMD_FOUND AND NOT TARGET AMD::amd)
  add_library(AMD::amd UNKNOWN IMPORTED GLOBAL)
  set_target_properties(AMD::amd PROPERTIES
    IMPORTED_LOCATION ${AMD_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${AMD_INCLUDE_DIR})
endif()
