#include "link.hpp"

#include "convert.hpp"

namespace cnv::python {

void Link::attach(SessionLink* host) {
  host_ = host;
  owner_ = std::this_thread::get_id();
}

bool Link::emit(nb::handle update) {
  if (!host_ || std::this_thread::get_id() != owner_) return false;
  auto given = from_python<Update>(update);
  const bool is_for_field = std::holds_alternative<FieldReplace>(given) || std::holds_alternative<FieldAppend>(given);
  auto unfit = host_->offer(std::move(given));
  if (!unfit) return true;
  // What does not fit a field that exists is told at the line that emitted it; a host would only report it later.
  if (is_for_field && unfit->severity == Severity::error) throw ValueError(unfit->message);
  host_->report(std::move(*unfit));
  return true;
}

void Link::progress(const std::string& name, const std::string& detail) {
  if (host_ && std::this_thread::get_id() == owner_) host_->progress(name, detail);
}

}  // namespace cnv::python
