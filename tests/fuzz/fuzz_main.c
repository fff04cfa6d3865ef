/* Runs a fuzz target over the files named, so that builds without libFuzzer replay its corpus. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST = 1 << 20 };

static int replay(const char *path) {
  static uint8_t buffer[LARGEST];
  FILE *f = fopen(path, "rb");
  if (!f) return perror(path), EXIT_FAILURE;
  size_t const n = fread(buffer, 1, sizeof buffer, f);
  fclose(f);
  uint8_t *exact = malloc(n > 0 ? n : 1); /* so that a sanitizer sees the byte after the end */
  if (!exact) return EXIT_FAILURE;
  memcpy(exact, buffer, n);
  (void)LLVMFuzzerTestOneInput(exact, n);
  free(exact);
  return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    if (replay(argv[i]) != EXIT_SUCCESS) return EXIT_FAILURE;
  }
  printf("%d files replayed\n", argc - 1);
  return argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
