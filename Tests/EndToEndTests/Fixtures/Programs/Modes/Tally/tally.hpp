#pragma once
#include <string>
#include <vector>

inline int sum(const std::vector<int> &values) {
  int total = 0;
  for (int value : values) total += value;
  return total;
}

inline std::vector<int> upTo(int last) {
  std::vector<int> values;
  for (int value = 1; value <= last; ++value) values.push_back(value);
  return values;
}

struct Named {
  std::string name;
  int count = 0;
  Named(std::string name) : name(std::move(name)) {}
  int length() const { return int(name.size()); }
  void add(int more) { count += more; }
};

inline std::string greet(const std::string &who) { return "hello, " + who; }
