// Link: what a Python session reaches of its host while it is attached. Bound as _core.Link.
#pragma once

#include <nanobind/nanobind.h>

#include <thread>

#include "cnv/runtime/session.hpp"

namespace cnv::python {

namespace nb = nanobind;

class Link {
 public:
  void attach(SessionLink* host);
  bool attached() const { return host_ != nullptr; }

  // Applies the update at once. False without a host or on another thread than the host's: then the caller queues it.
  // ValueError when it does not fit the field that it is for.
  bool emit(nb::handle update);
  void progress(const std::string& name, const std::string& detail);

 private:
  SessionLink* host_ = nullptr;
  std::thread::id owner_;
};

}  // namespace cnv::python
