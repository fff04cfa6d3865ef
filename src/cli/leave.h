#ifndef PL_CLI_LEAVE_H
#define PL_CLI_LEAVE_H

/* Ends of the program that nobody planned: signals, and memory that is out. What is half written
 * goes; what is there stays. */

/* From now on SIGINT, SIGTERM and SIGHUP sweep before they end the program as ever, a file that may
 * grow no further is an error of the write instead of a signal, and out of memory ends with its
 * status. */
void pl_leave_prepare(void);
/* After so many seconds sweep, write these words there and end as stopped, unless pl_leave_not_yet
 * comes first: for stages that have nothing to keep. */
void pl_leave_after(double seconds, int file, const char *words);
void pl_leave_not_yet(void);
/* SIGINT ends the program again, where pl_progress_begin had made it ask first. */
void pl_leave_on_interrupt(void);
/* Sweep, then end as by this signal: for handlers. */
void pl_leave_by(int signal_number);

#endif
