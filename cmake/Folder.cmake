# Functions used by the CMakeLists.txt of the folders.

# Makes a folder of src, with its subfolders, an object library potline_FOLDER of all its .c files, so that a new file needs no
# change of any CMakeLists.txt.
function(potline_folder folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.c)
  add_library(potline_${folder} OBJECT ${sources})
  target_include_directories(potline_${folder} PUBLIC ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
  target_link_libraries(potline_${folder} PRIVATE potline_flags)
  set_target_properties(potline_${folder} PROPERTIES
    C_VISIBILITY_PRESET hidden POSITION_INDEPENDENT_CODE ON)
endfunction()

# Links a folder to a third-party library, given by its pkg-config name.
function(potline_uses folder module)
  if(NOT TARGET potline_${folder})
    return()
  endif()
  string(MAKE_C_IDENTIFIER ${module} name)
  pkg_check_modules(${name} REQUIRED QUIET IMPORTED_TARGET GLOBAL ${module})
  target_link_libraries(potline_${folder} PUBLIC PkgConfig::${name})
endfunction()

# Links objects into a library or program: those of all folders BELOW the given one, AND those of the folders listed.
function(potline_link target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "BELOW" "AND")
  set(folders ${POTLINE_FLOORS})
  list(FIND folders "${arg_BELOW}" length)
  if(length GREATER -1)
    list(SUBLIST folders 0 ${length} folders)
  else()
    set(folders)
  endif()
  foreach(folder IN LISTS folders arg_AND)
    if(TARGET potline_${folder})
      target_link_libraries(${target} PRIVATE potline_${folder})
    endif()
  endforeach()
  target_link_libraries(${target} PRIVATE potline_flags m)
endfunction()
