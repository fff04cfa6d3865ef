# T-ZOPA: both gain between 335 and 372 USD/t, 13.96 and 15.50 % of LME; 37 USD/t on 100 kt/year.
potline value "$CASES/../cases/agreements/zopa"
