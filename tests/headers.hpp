// Read once for all tests (precompiled). Each test still includes what it uses.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <ranges>
#include <set>
#include <span>
#include <sstream>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "cnv/core/record.hpp"
#include "cnv/core/scene_store.hpp"
#include "cnv/protocol/commands.hpp"
#include "cnv/protocol/host_messages.hpp"
