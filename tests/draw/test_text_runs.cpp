// Symbols in labels, as people write them in TeX.
#include "cnv/draw/text_runs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cnv/draw/plot_picture.hpp"

namespace cnv {
namespace {

using ::testing::ElementsAre;

TextRun plain(std::string text) { return {std::move(text), 0}; }
TextRun low(std::string text) { return {std::move(text), -1}; }
TextRun high(std::string text) { return {std::move(text), 1}; }

TEST(TextRuns, groups_and_single_letters_are_lowered_and_raised) {
  EXPECT_THAT(text_runs("$I_{Na}$"), ElementsAre(plain("I"), low("Na")));
  EXPECT_THAT(text_runs("$g_K^4$ (S)"), ElementsAre(plain("g"), low("K"), high("4"), plain(" (S)")));
  EXPECT_THAT(text_runs("[Ca$^{2+}$]$_i$"), ElementsAre(plain("[Ca"), high("2+"), plain("]"), low("i")));
  EXPECT_THAT(text_runs("cm$^{-2}$"), ElementsAre(plain("cm"), high("−2")));
}

TEST(TextRuns, greek_letters_signs_and_looks_are_read_by_name) {
  EXPECT_THAT(text_runs("$\\tau_m$"), ElementsAre(plain("τ"), low("m")));
  EXPECT_THAT(text_runs("$\\Delta V$"), ElementsAre(plain("ΔV")));
  EXPECT_THAT(text_runs("$g_\\mathrm{max}$"), ElementsAre(plain("g"), low("max")));
  EXPECT_THAT(text_runs("$E_{\\text{rev}} \\cdot 2$"), ElementsAre(plain("E"), low("rev"), plain(" ·2")));
  EXPECT_THAT(text_runs("$\\unknown$"), ElementsAre(plain("unknown")));
}

TEST(TextRuns, texts_without_symbols_and_broken_ones_stay_readable) {
  EXPECT_THAT(text_runs("dend[3](0.5)"), ElementsAre(plain("dend[3](0.5)")));
  EXPECT_THAT(text_runs("5 $ a piece"), ElementsAre(plain("5 $ a piece")));
  EXPECT_THAT(text_runs("\\$5 and \\$6"), ElementsAre(plain("$5 and $6")));
  EXPECT_THAT(text_runs("$I_{Na$"), ElementsAre(plain("I"), low("Na")));
  EXPECT_THAT(text_runs("$x_$"), ElementsAre(plain("x")));
  EXPECT_THAT(text_runs("$$"), ElementsAre());
  EXPECT_THAT(text_runs(""), ElementsAre());
  EXPECT_FALSE(has_symbols("I_Na"));
}

TEST(TextRuns, a_symbol_is_narrower_than_how_it_is_written) {
  const EstimatedMetrics metrics;
  EXPECT_LT(metrics.text_width("$I_{Na}$", 12, 400), metrics.text_width("INa", 12, 400));
  EXPECT_GT(metrics.text_width("$I_{Na}$", 12, 400), metrics.text_width("I", 12, 400));
  EXPECT_GT(metrics.text_width("5 $", 12, 400), 0);
}

}  // namespace
}  // namespace cnv
