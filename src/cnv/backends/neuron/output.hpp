// Collects what NEURON prints while a call runs, so that the text of an error reaches the exception. Used by call.cpp.
// The owner thread of NEURON only.
#pragma once

#include <string>

namespace cnv::nrn {

class OutputCapture {
 public:
  // `quiet` also keeps what NEURON prints to standard output, here and in captures inside this one.
  explicit OutputCapture(bool quiet = false);
  // Prints collected error text, unless take_error was called: it was a warning then.
  ~OutputCapture();
  OutputCapture(const OutputCapture&) = delete;
  OutputCapture& operator=(const OutputCapture&) = delete;

  // The reason of a failed call, made from what was printed; `fallback` if nothing useful was.
  std::string take_error(const std::string& fallback);
  const std::string& printed() const { return out_; }

 private:
  static int receive(int channel, char* text);
  void forward(int channel, std::string text) const;

  OutputCapture* outer_;
  bool quiet_;
  std::string out_;
  std::string err_;
};

// The lines of the error text that say something, without source echoes and the caret line.
std::string readable_error(const std::string& printed);

}  // namespace cnv::nrn
