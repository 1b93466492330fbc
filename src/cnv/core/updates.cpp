#include "cnv/core/updates.hpp"

#include "cnv/core/one_of_members.hpp"

namespace cnv {

template class OneOf<SceneReady, FieldReplace, FieldAppend, ScenePatch, StatePatch, PanelPatch, LayoutReplace, Status,
                     ErrorReport>;

}  // namespace cnv
