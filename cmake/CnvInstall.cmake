# cmake --install: what programs outside this tree build with (headers, static libraries, compneurovis-config.cmake) and the
# viewer that they start.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/compneurovis)
set(program_dir ${CMAKE_INSTALL_LIBEXECDIR}/compneurovis)

# What a model's program links; the viewer's own libraries stay in the viewer.
install(TARGETS cnv_base cnv_core cnv_io cnv_protocol cnv_transport cnv_transport_pipe cnv_transport_thread cnv_runtime
                cnv_shape cnv_neuron cnv_jaxley cnv_replay cnv_builders
        EXPORT compneurovis
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT compneurovis NAMESPACE compneurovis:: FILE compneurovis-targets.cmake DESTINATION ${package_dir})

file(GLOB umbrella_headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/cnv/*.hpp)
install(FILES ${umbrella_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/cnv)
foreach(layer base core io protocol transport runtime backends builders)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/src/cnv/${layer} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/cnv FILES_MATCHING PATTERN "*.hpp")
endforeach()

if(CNV_VIEWER)
  install(TARGETS compneurovis-viewer compneurovis-viewer-library RUNTIME DESTINATION ${program_dir} LIBRARY DESTINATION ${program_dir})
endif()

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/compneurovis-config.cmake.in ${PROJECT_BINARY_DIR}/compneurovis-config.cmake
                              INSTALL_DESTINATION ${package_dir} PATH_VARS program_dir)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/compneurovis-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/compneurovis-config.cmake ${PROJECT_BINARY_DIR}/compneurovis-config-version.cmake
              ${CMAKE_CURRENT_LIST_DIR}/CnvViewerPlace.cmake ${CMAKE_CURRENT_LIST_DIR}/viewer_place.cpp.in
        DESTINATION ${package_dir})
