potline chekc x
