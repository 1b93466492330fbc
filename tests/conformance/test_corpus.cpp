// The corpus is the format: these bytes mean these messages, and these messages give these bytes.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "conformance/message_reference.hpp"
#include "conformance/samples.hpp"
#include "protocol/delivered.hpp"

namespace cnv::test {
namespace {

const std::filesystem::path corpus = std::filesystem::path(CNV_SOURCE_DIR) / "tests/conformance/corpus";

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Corpus, decoding_the_bytes_gives_the_json) {
  for (const auto& sample : samples()) {
    const std::string bytes = content(corpus / (sample.name + ".bin"));
    const Delivered d = delivered(std::as_bytes(std::span(bytes)));
    const auto json = json_of(sample, d.bytes(), d.data);
    ASSERT_TRUE(json) << sample.name << ": " << json.error();
    EXPECT_EQ(*json, content(corpus / (sample.name + ".json"))) << sample.name;
  }
}

TEST(Corpus, encoding_the_messages_gives_the_bytes) {
  for (const auto& sample : samples()) {
    const auto bytes = payload_of(sample);
    const std::string expected = content(corpus / (sample.name + ".bin"));
    EXPECT_TRUE(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()) == expected) << sample.name;
  }
}

TEST(Corpus, has_two_files_for_each_message_type_and_no_others) {
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(corpus)) ++files;
  EXPECT_EQ(files, 2 * samples().size());
  EXPECT_EQ(samples().size(), std::variant_size_v<Command> + std::variant_size_v<ViewerMessage> +
                                  std::variant_size_v<HostMessage> + std::variant_size_v<Update>);
}

TEST(Reference, is_what_the_tables_give) {
  EXPECT_EQ(content(std::filesystem::path(CNV_SOURCE_DIR) / "docs/reference/messages.md"), message_reference())
      << "run cnv_make_reference docs/reference/messages.md";
}

}  // namespace
}  // namespace cnv::test
