# what the user typed must not reach the terminal raw
potline "$(printf 'pl\033[31man')"
potline plan "$(printf -- '--\033[31m')"
potline check "$(printf 'no\033[31mthere')"
potline plan "$CASES/smelter" --scenario "$(printf 'x\033]0;')"
