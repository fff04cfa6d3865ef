#ifndef POTLINE_H
#define POTLINE_H

/* The C API of potline: read a case, check it, plan it, look at the result as tables, keep the run
 * in a file.
 *
 *     potline *p = potline_new();
 *     if (potline_read_case(p, "cases/smelter-tutorial", NULL) == POTLINE_OK && potline_plan(p,
 * NULL) == POTLINE_OK) printf("%g\n", potline_present_value(p)); for (int i = 0; i <
 * potline_message_count(p); i++) puts(potline_message(p, i)); potline_free(p);
 *
 * A handle is used by one thread at a time; several handles by several threads are fine. Nothing is
 * printed and the program is never terminated, except that running out of memory aborts (the
 * command line then exits with status 71). Returned texts belong to the handle and last until it is
 * freed. */

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define POTLINE_API __attribute__((visibility("default")))
#else
#define POTLINE_API
#endif

typedef struct potline potline;

typedef enum {
  POTLINE_OK = 0,
  POTLINE_USAGE = 1,  /* calls out of order, or an option that makes no sense */
  POTLINE_IO = 2,     /* cannot read or write */
  POTLINE_SYNTAX = 3, /* malformed input */
  POTLINE_UNIT = 4,   /* unit mismatch */
  POTLINE_NAME = 5,   /* unknown name */
  POTLINE_RANGE = 6,  /* value out of range */
  POTLINE_INFEASIBLE =
      7, /* no plan can meet the case: the messages list what would have to change */
  POTLINE_UNBOUNDED = 8, /* the case earns without limit: the messages name the loops */
  POTLINE_STOPPED = 9,   /* out of time; there may be a plan that is not proven best */
  POTLINE_SOLVER = 10,
  POTLINE_AUDIT = 11, /* the answer failed its audit and was not kept */
  POTLINE_MEMORY = 12 /* only from the command line: see above */
} potline_status;

typedef struct {
  const char *scenario;   /* of the case, NULL = none */
  const char *const *set; /* [n_set] "units.potline.online=100 %" */
  int n_set;
  const char *const *folders; /* [n_folders] where included files are looked for beside the case;
                                 files elsewhere are not read */
  int n_folders;
} potline_case_options;

typedef struct {
  double gap;          /* relative optimality gap for cases with integers; 0 = 1e-6 */
  double time_limit_s; /* of the whole call, with the search for reasons of POTLINE_INFEASIBLE;
                          0 = none */
  /* Called from time to time during a solve, in the calling thread; return 0 to stop. NULL = never.
   * A call that is stopped returns within a second; a background thread may remain in the solver
   * for some seconds. A program that ends before that thread should end with _exit. */
  int (*progress)(double seconds, double objective, double bound, void *user);
  void *user;
} potline_plan_options;

typedef struct {
  int jobs;   /* threads; the answer does not depend on them. 0 = 1 */
  double gap; /* as in potline_plan_options */
  /* Called from time to time with the number of programs solved and of all programs; return 0 to
   * stop. NULL = never. */
  int (*progress)(int done, int of, void *user);
  void *user;
} potline_value_options;

POTLINE_API const char *potline_version(void);
POTLINE_API const char *potline_status_text(potline_status s);

POTLINE_API potline *potline_new(void);
POTLINE_API void potline_free(potline *p); /* NULL is allowed */

/* Once per handle. Options may be NULL. All errors and warnings about the case are in the
 * messages. */
POTLINE_API potline_status potline_read_case(potline *p, const char *path,
                                             const potline_case_options *options);
POTLINE_API potline_status potline_read_run(potline *p, const char *path);
/* Looks for loops that earn without limit; reading has checked everything else. */
POTLINE_API potline_status potline_check(potline *p);
/* Solves as `potline plan` without --method does: the method is chosen by the structure of the
 * program. */
POTLINE_API potline_status potline_plan(potline *p, const potline_plan_options *options);
/* What the agreements of the case are worth, in the tables named value_…; the plan is then the
 * joint one with all of them in force. */
POTLINE_API potline_status potline_value(potline *p, const potline_value_options *options);
/* An existing file is replaced only if it is a run; POTLINE_USAGE otherwise. */
POTLINE_API potline_status potline_write_run(potline *p, const char *path);

/* The messages so far, each as "file:line:column: error: text" with the line and its hint. */
POTLINE_API int potline_message_count(const potline *p);
POTLINE_API const char *potline_message(potline *p, int i); /* NULL past the end */

POTLINE_API int potline_has_plan(const potline *p);
POTLINE_API double
potline_present_value(const potline *p); /* joint, in the case's currency; NaN without a plan */

/* The plan as tables, "accounts", "trades" and so on; none without a plan. Rows and columns count
 * from 0. */
POTLINE_API int potline_table_count(potline *p);
POTLINE_API const char *potline_table_name(potline *p, int table);
POTLINE_API const char *potline_table_title(potline *p, int table);
POTLINE_API int potline_table_find(potline *p, const char *name); /* -1 if absent */
POTLINE_API int potline_table_rows(potline *p, int table);
POTLINE_API int potline_table_columns(potline *p, int table);
POTLINE_API const char *potline_column_name(potline *p, int table, int column);
POTLINE_API const char *potline_column_unit(potline *p, int table, int column); /* "" = none */
POTLINE_API int potline_column_is_number(potline *p, int table, int column);
POTLINE_API double potline_number(potline *p, int table, int row,
                                  int column); /* NaN = empty, or not a number */
POTLINE_API const char *potline_text(potline *p, int table, int row,
                                     int column); /* NULL = empty, or a number */

#ifdef __cplusplus
}
#endif

#endif
