#include "link.hpp"

#include "convert.hpp"

namespace cnv::python {

void Link::attach(SessionLink* host) {
  host_ = host;
  owner_ = std::this_thread::get_id();
}

bool Link::emit(nb::handle update) {
  if (!host_ || std::this_thread::get_id() != owner_) return false;
  host_->emit(from_python<Update>(update));
  return true;
}

void Link::progress(const std::string& name, const std::string& detail) {
  if (host_ && std::this_thread::get_id() == owner_) host_->progress(name, detail);
}

}  // namespace cnv::python
