#include <unordered_map>

#include "cnv/backends/neuron/swc.hpp"
#include "cnv/base/exceptions.hpp"
#include "cnv/base/numbers.hpp"
#include "cnv/io/swc.hpp"

namespace cnv::nrn {
namespace {

class SwcCheck {
 public:
  explicit SwcCheck(const std::string& path) : path_(path) {}

  std::vector<io::SwcNode> run() {
    auto nodes = io::read_swc(path_);
    if (!nodes) throw ValueError(nodes.error());
    if (nodes->empty()) throw ValueError(path_ + ": holds no points");
    for (const io::SwcNode& node : *nodes) check(node);
    return std::move(*nodes);
  }

 private:
  [[noreturn]] void fail(const std::string& what) const { throw ValueError(io::swc_error(path_, line_, what).message); }

  void check(const io::SwcNode& node) {
    line_ = node.line;
    const std::string id = plain_text(node.id), parent = plain_text(node.parent);
    if (node.radius < 0) fail("the radius is negative");
    if (node.id < 0) fail("id " + id + " is negative");
    if (const auto known = line_of_id_.find(node.id); known != line_of_id_.end()) {
      fail("id " + id + " is used already on line " + plain_text(known->second));
    }
    if (node.id < last_id_) {
      fail("id " + id + " follows " + plain_text(last_id_) + "; ids must ascend; load_swc_multi reads any order");
    }
    if (node.parent >= node.id) fail("parent " + parent + " of point " + id + " does not come before it");
    if (node.parent >= 0 && !line_of_id_.contains(node.parent)) fail("parent " + parent + " does not exist");
    if (node.parent < 0) check_root();
    line_of_id_.emplace(node.id, line_);
    last_id_ = node.id;
  }

  void check_root() {
    if (root_line_ != 0) {
      fail("starts a second tree (the first starts on line " + plain_text(root_line_) +
           "); this reads files with one tree; load_swc_multi reads several");
    }
    root_line_ = line_;
  }

  const std::string& path_;
  int line_ = 0;
  int root_line_ = 0;
  std::int64_t last_id_ = -1;
  std::unordered_map<std::int64_t, int> line_of_id_;
};

}  // namespace

std::vector<io::SwcNode> read_checked_swc(const std::string& path) { return SwcCheck(path).run(); }

}  // namespace cnv::nrn
