// Turns rules/data/*.yaml into the constant tables of rules/tables.h, at build time.
//
//   preview_generate OUTPUT.cpp FUNCTION DATA.yaml...
#include <exception>
#include <fstream>
#include <iostream>

#include "rules/generate/data.h"

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: preview_generate OUTPUT.cpp FUNCTION DATA.yaml...\n";
    return 2;
  }
  try {
    preview::rules::generate::Data data;
    for (int i = 3; i < argc; ++i) preview::rules::generate::ReadFile(argv[i], data);
    preview::rules::generate::Resolve(data);
    std::ofstream out(argv[1], std::ios::binary | std::ios::trunc);
    out << preview::rules::generate::WriteTables(data, argv[2]);
    out.close();
    if (!out) throw std::runtime_error(std::string("cannot write ") + argv[1]);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
