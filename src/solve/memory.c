/* HiGHS allocates as C++ does: when memory is out it throws, through its C interface and through
 * our code, up to std::terminate. The new handler of the C++ library is called before anything is
 * thrown. */
#include "solve/solve.h"

/* std::set_new_handler; absent (weak) where HiGHS was built with another C++ library. */
typedef void (*new_handler)(void);
extern new_handler set_new_handler(new_handler handler) __asm__("_ZSt15set_new_handlerPFvvE")
    __attribute__((weak));

void pl_solver_when_out(void (*end_program)(void)) {
  if (set_new_handler) (void)set_new_handler(end_program);
}
