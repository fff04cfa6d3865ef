#ifndef PL_CLI_LEAVE_H
#define PL_CLI_LEAVE_H

/* Ends of the program that nobody planned: signals, and memory that is out. What is half written
 * goes; what is there stays. */

/* From now on SIGINT, SIGTERM and SIGHUP sweep before they end the program as ever, a file that may
 * grow no further is an error of the write instead of a signal, and out of memory ends with its
 * status. */
void pl_leave_prepare(void);
/* Sweep, then end as by this signal: for handlers. */
void pl_leave_by(int signal_number);

#endif
