# What every target of ours has in common.

add_library(preview_flags INTERFACE)
target_compile_options(preview_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough -Wswitch-enum)
if(PREVIEW_WARNINGS_AS_ERRORS)
  target_compile_options(preview_flags INTERFACE -Werror)
endif()
target_include_directories(preview_flags INTERFACE ${PROJECT_SOURCE_DIR})

# One library per folder; DEPS are the layers it may see.
function(preview_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE preview_flags preview_fmt)
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()
