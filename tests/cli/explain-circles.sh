# No chain of reasons uses a lane twice: a lane there and back would explain a value by itself.
unset POTLINE_DATA
potline explain "$CASES/../../cases/alro-azeraluminium" --format json | sed 's/"reason"/\n&/g' |
  awk '/^"reason"/ {
    delete seen
    for (i = 1; i <= NF; i++) if ($i ~ /^lanes\./ && seen[$i]++) print
    if (/lanes\..*lanes\./) chains++
  } END { print (chains > 20 ? "many" : "few"), "chains of lanes" }'
