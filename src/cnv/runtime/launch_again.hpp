// Starting this program anew in the windows that it has: how it was started, the windows that a process of it left to
// this one, and the start itself. Used by launch on its thread; a viewer may force the start at any moment by a signal.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cnv/protocol/host_messages.hpp"
#include "cnv/transport/pipe/handover.hpp"

namespace cnv {

// The start of this process, with environment and working directory as they were when the library was loaded: the
// executable `program` (a path; empty: that of this process) with these arguments. `files`: what is read from the disk
// by a start, for those who watch it; `stamps`: the numbers of file_stamp() of each, from when it was read.
Restart started_with(std::string program, std::span<const std::string> arguments, std::vector<std::string> files,
                     std::vector<std::int64_t> stamps);
// For main(): the file of the executable, which a build replaces, is what a start reads.
Restart started_with(int argc, char** argv);
// Why a start would fail now; empty: nothing is in its way.
std::string restart_problem(const Restart& restart);

// The windows that this process was left; those of later calls are none.
std::vector<transport::Handed> take_handed();
bool has_handed_windows();
// From now on start_again(), and a viewer by the signal, start the program anew and leave it these windows. What a
// program that uses the signal itself does with it stays: then no viewer can force the start.
void arm_restart(const Restart& restart, const std::vector<transport::Handed>& windows);
void disarm_restart();

// Starts the program anew in this process; returns only when that fails, with the reason.
std::string start_again();
// The same when the process ends, after all that is done then.
void start_again_at_exit();

}  // namespace cnv
