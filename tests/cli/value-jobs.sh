# The answer does not depend on the threads.
for jobs in 1 4; do
  rm -f a.run
  potline value "$CASES/../cases/agreements/owen" --jobs $jobs --format json -o a.run |
    sed 's/"seconds":[^,]*,"jobs":[0-9]*//' >$jobs
done
cmp 1 4 && echo same
