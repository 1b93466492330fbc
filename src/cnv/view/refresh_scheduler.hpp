// RefreshScheduler: decides which views are painted now and when to look again; one for all kinds of views. Time is
// given by the caller (seconds of any clock that never goes back), so nothing waits here. GUI thread only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cnv/core/ordered_map.hpp"

namespace cnv {

enum class DirtyReason : std::uint8_t {
  data,   // the model sent something: the view's cap holds
  user,   // the user did something here: only the default cap and the load limit hold
  scene,  // new scene, layout or size: painted at once
};

class RefreshScheduler {
 public:
  // Views without a cap of their own: the display's rate on a GPU, 30 on software GL.
  static constexpr double usual_cap_hz = 60;  // where pictures are cheap
  explicit RefreshScheduler(double default_cap_hz = usual_cap_hz) : default_cap_hz_(default_cap_hz) {}
  void set_default_cap_hz(double hz) { default_cap_hz_ = hz; }

  // Contract of `max_refresh_hz`: none: default cap; positive: that cap; <= 0: one paint per mark, without limits.
  void set_view(std::string_view view_id, std::optional<double> max_refresh_hz);
  // Views that are not in the list are forgotten.
  void keep_only(const std::vector<std::string>& view_ids);
  // A hidden view stays dirty and is painted when it is shown again.
  void set_visible(std::string_view view_id, bool visible);

  // Unknown views are ignored.
  void mark_dirty(std::string_view view_id, DirtyReason reason, double now_s);
  // The view was painted with all that was known at start_s; marks made later stay.
  void painted(std::string_view view_id, double start_s, double duration_s);

  struct Due {
    std::vector<std::string> view_ids;  // to paint now, the one not painted for longest first
    std::optional<double> wake_s;       // when the next dirty view becomes due; none: nothing waits
  };
  Due due(double now_s) const;
  // All dirty views without caps and limits, also hidden ones: for a final picture.
  std::vector<std::string> all_dirty() const;
  bool is_dirty(std::string_view view_id) const;

  // How long there is no use for more data: until all visible views that were marked since `since_s` may be painted
  // again, so that one batch serves all of them. A slow view does not hold up the others for long, and hidden ones ask
  // for a little only.
  double rest_s(double since_s, double now_s) const;

  // A paint that took longer than this starts again so many times its duration later at the earliest.
  static constexpr double slow_paint_s = 0.008;
  static constexpr double rest_factor = 1.6;
  // A batch is asked for this much before its paint: the model sends between two of its steps.
  static constexpr double lead_s = 0.006;
  static constexpr double longest_rest_s = 0.05;  // for a view that could be painted sooner
  static constexpr double hidden_rest_s = 0.25;   // where nothing that changes is in sight

 private:
  struct Entry {
    std::optional<double> max_refresh_hz;
    bool visible = true;
    bool dirty = false;
    DirtyReason reason = DirtyReason::data;
    double marked_s = 0;
    std::optional<double> painted_s;  // start of the last paint
    double duration_s = 0;
  };
  double due_at(const Entry& entry) const;
  double interval_s(const Entry& entry) const;
  std::vector<std::string> oldest_first(std::vector<const OrderedMap<Entry>::Entry*> entries) const;

  double default_cap_hz_;
  OrderedMap<Entry> views_;
};

}  // namespace cnv
