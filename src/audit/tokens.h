#ifndef PL_AUDIT_TOKENS_H
#define PL_AUDIT_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/calendar.h"

/* The audit's own reader of numbers with units and of dates. It shares no table, no parser and no
 * calendar with the reading of the case (unit/, price/, base/calendar), on purpose: what one of
 * them gets wrong, the other does not. */
typedef struct {
  double number, factor; /* value in inside units = number × factor × lengths of calendar steps */
  int month, quarter, year; /* exponents of the calendar's units */
  bool bare;                /* no unit was written */
  char money[4];            /* "EUR"; "" without a currency, "?" with several */
} pl_audit_token;

/* False where text is more, or other, than a number and at most a unit. */
bool pl_audit_token_read(const char *text, size_t length, pl_audit_token *out);
bool pl_audit_unit_read(const char *text, size_t length, pl_audit_token *out);
bool pl_audit_has_calendar(const pl_audit_token *t);
/* number × factor, and what that is in inside units when it is used over [from, to). */
double pl_audit_token_plain(const pl_audit_token *t);
double pl_audit_token_value(const pl_audit_token *t, pl_time from, pl_time to);

/* "2026" … "2026-03-15T07:15"; *clock: it says an hour. */
bool pl_audit_date_read(const char *text, size_t length, pl_time *out, bool *clock);
/* Months since year 0: the one that holds t, and the start of one. */
int pl_audit_month_of(pl_time t);
pl_time pl_audit_month_start(int month);

#endif
