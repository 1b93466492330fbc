// When a save is over: the disk and the time are the test's own.
#include "cnv/desktop/saved_files.hpp"

#include <gtest/gtest.h>

#include "cnv/base/clock.hpp"

namespace cnv::desktop {
namespace {

struct SavedFilesTest : testing::Test {
  std::map<std::string, FileStamp> disk{{"cell.py", {true, 100, 1, 7}}, {"channels.py", {true, 50, 1, 8}}};
  ManualClock clock;
  SavedFiles files{[this](const std::string& path) { return disk[path]; }};

  SavedFilesTest() { files.set({"cell.py", "channels.py"}); }
  void write(const std::string& path, std::int64_t size) {
    auto& file = disk[path];
    file = {true, size, file.changed_ns + 1, file.inode};
  }
  std::string after(double seconds) {
    clock.advance(seconds);
    return files.check(clock.now_s()).value_or("");
  }
};

TEST_F(SavedFilesTest, a_save_is_told_once_when_it_is_over) {
  EXPECT_EQ(after(1), "");
  EXPECT_FALSE(files.due_s());
  write("cell.py", 101);
  EXPECT_EQ(after(0), "");
  EXPECT_DOUBLE_EQ(*files.due_s(), clock.now_s() + SavedFiles::quiet_s);
  EXPECT_EQ(after(0.2), "");
  EXPECT_EQ(after(0.1), "cell.py");
  EXPECT_FALSE(files.due_s());
  EXPECT_EQ(after(10), "");
}

TEST_F(SavedFilesTest, a_file_that_is_written_in_pieces_is_saved_with_the_last_one) {
  for (int piece = 1; piece <= 20; ++piece) {
    write("cell.py", 10 * piece);
    EXPECT_EQ(after(0.1), "") << piece;
  }
  EXPECT_EQ(after(0.25), "cell.py");
}

TEST_F(SavedFilesTest, a_change_that_nobody_told_of_counts_from_when_it_is_seen) {
  write("cell.py", 90);
  EXPECT_EQ(after(0), "");
  write("cell.py", 91);  // unheard; the time is over and it is looked at
  EXPECT_EQ(after(0.3), "");
  EXPECT_EQ(after(0.3), "cell.py");
}

TEST_F(SavedFilesTest, another_file_under_the_name_is_a_save) {
  disk["channels.py"] = {true, 50, 1, 99};  // the same size and time
  (void)after(0);
  EXPECT_EQ(after(0.3), "channels.py");
}

TEST_F(SavedFilesTest, a_file_that_is_gone_was_not_saved_until_it_is_back) {
  disk["cell.py"] = {};
  EXPECT_EQ(after(0), "");
  EXPECT_EQ(after(0.3), "");
  EXPECT_EQ(after(5), "");
  write("channels.py", 51);
  (void)after(0);
  EXPECT_EQ(after(0.3), "channels.py") << "the others can be saved meanwhile";
  disk["cell.py"] = {true, 100, 1, 7};
  EXPECT_EQ(after(0), "");
  EXPECT_EQ(after(0.3), "cell.py");
}

TEST_F(SavedFilesTest, several_files_that_are_saved_together_are_one_save) {
  write("channels.py", 51);
  (void)after(0.1);
  write("cell.py", 101);
  (void)after(0.1);
  EXPECT_EQ(after(0.3), "channels.py");
  EXPECT_EQ(after(1), "");
}

TEST_F(SavedFilesTest, what_was_saved_since_the_program_read_it_is_a_save_too) {
  files.was("cell.py", disk["cell.py"]);
  EXPECT_EQ(after(0), "");
  EXPECT_FALSE(files.due_s());
  files.was("cell.py", {true, 90, 0, 7});
  EXPECT_EQ(after(0), "");
  EXPECT_EQ(after(0.3), "cell.py");
}

TEST_F(SavedFilesTest, a_new_list_keeps_what_is_known_of_its_files) {
  write("cell.py", 101);
  files.set({"cell.py", "synapses.py"});
  (void)after(0);
  EXPECT_EQ(after(0.3), "cell.py");
  write("channels.py", 51);
  (void)after(0);
  EXPECT_EQ(after(0.3), "") << "it is not watched any more";
}

}  // namespace
}  // namespace cnv::desktop
