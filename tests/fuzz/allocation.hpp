// What the program allocates with new: a watch tells the most that was held at one time since it began, and how often.
// One thread.
#pragma once

#include <cstddef>

namespace cnv::fuzz {

class AllocationWatch {
 public:
  AllocationWatch();
  // Bytes beyond what was held when the watch began. Of several watches only the latest tells.
  std::size_t most() const;
  std::size_t allocations() const;

 private:
  std::size_t before_, made_before_;
};

}  // namespace cnv::fuzz
