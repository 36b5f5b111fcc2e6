# Libraries from the distribution. scripts/setup installs them.

find_program(ccache ccache)
mark_as_advanced(ccache)
if(ccache AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${ccache})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${ccache})
endif()

if(PREVIEW_STATIC)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  add_link_options(-static-pie)
  set(ZLIB_USE_STATIC_LIBS ON)
  # The package of yaml-cpp offers its shared library only.
  find_library(PREVIEW_YAML_CPP libyaml-cpp.a REQUIRED)
  add_library(yaml-cpp STATIC IMPORTED GLOBAL)
  set_target_properties(yaml-cpp PROPERTIES IMPORTED_LOCATION ${PREVIEW_YAML_CPP})
  # A batch spends a fifth of its time in glibc's malloc; without jemalloc the program is the same, and slower.
  find_library(PREVIEW_JEMALLOC libjemalloc_pic.a)
  mark_as_advanced(PREVIEW_JEMALLOC)
else()
  find_package(yaml-cpp REQUIRED)
endif()
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
# Debian has no static fmt. Elsewhere the shared one halves the time that each file with fmt in it takes to compile.
add_library(preview_fmt INTERFACE)
target_link_libraries(preview_fmt INTERFACE $<IF:$<BOOL:${PREVIEW_STATIC}>,fmt::fmt-header-only,fmt::fmt>)
find_package(ZLIB REQUIRED)
find_package(Threads REQUIRED)
