// A session that a test drives without a host, and what a viewer would have of it.
#pragma once

#include <gtest/gtest.h>

#include "cnv/runtime/session.hpp"

namespace cnv::test {

template <class S>
struct HandDriven : testing::Test {
  S session;
  SceneStore viewer;

  void SetUp() override { take({SceneReady{*session.initialize()}}); }
  void take(const std::vector<Update>& updates) {
    for (const auto& update : updates) {
      const auto problem = viewer.apply(update);
      ASSERT_FALSE(problem) << problem->message;
    }
  }
  void look() { take(session.read_updates()); }
  void advance() {
    session.advance();
    look();
  }
};

}  // namespace cnv::test
