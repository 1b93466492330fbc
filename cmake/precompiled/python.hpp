// Read once for all files of the extension (precompiled). Each file still includes what it uses.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/function.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include "cnv/runtime/host_loop.hpp"
#include "cnv/runtime/sampled_session.hpp"
#include "model.hpp"
