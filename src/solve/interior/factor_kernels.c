/* The dense kernels of the factor, compiled for each instruction set of kernel.def, and which of
 * them this processor has. */
#include "solve/interior/factor_parts.h"

#include <string.h>

enum {
  ACROSS = PL_ACROSS,
  SUMS = 8 /* parts of an inner product: what the widest registers hold */
};

/* right[k][c] = L(row c, k) × D(k), for `count` ≤ ACROSS rows that begin at `row` of a
 * supernode. */
static void load_right(const double *value, long stride, const double *pivot, int depth, long row,
                       int count, double *right) {
  for (int k = 0; k < depth; k++)
    for (int c = 0; c < ACROSS; c++)
      right[k * ACROSS + c] = c < count ? value[row + c + stride * k] * pivot[k] : 0;
}

static const double too_small = 1e-30;

static double pivot_of(double x, int sign) { return x * sign > too_small ? x : sign * 1e128; }

#define KERNELS(set) {set(change), set(eliminate), set(combine), set(inner)}

#define BASELINE(function) function##_baseline
#define NAME               BASELINE
#define LANES              2
#define TARGET
#include "solve/interior/factor_kernel.inc"
#undef NAME
#undef LANES
#undef TARGET

#if defined(__x86_64__) && defined(__GNUC__)
#define AVX2(function) function##_avx2
#define NAME           AVX2
#define LANES          4
#define TARGET         __attribute__((target("avx2")))
#include "solve/interior/factor_kernel.inc"
#undef NAME
#undef LANES
#undef TARGET

#define AVX512(function) function##_avx512
#define NAME             AVX512
#define LANES            8
#define TARGET           __attribute__((target("avx512f")))
#include "solve/interior/factor_kernel.inc"
#undef NAME
#undef LANES
#undef TARGET
#endif

typedef struct {
  const char *name;
  pl_kernels functions;
} instruction_set;

static const instruction_set sets[PL_KERNELS] = {
    [PL_KERNEL_WIDEST] = {"widest", {0}},
    [PL_KERNEL_BASELINE] = {"baseline", KERNELS(BASELINE)},
#if defined(__x86_64__) && defined(__GNUC__)
    [PL_KERNEL_AVX2] = {"avx2", KERNELS(AVX2)},
    [PL_KERNEL_AVX512] = {"avx512", KERNELS(AVX512)},
#else
    [PL_KERNEL_AVX2] = {"avx2", {0}},
    [PL_KERNEL_AVX512] = {"avx512", {0}},
#endif
};

const char *pl_kernel_name(pl_kernel k) { return sets[k].name; }

int pl_kernel_find(const char *name) {
  for (int k = 0; k < PL_KERNELS; k++)
    if (strcmp(sets[k].name, name) == 0) return k;
  return -1;
}

bool pl_kernel_is_there(pl_kernel k) {
#if defined(__x86_64__) && defined(__GNUC__)
  if (k == PL_KERNEL_AVX2) return __builtin_cpu_supports("avx2") != 0;
  if (k == PL_KERNEL_AVX512) return __builtin_cpu_supports("avx512f") != 0;
#endif
  return k == PL_KERNEL_WIDEST || k == PL_KERNEL_BASELINE;
}

pl_kernels pl_kernels_of(pl_kernel k) {
  for (int w = PL_KERNELS - 1; k == PL_KERNEL_WIDEST && w > PL_KERNEL_WIDEST; w--)
    if (pl_kernel_is_there((pl_kernel)w)) k = (pl_kernel)w;
  return sets[k].functions;
}
