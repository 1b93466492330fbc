// Writes the corpus into the folder given. Run it only after a deliberate change of the format; the difference shows
// what other implementations must follow.
#include <fstream>
#include <iostream>

#include "conformance/samples.hpp"
#include "protocol/delivered.hpp"

int main(int argc, char** argv) {
  using namespace cnv::test;
  if (argc != 2) {
    std::cerr << "usage: cnv_make_corpus FOLDER\n";
    return 2;
  }
  const std::string folder = std::string(argv[1]) + "/";
  for (const auto& sample : samples()) {
    const auto bytes = payload_of(sample);
    const Delivered d = delivered(bytes);
    const auto json = json_of(sample, d.bytes(), d.data);
    if (!json) {
      std::cerr << sample.name << ": " << json.error() << "\n";
      return 1;
    }
    std::ofstream(folder + sample.name + ".bin", std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    std::ofstream(folder + sample.name + ".json", std::ios::binary) << *json;
  }
}
