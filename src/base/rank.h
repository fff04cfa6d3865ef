#ifndef PL_BASE_RANK_H
#define PL_BASE_RANK_H

/* An order by computed numbers that does not depend on how they were rounded. Puts into order[n]
 * the indices of number[n], the largest number first. Neighbours no more than PL_RANK_SLACK × size
 * apart, or PL_RANK_SLACK × the largest |number|, count as equal and are ordered by index, so the
 * caller lists them in the order that breaks ties. size: the size of the numbers that these are
 * differences of, or 0. */
void pl_rank(int n, const double *number, double size, int *order);

#define PL_RANK_SLACK 1e-9

#endif
