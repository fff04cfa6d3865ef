# Builds potline.1 from docs/potline.1.scd, if scdoc is installed.
find_program(POTLINE_SCDOC scdoc)
if(POTLINE_SCDOC AND EXISTS ${PROJECT_SOURCE_DIR}/docs/potline.1.scd)
  add_custom_command(OUTPUT potline.1
    COMMAND ${POTLINE_SCDOC} < ${PROJECT_SOURCE_DIR}/docs/potline.1.scd > potline.1
    DEPENDS ${PROJECT_SOURCE_DIR}/docs/potline.1.scd VERBATIM)
  add_custom_target(potline_man ALL DEPENDS potline.1)
  install(FILES ${PROJECT_BINARY_DIR}/potline.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()
