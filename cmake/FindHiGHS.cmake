# Finds HiGHS by its header and library, since neither its pkg-config nor its CMake files are correct everywhere (those of
# Debian 13 point to /usr/debian/tmp, those of HiGHS 1.10 to /include). Defines HiGHS::highs, HiGHS_VERSION, HiGHS_LIBRARY,
# and HiGHS_IS_PRIVATE if it is not the system's copy.
#
# Only tools/get-highs.sh decides which HiGHS is used: the pinned one unless POTLINE_HIGHS or POTLINE_HIGHS_SRC names
# another. Both are taken from the environment once and cached, so that later runs in this build folder use the same.
foreach(choice POTLINE_HIGHS POTLINE_HIGHS_SRC)
  set(${choice} "$ENV{${choice}}" CACHE STRING "Which HiGHS to link; see tools/get-highs.sh")
endforeach()
set(get_highs ${PROJECT_SOURCE_DIR}/tools/get-highs.sh)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${get_highs} ${PROJECT_SOURCE_DIR}/tools/highs.pin)
execute_process(
  COMMAND ${CMAKE_COMMAND} -E env POTLINE_HIGHS=${POTLINE_HIGHS} POTLINE_HIGHS_SRC=${POTLINE_HIGHS_SRC}
    ${get_highs} --where
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  OUTPUT_VARIABLE prefix ERROR_VARIABLE why RESULT_VARIABLE missing
  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_STRIP_TRAILING_WHITESPACE)

set(HiGHS_VERSION)
set(HiGHS_IS_PRIVATE OFF)
if(NOT missing)
  unset(HiGHS_LIBRARY)
  find_library(HiGHS_LIBRARY highs NO_CACHE NO_DEFAULT_PATH
    PATHS ${prefix}/lib ${prefix}/lib/${CMAKE_LIBRARY_ARCHITECTURE} ${prefix}/lib64)
  foreach(part MAJOR MINOR PATCH)
    file(STRINGS ${prefix}/include/highs/HConfig.h line REGEX "^#define HIGHS_VERSION_${part} ")
    string(REGEX REPLACE "^#define HIGHS_VERSION_${part} " "" line "${line}")
    list(APPEND HiGHS_VERSION "${line}")
  endforeach()
  list(JOIN HiGHS_VERSION . HiGHS_VERSION)
  set(HiGHS_INCLUDE_DIR ${prefix}/include/highs)
  if(NOT prefix MATCHES "^/usr(/local)?$")
    set(HiGHS_IS_PRIVATE ON)
  endif()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(HiGHS REQUIRED_VARS HiGHS_LIBRARY HiGHS_INCLUDE_DIR
  VERSION_VAR HiGHS_VERSION REASON_FAILURE_MESSAGE "${why}")

if(HiGHS_FOUND AND NOT TARGET HiGHS::highs)
  add_library(HiGHS::highs UNKNOWN IMPORTED GLOBAL)
  set_target_properties(HiGHS::highs PROPERTIES
    IMPORTED_LOCATION ${HiGHS_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${HiGHS_INCLUDE_DIR})
endif()
