#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "counting.h"

static std::size_t length(const std::string &word) {
  if (word.empty()) throw std::invalid_argument("empty");
  return word.size();
}

int longest(const char *text) {
  std::istringstream words(text);
  std::vector<std::size_t> lengths;
  for (std::string word; words >> word;) lengths.push_back(length(word));
  try {
    length("");
  } catch (const std::invalid_argument &) {
    lengths.push_back(0);
  }
  return int(*std::max_element(lengths.begin(), lengths.end()));
}
