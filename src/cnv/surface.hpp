// Everything an app around a height field needs: #include <cnv/surface.hpp>, link compneurovis::builders.
#pragma once

#include "cnv/builders/surface.hpp"
#include "cnv/runtime/launch.hpp"
