#include "cnv/desktop/traceback.hpp"

#include <gtest/gtest.h>

#include <QFile>
#include <QTemporaryDir>

namespace cnv::desktop {
namespace {

// The path of a file with this text; empty: it could not be written.
QString written(const QTemporaryDir& folder, const char* name, const char* text) {
  const QString path = folder.filePath(name);
  QFile file(path);
  return file.open(QIODevice::WriteOnly) && file.write(text) > 0 ? path : QString();
}

TEST(TracebackTest, a_syntax_error_has_its_line_though_it_is_in_no_function) {
  const QTemporaryDir folder;
  const QString path = written(folder, "cell.py", "soma = h.Section()\nsoma.insert('hh'\nsoma.L = 20\n");
  ASSERT_FALSE(path.isEmpty());
  const QString traceback = QStringLiteral(
                                "Traceback (most recent call last):\n"
                                "  File \"<frozen runpy>\", line 259, in _get_code_from_file\n"
                                "  File \"%1\", line 2\n    soma.insert('hh'\n               ^\n"
                                "SyntaxError: '(' was never closed\n")
                                .arg(path);
  const auto shown = failure_text("cell.py", "SyntaxError: '(' was never closed (cell.py, line 2)", traceback);
  EXPECT_EQ(shown.title, "cell.py stopped with SyntaxError");
  EXPECT_EQ(shown.place, "cell.py, line 2");
  EXPECT_EQ(shown.user_frames, 1);
  ASSERT_EQ(shown.excerpt.size(), 3u);
  EXPECT_TRUE(shown.excerpt[1].guilty);
  EXPECT_EQ(shown.excerpt[1].text, "soma.insert('hh'");
}

TEST(TracebackTest, the_users_line_comes_before_the_frames_of_libraries) {
  const QTemporaryDir folder;
  const QString path = written(
      folder, "granule_cell.py",
      "a\nb\nfor sec in dends:\n    sec.insert('pas')\n    sec.insert('nax')\n    sec.gnabar_nax = 1\nreturn soma\n");
  ASSERT_FALSE(path.isEmpty());
  const QString traceback =
      QStringLiteral(
          "Traceback (most recent call last):\n"
          "  File \"/venv/lib/python3.11/site-packages/compneurovis/session.py\", line 10, in run\n    "
          "self.setup_model()\n"
          "  File \"%1\", line 5, in setup_model\n    sec.insert('nax')\n"
          "  File \"/venv/lib/python3.11/site-packages/neuron/__init__.py\", line 99, in insert\n    raise\n"
          "ValueError: argument not a density mechanism name: nax\n")
          .arg(path);
  const auto shown = failure_text("setup_model", "ValueError: argument not a density mechanism name: nax", traceback);
  EXPECT_EQ(shown.title, "setup_model stopped with ValueError");
  EXPECT_EQ(shown.place, "granule_cell.py, line 5, in setup_model");
  EXPECT_EQ(shown.message, "argument not a density mechanism name: nax");
  EXPECT_EQ(shown.frames, 3);
  EXPECT_EQ(shown.user_frames, 1);
  ASSERT_EQ(shown.excerpt.size(), 5u);
  EXPECT_TRUE(shown.excerpt[2].guilty);
  EXPECT_EQ(shown.excerpt[2].text, "    sec.insert('nax')");
}

TEST(TracebackTest, a_failure_without_traceback_keeps_its_message) {
  const auto shown = failure_text("advance", "singular matrix", {});
  EXPECT_EQ(shown.title, "advance stopped");
  EXPECT_EQ(shown.message, "singular matrix");
  EXPECT_TRUE(shown.excerpt.empty());
  EXPECT_EQ(shown.frames, 0);
}

TEST(TracebackTest, a_source_that_cannot_be_read_leaves_the_line_of_the_traceback) {
  const auto shown =
      failure_text("advance", "ZeroDivisionError: division by zero",
                   "  File \"/nowhere/x.py\", line 3, in advance\n    1 / 0\nZeroDivisionError: division by zero");
  ASSERT_EQ(shown.excerpt.size(), 1u);
  EXPECT_EQ(shown.excerpt[0].text, "1 / 0");
}

}  // namespace
}  // namespace cnv::desktop
