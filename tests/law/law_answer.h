#ifndef LAW_ANSWER_H
#define LAW_ANSWER_H

#include "law/law_case.h"

/* What became of a case: refused with places, planned, or reasons why there is no plan. The last
 * two and whatever else comes (−1: a crash, or no answer in time) break the law that what is
 * accepted is answered; what was said is printed. */
enum { LAW_REFUSED = 10, LAW_PLANNED, LAW_REASONS, LAW_PLACELESS, LAW_UNANSWERED };
int law_answer(const law_text *t);
bool law_is_answered(int outcome);

#endif
