// What mutations choose with.
#pragma once

#include <random>

namespace rayc {

class Random {
 public:
  explicit Random(uint64_t Seed) : Engine(Seed) {}

  /// A number below `Limit`, which is at least 1.
  size_t below(size_t Limit) { return Engine() % Limit; }
  bool chance(double Share) { return Engine() % 1'000'000 < Share * 1'000'000; }

  template <class List>
  auto &pick(List &&Items) {
    return Items[below(std::size(Items))];
  }

 private:
  std::mt19937_64 Engine;
};

}  // namespace rayc
