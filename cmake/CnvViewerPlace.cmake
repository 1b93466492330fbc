# Programs are told where the viewer lies that was built or installed with the libraries: each compiles one small file more.
# A library that knew the folder by itself could not be moved.
set(cnv_viewer_place_source ${CMAKE_CURRENT_LIST_DIR}/viewer_place.cpp.in)

# cnv_viewer_place(<runtime target> <path of the viewer>)
function(cnv_viewer_place runtime CNV_VIEWER_PATH)
  set(file ${CMAKE_BINARY_DIR}/compneurovis/viewer_place.cpp)
  configure_file(${cnv_viewer_place_source} ${file} @ONLY)
  set_property(TARGET ${runtime} PROPERTY INTERFACE_SOURCES
               $<BUILD_INTERFACE:$<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:${file}>>)
endfunction()
