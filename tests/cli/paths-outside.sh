# a case reads its own folder, libraries, and what is allowed
mkdir case other
cp "$CASES/smelter/case.yaml" case
printf 'name,site,buys,price [USD/t]\nextra,smelter,metal,1000\n' > other/more.csv
printf 'tables: {markets: ../other/more.csv}\n' >> case/case.yaml
potline check case 2>&1 | sed "s#$(pwd -P)#HERE#"
potline check case --allow other 2>&1 | sed "s#$(pwd -P)#HERE#"
potline check case --allow nowhere 2>&1 | sed "s#$(pwd -P)#HERE#"
