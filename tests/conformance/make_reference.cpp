// Writes the reference page of messages and specs to the file given.
#include <fstream>
#include <iostream>

#include "conformance/message_reference.hpp"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: cnv_make_reference FILE\n";
    return 2;
  }
  std::ofstream(argv[1], std::ios::binary) << cnv::test::message_reference();
}
