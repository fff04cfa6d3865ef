/* What is sound to read and yet cannot be planned: what the files of cases/unplannable expect of
 * reading them and making their program. */
#include "expected.h"

#include "assemble/assemble.h"

static pl_status make_program(const char *path, const pl_case_options *options, pl_diag *diag) {
  pl_files *files = pl_files_new(NULL, 0);
  pl_case *c = NULL;
  pl_program *program = NULL;
  assert_true(pl_files_allow(files, TESTS_DIR "/cases"));
  assert_int_equal(PL_OK, pl_case_read(path, files, options, &c, diag));
  pl_status const status = pl_program_build(c, &program, diag);
  assert_true((program != NULL) == (status == PL_OK));
  pl_program_free(program);
  pl_case_free(c);
  pl_files_free(files);
  return status;
}

static void what_cannot_be_planned_is_said(void **state) {
  (void)state;
  assert_expected(TESTS_DIR "/cases/unplannable/", 6, make_program);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(what_cannot_be_planned_is_said)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
