// What the NEURON tests share: NEURON found in the environment of the checkout, and a model that is empty before and
// after each test, since NEURON has one global model per process.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cnv/backends/neuron/api.hpp"
#include "cnv/backends/neuron/point_process.hpp"
#include "cnv/backends/neuron/section.hpp"
#include "cnv/backends/neuron/simulation.hpp"

namespace cnv::nrn::test {

// Names the environment in .venv of the checkout as VIRTUAL_ENV when the caller named none.
void use_checkout_environment();

// What twin.py, the same model in Python, prints as results, split at white space. Fails the test when Python fails.
std::vector<std::string> run_twin(const std::string& arguments);

std::string data_file(const std::string& name);

// The message of the NeuronError that `body` throws, or "".
template <class Body>
std::string error_of(Body&& body) {
  try {
    body();
  } catch (const NeuronError& error) {
    return error.what();
  }
  return "";
}

class NeuronTest : public ::testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;
};

struct BallAndStick {
  Section soma, dend;
  IClamp clamp;
};
// hh soma, pas dendrite of 51 segments, clamp of 0.3 nA at 5 ms for 1 ms: the model of twin.py.
BallAndStick ball_and_stick();

// Tests of one ball and stick.
class BallAndStickTest : public NeuronTest {
 protected:
  void SetUp() override {
    NeuronTest::SetUp();
    model_ = ball_and_stick();
  }
  void TearDown() override {
    model_ = {};
    NeuronTest::TearDown();
  }
  BallAndStick model_;
};

}  // namespace cnv::nrn::test
