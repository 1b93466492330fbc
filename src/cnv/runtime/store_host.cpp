#include "cnv/runtime/store_host.hpp"

#include "cnv/protocol/codec.hpp"

namespace cnv {

std::optional<Problem> StoreHost::offer(Update update) {
  if (auto problem = protocol::sending_problem(update); !problem.empty()) {
    report({Severity::error, problem, problem});
    return {};
  }
  if (std::holds_alternative<Status>(update) || std::holds_alternative<ErrorReport>(update)) {
    on_message(update);
    return {};
  }
  const bool is_scene = std::holds_alternative<SceneReady>(update);
  if (!store_.has_scene() && !is_scene) {
    before_scene_.push_back(std::move(update));
    return {};
  }
  auto unfit = store_.apply(update);
  if (!is_scene || !store_.has_scene()) return unfit;
  // What waited for the scene comes after what the scene itself has to say.
  if (unfit) report(std::move(*std::exchange(unfit, {})));
  for (auto& waiting : std::exchange(before_scene_, {}))
    if (auto problem = store_.apply(waiting)) report(std::move(*problem));
  return {};
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
