#ifndef PL_CLI_LEAVE_H
#define PL_CLI_LEAVE_H

/* Premature ends of the program: signals, and running out of memory. Partly written files are
 * removed; existing ones stay. */

/* From now on SIGINT, SIGTERM and SIGHUP clean up before they end the program as usual, reaching
 * the file size limit is a write error instead of a signal, and running out of memory ends with its
 * own status. */
void pl_leave_prepare(void);
/* After this many seconds clean up, write these words to the file and end as stopped, unless
 * pl_leave_not_yet is called first: for stages that have nothing to keep. */
void pl_leave_after(double seconds, int file, const char *words);
void pl_leave_not_yet(void);
/* SIGINT ends the program again, after pl_progress_begin had made it a request to stop. */
void pl_leave_on_interrupt(void);
/* Clean up, then end as if by this signal: for handlers. */
void pl_leave_by(int signal_number);

#endif
