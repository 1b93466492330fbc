// Everything an app with a session of its own needs: #include <cnv/session.hpp>, link compneurovis::builders.
#pragma once

#include "cnv/builders/apps.hpp"
#include "cnv/runtime/launch.hpp"
#include "cnv/runtime/pipe_transport.hpp"
#include "cnv/runtime/sampled_session.hpp"
