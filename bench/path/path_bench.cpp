// Steps per second of a NEURON model with the viewer attached, against a loop of fadvance() on the same model in the
// same process. Prints one JSON object per round.
//   path_bench <model> <rounds> <seconds> [viewer|window|none]
#include <cnv/neuron.hpp>

#include <sys/resource.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

#include "bare.hpp"

namespace {

using cnv::bench::bare_steps_per_s;
using cnv::bench::model;
using cnv::bench::now_s;
using cnv::bench::PathSession;

double cpu_s(int who) {
  rusage usage{};
  getrusage(who, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

double peak_mib(int who) {
  rusage usage{};
  getrusage(who, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

double hosted_without_viewer(double seconds) {
  cnv::SteadyClock clock;
  cnv::HostSettings settings;
  settings.windowless = true;
  settings.wall_s = seconds;
  cnv::HostLoop loop(cnv::make_session<PathSession>(), settings, clock);
  loop.tick();
  const double start = now_s();
  loop.run();
  return static_cast<double>(loop.steps()) / (now_s() - start);
}

std::string hosted_with_viewer(double seconds, bool headless, const std::string& report) {
  cnv::RunOptions options;
  options.headless = headless;
  options.speed = 0;
  options.wall_s = seconds;
  options.report = report;
  std::remove(report.c_str());
  cnv::run_app(cnv::build_neuron_app<PathSession>(), options, "path_bench");
  std::stringstream text;
  text << std::ifstream(report).rdbuf();
  return text.str();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return std::fprintf(stderr, "path_bench <model> <rounds> <seconds> [viewer|window|none]\n"), 2;
  const std::string name = argv[1], mode = argc > 4 ? argv[4] : "viewer";
  const int rounds = std::stoi(argv[2]);
  const double seconds = std::stod(argv[3]);
  model = cnv::bench::build_model(name, EXAMPLE_DATA_DIR);
  (void)bare_steps_per_s(0.2);
  for (int round = 0; round < rounds; ++round) {
    const double bare = bare_steps_per_s(seconds);
    if (mode == "none") {
      const double hosted = hosted_without_viewer(seconds);
      std::printf("{\"model\": \"%s\", \"bare\": %.3f, \"hosted\": %.3f, \"ratio\": %.4f}\n", name.c_str(), bare,
                  hosted, hosted / bare);
    } else {
      const double cpu = cpu_s(RUSAGE_SELF), viewer_cpu = cpu_s(RUSAGE_CHILDREN);
      const std::string report = hosted_with_viewer(seconds, mode != "window", "path_report.json");
      std::printf(
          "{\"model\": \"%s\", \"bare\": %.3f, \"cpu_s\": %.3f, \"viewer_cpu_s\": %.3f, \"peak_mib\": %.1f, "
          "\"viewer_peak_mib\": %.1f, \"report\": %s}\n",
          name.c_str(), bare, cpu_s(RUSAGE_SELF) - cpu, cpu_s(RUSAGE_CHILDREN) - viewer_cpu, peak_mib(RUSAGE_SELF),
          peak_mib(RUSAGE_CHILDREN), report.empty() ? "null" : report.c_str());
    }
    std::fflush(stdout);
  }
  return 0;
}
