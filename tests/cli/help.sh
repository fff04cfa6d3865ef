potline help && potline help export && potline plan -h
