# Find HiGHS by its header and the library beside it; neither its pkg-config nor its CMake files are right everywhere
# (Debian 13's point to /usr/debian/tmp, those of 1.10 to /include). Gives HiGHS::highs,
# HiGHS_VERSION, HiGHS_LIBRARY, and HiGHS_IS_PRIVATE where it is not the system's.
#
# HIGHS_ROOT (variable or environment) is the only place looked at if given; else the user cache that tools/get-highs.sh
# fills (an own copy first, then the newest), then the system.
if(NOT HIGHS_ROOT)
  set(HIGHS_ROOT $ENV{HIGHS_ROOT})
endif()
set(cache $ENV{XDG_CACHE_HOME})
if(NOT cache)
  set(cache $ENV{HOME}/.cache)
endif()
if(HIGHS_ROOT)
  set(prefixes ${HIGHS_ROOT})
else()
  file(GLOB cached ${cache}/potline/highs-[0-9]*)
  list(SORT cached COMPARE NATURAL ORDER DESCENDING)
  set(prefixes ${cache}/potline/highs-own ${cached} ${CMAKE_PREFIX_PATH} /usr/local /usr)
endif()

set(HiGHS_VERSION)
set(HiGHS_IS_PRIVATE OFF)
foreach(prefix IN LISTS prefixes)
  unset(library)
  find_library(library highs NO_CACHE NO_DEFAULT_PATH
    PATHS ${prefix}/lib ${prefix}/lib/${CMAKE_LIBRARY_ARCHITECTURE} ${prefix}/lib64)
  if(NOT library OR NOT EXISTS ${prefix}/include/highs/HConfig.h
      OR NOT EXISTS ${prefix}/include/highs/interfaces/highs_c_api.h)
    continue()
  endif()
  set(found)
  foreach(part MAJOR MINOR PATCH)
    file(STRINGS ${prefix}/include/highs/HConfig.h line REGEX "^#define HIGHS_VERSION_${part} ")
    string(REGEX REPLACE "^#define HIGHS_VERSION_${part} " "" line "${line}")
    list(APPEND found "${line}")
  endforeach()
  list(JOIN found . found)
  if(NOT HiGHS_FIND_VERSION OR found VERSION_GREATER_EQUAL HiGHS_FIND_VERSION)
    set(HiGHS_VERSION ${found})
    set(HiGHS_INCLUDE_DIR ${prefix}/include/highs)
    set(HiGHS_LIBRARY ${library})
    if(NOT prefix MATCHES "^/usr(/local)?$")
      set(HiGHS_IS_PRIVATE ON)
    endif()
    break()
  endif()
endforeach()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(HiGHS REQUIRED_VARS HiGHS_LIBRARY HiGHS_INCLUDE_DIR
  VERSION_VAR HiGHS_VERSION REASON_FAILURE_MESSAGE "tools/get-highs.sh gets it")

if(HiGHS_FOUND AND NOT TARGET HiGHS::highs)
  add_library(HiGHS::highs UNKNOWN IMPORTED GLOBAL)
  set_target_properties(HiGHS::highs PROPERTIES
    IMPORTED_LOCATION ${HiGHS_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${HiGHS_INCLUDE_DIR})
endif()
