potline fields markt
