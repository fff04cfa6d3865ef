#ifndef PL_AUDIT_TOKENS_H
#define PL_AUDIT_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/calendar.h"

/* The audit's own reader of numbers with units and of dates. It deliberately shares no table,
 * parser or calendar with the reader of the case (unit/, price/, base/calendar), so that an error
 * in one is not repeated in the other. */
typedef struct {
  double number, factor; /* value in inside units = number × factor × lengths of calendar steps */
  int month, quarter, year; /* exponents of the calendar's units */
  bool bare;                /* no unit was written */
  char money[4];            /* "EUR"; "" without a currency, "?" with several */
} pl_audit_token;

/* False where the text is not just a number with at most one unit. */
bool pl_audit_token_read(const char *text, size_t length, pl_audit_token *out);
bool pl_audit_unit_read(const char *text, size_t length, pl_audit_token *out);
bool pl_audit_has_calendar(const pl_audit_token *t);
/* number × factor, and its value in inside units when used over [from, to). */
double pl_audit_token_plain(const pl_audit_token *t);
double pl_audit_token_value(const pl_audit_token *t, pl_time from, pl_time to);

/* "2026" … "2026-03-15T07:15"; *clock: whether it gives a time of day. */
bool pl_audit_date_read(const char *text, size_t length, pl_time *out, bool *clock);
/* Months since year 0: the month that contains t, and the start of a month. */
int pl_audit_month_of(pl_time t);
pl_time pl_audit_month_start(int month);

#endif
