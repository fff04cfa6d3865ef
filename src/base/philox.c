/* The generator; constants of the authors' Random123. */
#include "base/philox.h"

void pl_philox(uint64_t seed, const uint32_t counter[4], uint32_t out[4]) {
  uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
  for (int k = 0; k < 4; k++) out[k] = counter[k];
  for (int round = 0; round < 10; round++) {
    uint64_t const a = (uint64_t)0xD2511F53u * out[0], b = (uint64_t)0xCD9E8D57u * out[2];
    out[0] = (uint32_t)(b >> 32) ^ out[1] ^ key[0];
    out[1] = (uint32_t)b;
    out[2] = (uint32_t)(a >> 32) ^ out[3] ^ key[1];
    out[3] = (uint32_t)a;
    key[0] += 0x9E3779B9u;
    key[1] += 0xBB67AE85u;
  }
}
