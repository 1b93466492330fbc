#include "cnv/protocol/message_tables.hpp"

#include <gtest/gtest.h>

#include <set>

namespace cnv {
namespace {

template <class T>
void expect_good_table() {
  std::set<std::string_view> names;
  EXPECT_FALSE(Table<T>::doc.empty()) << Table<T>::name;
  for_each_row<T>([&](const auto& r) {
    EXPECT_FALSE(r.doc.empty()) << Table<T>::name << "." << r.name;
    EXPECT_NE(r.name, "type") << "the wire uses it for the record's name";
    EXPECT_TRUE(names.insert(r.name).second) << Table<T>::name << "." << r.name << " is listed twice";
  });
}

template <class V>
void expect_good_tables() {
  std::set<std::string_view> names;
  [&]<class... Ts>(std::variant<Ts...>*) {
    (expect_good_table<Ts>(), ...);
    (names.insert(Table<Ts>::name), ...);
    EXPECT_EQ(names.size(), sizeof...(Ts)) << "names tell the alternatives apart";
  }(static_cast<V*>(nullptr));
}

TEST(MessageTables, the_documentation_of_the_run_names_every_action) {
  std::string doc;
  for_each_row<RunControl>([&](const auto& r) {
    if (r.name == "action") doc = r.doc;
  });
  for (const char* action : {"run", "pause", "step", "advance", "until", "reset", "speed", "seek", "retry"})
    EXPECT_NE(doc.find('"' + std::string(action) + '"'), std::string::npos) << action;
}

TEST(MessageTables, every_row_has_a_name_of_its_own_and_documentation) {
  expect_good_tables<Command>();
  expect_good_tables<ViewerMessage>();
  expect_good_tables<HostMessage>();
  expect_good_tables<Update>();
  expect_good_tables<ViewSpec>();
  expect_good_tables<OperatorSpec>();
  expect_good_tables<ControlValueSpec>();
  expect_good_tables<AnyGeometry>();
  expect_good_tables<std::variant<ProgressStep, Scene, Field, ControlSpec, ControlPresentationSpec, ActionSpec,
                                  PanelSpec, LayoutSpec, PieceTable>>();
}

}  // namespace
}  // namespace cnv
