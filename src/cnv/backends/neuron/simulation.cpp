#include "cnv/backends/neuron/simulation.hpp"

#include <cmath>
#include <filesystem>
#include <system_error>

#include "cnv/backends/neuron/call.hpp"
#include "cnv/backends/neuron/library.hpp"
#include "cnv/backends/neuron/mechanisms.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv::nrn {
namespace fs = std::filesystem;
namespace {

// The address is asked for at each use: that of t changes with the number of threads.
double& global(raw::Symbol* symbol) { return *api().symbol_dataptr(symbol); }

raw::Symbol* t_symbol() {
  static raw::Symbol* const symbol = required_symbol("t");
  return symbol;
}
raw::Symbol* dt_symbol() {
  static raw::Symbol* const symbol = required_symbol("dt");
  return symbol;
}
raw::Symbol* celsius_symbol() {
  static raw::Symbol* const symbol = required_symbol("celsius");
  return symbol;
}

std::string mechanism_library(const std::string& path) {
  std::error_code ignored;
  if (fs::is_regular_file(path, ignored)) return path;
  for (const char* inside : {"libnrnmech.so", "x86_64/libnrnmech.so", "aarch64/libnrnmech.so", "arm64/libnrnmech.so",
                             "x86_64/.libs/libnrnmech.so"}) {
    const fs::path candidate = fs::path(path) / inside;
    if (fs::is_regular_file(candidate, ignored)) return candidate.string();
  }
  throw NeuronError("There is no mechanism library at " + path + ". Compile the .mod files with: nrnivmodl " + path);
}

}  // namespace

double time_ms() { return global(t_symbol()); }
double dt_ms() { return global(dt_symbol()); }

void set_dt_ms(double dt) {
  if (!std::isfinite(dt) || dt <= 0) throw NeuronError("dt must be above 0 ms, not " + plain_text(dt));
  global(dt_symbol()) = dt;
}

std::optional<double> v_init_mV() {
  raw::Symbol* const symbol = api().symbol("v_init");
  if (!symbol) return std::nullopt;
  const double* const value = api().symbol_dataptr(symbol);
  return value ? std::optional(*value) : std::nullopt;
}

double celsius() { return global(celsius_symbol()); }

void set_celsius(double temperature) {
  if (!std::isfinite(temperature)) throw NeuronError("celsius must be finite");
  global(celsius_symbol()) = temperature;
}

void finitialize(double v_mV) {
  if (!std::isfinite(v_mV)) throw NeuronError("The initial potential must be finite");
  call_fast(required_symbol("finitialize"), "finitialize", {v_mV});
}

void fadvance() {
  static raw::Symbol* const step = required_symbol("fadvance");
  call_fast(step, "fadvance");
}

void set_thread_count(int count) { ObjectRef::create("ParallelContext").call("nthread", {static_cast<double>(count)}); }

void load_file(const std::string& path) {
  static raw::Symbol* const load = required_symbol("load_file");
  const ClassicNumbers as_in_c;  // hoc reads its numbers with sscanf
  OutputCapture capture;
  if (call_function(load, "load_file", {path}) == 0) {
    throw NeuronError("load_file: " + capture.take_error("cannot load " + path));
  }
}

bool load_mechanisms(const std::string& path) {
  const std::string library = mechanism_library(path);
  if (is_loaded(library)) return false;
  OutputCapture capture;
  if (call_function("nrn_load_dll", {fs::absolute(library).string()}) == 0) {
    throw NeuronError("Mechanisms at " + library + " cannot be loaded: " + capture.take_error("NEURON gave no reason"));
  }
  MechanismCatalogue::forget();
  return true;
}

}  // namespace cnv::nrn
