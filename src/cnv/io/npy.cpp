#include "cnv/io/npy.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "cnv/base/numbers.hpp"

namespace cnv::io {
namespace {

std::u32string code_points(std::string_view utf8) {
  std::u32string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t point = length == 1 ? lead : lead & (0x7F >> length);
    for (std::size_t k = 1; k < length && i + k < utf8.size(); ++k)
      point = (point << 6) | (static_cast<unsigned char>(utf8[i + k]) & 0x3F);
    out.push_back(point);
    i += length;
  }
  return out;
}

std::string descriptor(const Array& array, std::size_t text_width) {
  switch (array.dtype()) {
    case DType::boolean: return "|b1";
    case DType::i8: return "|i1";
    case DType::u8: return "|u1";
    case DType::string: return "<U" + plain_text(text_width);
    default: break;
  }
  const char kind = is_float(array.dtype()) ? 'f' : array.dtype() >= DType::u8 ? 'u' : 'i';
  return std::string("<") + kind + plain_text(item_size(array.dtype()));
}

}  // namespace

std::string npy_bytes(const Array& given) {
  const Array array = given.row_major();
  std::vector<std::u32string> texts;
  std::size_t width = 1;
  if (array.is_string())
    for (std::int64_t i = 0; i < array.size(); ++i) {
      texts.push_back(code_points(array.string_at(i)));
      width = std::max(width, texts.back().size());
    }
  std::string header = "{'descr': '" + descriptor(array, width) +
                       "', 'fortran_order': False, 'shape': " + (array.ndim() == 0 ? "()" : shape_text(array.shape())) +
                       ", }";
  const bool wide = header.size() + 64 > 65535;
  const std::size_t prefix = wide ? 12 : 10;
  header.append((64 - (prefix + header.size() + 1) % 64) % 64, ' ');
  header += '\n';
  std::string out("\x93NUMPY", 6);
  out += wide ? '\2' : '\1';
  out += '\0';
  for (std::size_t i = 0; i < (wide ? 4u : 2u); ++i) out += static_cast<char>(header.size() >> (8 * i));
  out += header;
  if (!array.is_string()) {
    out.append(static_cast<const char*>(array.data()), array.nbytes());
    return out;
  }
  for (auto& text : texts) {
    text.resize(width, U'\0');
    out.append(reinterpret_cast<const char*>(text.data()), text.size() * sizeof(char32_t));
  }
  return out;
}

Result<void> write_npy(const std::filesystem::path& path, const Array& array) {
  std::ofstream file(path, std::ios::binary);
  const std::string bytes = npy_bytes(array);
  if (!file.write(bytes.data(), static_cast<std::streamsize>(bytes.size())) || !file.flush())
    return Error{"cannot write " + path.string() + ": " + std::strerror(errno)};
  return {};
}

}  // namespace cnv::io
