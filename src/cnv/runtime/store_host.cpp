#include "cnv/runtime/store_host.hpp"

#include "cnv/protocol/codec.hpp"

namespace cnv {

void StoreHost::emit(Update update) {
  if (auto problem = protocol::sending_problem(update); !problem.empty())
    return report({Severity::error, problem, problem});
  if (std::holds_alternative<Status>(update) || std::holds_alternative<ErrorReport>(update)) {
    on_message(update);
    return;
  }
  const bool is_scene = std::holds_alternative<SceneReady>(update);
  if (!store_.has_scene() && !is_scene) {
    before_scene_.push_back(std::move(update));
    return;
  }
  if (auto problem = store_.apply(update)) report(std::move(*problem));
  if (!is_scene || !store_.has_scene()) return;
  for (auto& waiting : std::exchange(before_scene_, {}))
    if (auto problem = store_.apply(waiting)) report(std::move(*problem));
}

void StoreHost::set_scene(Scene scene) { emit(SceneReady{std::move(scene)}); }

void StoreHost::report(Problem problem) {
  if (problem.severity == Severity::error) ++errors_;
  auto& known = problems_[problem.cause];
  if (known.count++ > 0) return;
  known.severity = problem.severity;
  known.message = problem.message;
  on_new_problem(problem);
}

}  // namespace cnv
