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
  const SceneStore& store = host_->store();
  // What does not fit a field that exists is told at the line that emitted it; a host would only report it later.
  const auto refuse_misfit = [&](const auto& u) {
    if constexpr (requires { store.problem_of(u); })
      if (const auto problem = store.problem_of(u); problem && problem->severity == Severity::error)
        throw ValueError(problem->message);
  };
  if (store.has_scene()) std::visit(refuse_misfit, given);
  host_->emit(std::move(given));
  return true;
}

void Link::progress(const std::string& name, const std::string& detail) {
  if (host_ && std::this_thread::get_id() == owner_) host_->progress(name, detail);
}

}  // namespace cnv::python
