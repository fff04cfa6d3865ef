# texts of a case may hold anything; what would act on the terminal is written out
sed 's/^  title: .*/  title: "\\e]0;x\\a \\u009b31m \\u202e \\ufffe"/' "$CASES/smelter/case.yaml" > hostile.yaml
potline plan hostile.yaml | head -1
potline explain hostile.run | head -1
potline plan hostile.yaml --format json | tr ',' '\n' | grep '"case"'
# a name may not
printf 'case: {from: 2026, to: 2026}\nparties: {"a\\u202eb": }\nsites: {s: "a\\u202eb"}\n' > names.yaml
potline check names.yaml --format json
potline check names.yaml
