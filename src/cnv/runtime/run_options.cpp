#include "cnv/runtime/run_options.hpp"

#include <CLI/CLI.hpp>
#include <cmath>

#include "cnv/base/figure_size.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv {
namespace {

// One description of the options, used for reading and for help.
struct Reader {
  CLI::App app{"CompNeuroVis"};
  RunOptions options;
  std::string speed;

  explicit Reader(bool stop_at_first_positional) {
    app.set_help_flag();
    app.add_flag("--headless", options.headless, "no window and no display; pictures are drawn in memory");
    app.add_option("--speed", speed,
                   "ms of model time per second, or \"max\" (default: 20 with a window, max without)");
    app.add_option("--until-ms", options.until_ms, "stop at this model time")->check(CLI::NonNegativeNumber);
    app.add_option("--wall", options.wall_s, "stop after this many seconds")->check(CLI::NonNegativeNumber);
    app.add_option("--screenshot", options.screenshot, "at the end: picture of the whole window (.png)");
    app.add_option("--report", options.report, "at the end: figures of the run (.json)");
    app.add_option("--dump", options.dump,
                   "at the end: each field of the viewer as .npy, scene.json, and each plot as .svg, .pdf and .csv, in "
                   "this folder");
    app.add_option("--figure", options.figure,
                   "size of the pictures in the dump: width x height on paper, text, resolution, as "
                   "85x60mm,8pt,600dpi; cells and surfaces, and .png of plots, are then written too")
        ->check([](const std::string& text) {
          const auto size = parse_figure_size(text);
          return size ? std::string() : size.error();
        });
    app.add_option("--theme", options.theme, "light, dark or system")
        ->check(CLI::IsMember({"light", "dark", "system"}));
    app.add_option("--viewer", options.viewer, "path of the viewer executable");
    app.add_flag("--doctor", options.doctor,
                 "says what a run finds on this machine, and what is wrong, instead of running");
    app.add_option("--viewers", options.viewers,
                   "so many windows onto the one model (default: 1); files of the second are named name-2")
        ->check(CLI::Range(1, 16));
    if (stop_at_first_positional) app.prefix_command();
    else app.allow_extras();
  }
};

}  // namespace

Result<RunOptions> parse_run_options(std::span<const std::string> args, bool stop_at_first_positional) {
  Reader reader(stop_at_first_positional);
  const ClassicNumbers as_in_c;  // CLI11 reads numbers with strtod
  try {
    reader.app.parse(std::vector<std::string>(args.rbegin(), args.rend()));
    if (reader.speed == "max") reader.options.speed = 0;
    else if (!reader.speed.empty()) {
      const auto speed = number_from(reader.speed);
      if (!speed || !(*speed > 0) || !std::isfinite(*speed))
        return Error{"--speed: expected a positive number (ms of model time per second) or max, got '" + reader.speed +
                     "'"};
      reader.options.speed = speed;
    }
    reader.options.rest = reader.app.remaining();
    return std::move(reader.options);
  } catch (const CLI::ParseError& e) {
    return Error{e.what()};
  }
}

std::string run_options_help() {
  Reader reader(false);
  std::string text = reader.app.help();
  const auto at = text.find("Options:");
  return at == std::string::npos ? text : text.substr(at);
}

}  // namespace cnv
