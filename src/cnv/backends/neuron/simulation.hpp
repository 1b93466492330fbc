// Time, step and global settings of the one NEURON simulation of this process, and loading of hoc and mechanism files.
// The owner thread of NEURON only. All throw NeuronError.
#pragma once

#include <optional>
#include <string>

namespace cnv::nrn {

// Time and step of the simulation.
double time_ms();
double dt_ms();
void set_dt_ms(double dt);  // > 0
// What NEURON starts with.
inline constexpr double default_dt_ms = 0.025, default_v_init_mV = -65;
// hoc's v_init; none where no standard run library is loaded, which brings it.
std::optional<double> v_init_mV();
// Temperature of the whole model, °C.
double celsius();
void set_celsius(double temperature);

// Initialises all states, the potential to `v_mV`; time becomes 0.
void finitialize(double v_mV);
// One step. Does not allocate.
void fadvance();

// Number of threads that NEURON steps with; cells are shared out between them. finitialize must come before the next
// step: NEURON's events still belong to the former threads.
void set_thread_count(int count);

// Runs hoc statements.
void run_hoc(const std::string& statements);
// Loads a hoc file, found as NEURON does: the current folder, then its own library. Once per file.
void load_file(const std::string& path);
// Loads mechanisms compiled by nrnivmodl: the library, or the folder in which nrnivmodl ran. False when that library is
// loaded already.
bool load_mechanisms(const std::string& path);

}  // namespace cnv::nrn
