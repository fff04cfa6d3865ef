potline plan nowhere
