potline
