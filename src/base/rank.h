#ifndef PL_BASE_RANK_H
#define PL_BASE_RANK_H

/* An order by computed numbers that does not depend on how they were rounded. Put into order[n] the
 * indices of number[n], the largest number first. Neighbours that are no more than PL_RANK_SLACK ×
 * size apart, or than the same of the largest |number|, are equal and come by index: whoever asks
 * lists them by what breaks a tie. size: of what the numbers are differences of, or 0. */
void pl_rank(int n, const double *number, double size, int *order);

#define PL_RANK_SLACK 1e-9

#endif
