/* Every complaint at its place: what the files of cases/bad expect of reading them. */
#include "expected.h"

static pl_status read_case(const char *path, const pl_case_options *options, pl_diag *diag) {
  pl_files *files = pl_files_new(NULL, 0);
  pl_case *c = NULL;
  pl_status const status = pl_case_read(path, files, options, &c, diag);
  assert_true((c != NULL) == (status == PL_OK));
  pl_case_free(c);
  pl_files_free(files);
  return status;
}

static void faulty_cases_get_their_complaints(void **state) {
  (void)state;
  assert_expected(TESTS_DIR "/cases/bad/", 100, read_case);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(faulty_cases_get_their_complaints)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
