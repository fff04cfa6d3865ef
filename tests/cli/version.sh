potline --version
