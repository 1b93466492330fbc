// Where NEURON's library is. Used by Runtime::open.
#pragma once

#include <string>
#include <vector>

#include "cnv/base/findings.hpp"

namespace cnv::nrn {

// Path of the libnrniv that this process has loaded, or empty.
std::string loaded_library();

// Path of a loaded library whose canonical path is `path`; used to notice that a file is loaded already.
bool is_loaded(const std::string& path);

// Path of libnrniv. `library` (the file, or the folder that holds it) if not empty; else the environment variable
// CNV_NEURON_LIBRARY, the neuron package of the Python in $VIRTUAL_ENV, of python3 on the PATH, then the system's
// library folders. Throws NeuronError that says where it looked.
std::string find_library(const std::string& library = {});

// For --doctor: the library, and what is wrong with it.
std::vector<Finding> examine();

}  // namespace cnv::nrn
