potline new mine && potline check mine && potline plan mine -q && potline plan mine -q --scenario low-price && ls
potline new mine
