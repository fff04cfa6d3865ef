#ifndef PL_SOLVE_KERNEL_H
#define PL_SOLVE_KERNEL_H

#include <stdbool.h>

/* The dense kernels of the sparse factor are compiled for several instruction sets, each with
 * vectors as wide as its registers, and the widest that the processor has is used. All of them
 * compute every sum in the same order and round after every operation (no fused multiplications),
 * so that they give the same bits: the choice affects only speed, and an answer does not depend on
 * the processor. */
typedef enum {
  PL_KERNEL_WIDEST,   /* of those that this processor has */
  PL_KERNEL_BASELINE, /* what every processor of the architecture has: vectors of 128 bits */
  PL_KERNEL_AVX2,     /* x86-64 with 256 bits, */
  PL_KERNEL_AVX512,   /* and with 512 */
  PL_KERNELS
} pl_kernel;

const char *pl_kernel_name(pl_kernel k);
int pl_kernel_find(const char *name); /* −1 if there is none */
bool pl_kernel_is_there(pl_kernel k); /* whether this processor (and this build) has it */

#endif
