#include "cnv/protocol/codec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "cnv/base/exceptions.hpp"
#include "cnv/core/stored_field.hpp"
#include "conformance/value_json.hpp"
#include "protocol/delivered.hpp"
#include "protocol/random_records.hpp"

namespace cnv::test {
namespace {

using testing::HasSubstr;

// Geometries are compared by what they hold, so both sides are compared as Values.
template <class M>
void expect_round_trip(const M& message) {
  const Delivered d = delivered(protocol::encode(message));
  const auto decoded = decode(d, M());
  ASSERT_TRUE(decoded) << decoded.error();
  EXPECT_EQ(to_value(*decoded), to_value(message));
}

template <class V>
class EveryMessage : public testing::Test {};
using Variants = testing::Types<HostMessage, ViewerMessage, Command>;
TYPED_TEST_SUITE(EveryMessage, Variants);

TYPED_TEST(EveryMessage, comes_back_as_it_was_with_default_properties) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (expect_round_trip(TypeParam(std::in_place_index<I>)), ...);
  }(std::make_index_sequence<std::variant_size_v<TypeParam>>());
}

TYPED_TEST(EveryMessage, comes_back_as_it_was_with_random_properties) {
  Random random(1);
  for (int i = 0; i < 400; ++i) {
    TypeParam message;
    fill(random, message);
    expect_round_trip(message);
  }
}

template <class T>
void expect_update_round_trips(Random& random) {
  T update;
  fill(random, update);
  expect_round_trip(std::vector<Update>{update});
}

TEST(Codec, every_update_comes_back_with_random_properties) {
  Random random(2);
  for (int i = 0; i < 150; ++i)
    [&]<class... Ts>(std::variant<Ts...>*) {
      (expect_update_round_trips<Ts>(random), ...);
    }(static_cast<Update*>(nullptr));
}

TEST(Codec, every_spec_comes_back_with_random_properties) {
  Random random(3);
  const auto check = [&]<class T>(OrderedMap<T> Scene::* member, T item) {
    Scene scene;
    fill(random, item);
    (scene.*member).set("id", std::move(item));
    expect_round_trip(HostMessage(Batch{.updates = {SceneReady{scene}}}));
  };
  for (int i = 0; i < 100; ++i) {
    check(&Scene::fields, Field());
    check(&Scene::geometries, GeometryPtr());
    check(&Scene::views, ViewSpec(MorphologyViewSpec()));
    check(&Scene::operators, OperatorSpec());
    check(&Scene::controls, ControlSpec());
    check(&Scene::actions, ActionSpec());
  }
}

TEST(Codec, arrays_keep_dtype_shape_and_memory_order) {
  Random random(4);
  for (int d = 0; d <= static_cast<int>(DType::string); ++d)
    for (const Shape& shape :
         {Shape{5}, Shape{2, 3}, Shape{2, 3, 4}, Shape{0}, Shape{3, 0, 2}, Shape{1, 1, 1, 1, 1, 1, 1, 2}})
      for (int axis = 0; axis < (d == static_cast<int>(DType::string) ? 1 : static_cast<int>(shape.size())); ++axis) {
        const Array sent = random_array(random, static_cast<DType>(d), shape, axis);
        const Delivered payload = delivered(protocol::encode(Command(SetControl{"c", sent})));
        const auto decoded = decode(payload, Command());
        ASSERT_TRUE(decoded) << decoded.error();
        const Array& received = *std::get<SetControl>(*decoded).value.get_if<Array>();
        EXPECT_EQ(received, sent);
        EXPECT_EQ(received.outer_axis(), axis);
        if (!sent.is_string() && sent.nbytes() > 0) {
          EXPECT_EQ(std::memcmp(received.data(), sent.data(), sent.nbytes()), 0);
        }
      }
}

TEST(Codec, a_scalar_array_and_special_numbers_come_back_bit_for_bit) {
  for (const double number : {0.0, -0.0, 1e-310, HUGE_VAL, -HUGE_VAL, std::nan("")}) {
    const Command message = SetControl{"c", List{number, Array::scalar(number)}};
    const auto decoded = decode(delivered(protocol::encode(message)), Command());
    ASSERT_TRUE(decoded);
    const List& list = *std::get<SetControl>(*decoded).value.get_if<List>();
    const double plain = *list[0].get_if<double>(), in_array = list[1].get_if<Array>()->as<double>()[0];
    EXPECT_EQ(std::memcmp(&plain, &number, sizeof number), 0);
    EXPECT_EQ(std::memcmp(&in_array, &number, sizeof number), 0);
    EXPECT_EQ(list[1].get_if<Array>()->ndim(), 0);
  }
}

TEST(Codec, an_integer_stays_an_integer_and_a_number_a_number) {
  const Command message = SetControl{"c", List{1, 1.0, true, "1"}};
  const auto decoded = decode(delivered(protocol::encode(message)), Command());
  ASSERT_TRUE(decoded);
  EXPECT_EQ(std::get<SetControl>(*decoded).value, std::get<SetControl>(message).value);
}

TEST(Codec, an_array_that_occurs_twice_is_sent_once) {
  const Array values = Array::copy_of(std::vector<float>(50000, 1.5f));
  const Array names = Array::strings(std::vector<std::string>(5000, "soma"));
  const auto bytes = [&](List list) { return protocol::encode(Command(SetControl{"c", std::move(list)})).size(); };
  EXPECT_LT(bytes({values, values, values}), bytes({values}) + 64);
  EXPECT_LT(bytes({names, names}), bytes({names}) + 64);
  EXPECT_GT(bytes({values, values.reshaped({2, 25000})}), 2 * values.nbytes()) << "another shape is another array";

  const auto decoded = decode(delivered(protocol::encode(Command(SetControl{"c", List{values, values}}))), Command());
  const List& list = *std::get<SetControl>(*decoded).value.get_if<List>();
  EXPECT_EQ(list[0].get_if<Array>()->data(), list[1].get_if<Array>()->data());
}

TEST(Codec, large_arrays_are_sent_from_their_own_memory) {
  const Array values = Array::copy_of(std::vector<float>(50000, 1.5f));
  const long before = values.owner().use_count();
  const auto encoded = protocol::encode(HostMessage(Batch{.updates = {FieldReplace{"f", values, {}, {}}}}));
  bool found = false;
  for (const auto& chunk : encoded.chunks)
    found = found || (chunk.data == values.data() && chunk.size == values.nbytes());
  EXPECT_TRUE(found);
  EXPECT_GT(values.owner().use_count(), before) << "the message keeps the memory";
}

TEST(Codec, decoded_arrays_share_the_payload_and_keep_it) {
  const Array values = Array::copy_of(std::vector<float>(100, 1.5f));
  Array received;
  {
    Delivered d = delivered(protocol::encode(HostMessage(Batch{.updates = {FieldReplace{"f", values, {}, {}}}})));
    const auto decoded = decode(d, HostMessage());
    ASSERT_TRUE(decoded);
    received = std::get<FieldReplace>(std::get<Batch>(*decoded).updates[0]).values;
    EXPECT_GE(static_cast<const void*>(received.data()), static_cast<const void*>(d.data.get()));
    EXPECT_LT(static_cast<const void*>(received.data()), static_cast<const void*>(d.data.get() + d.size));
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(received.data()) % 64, 0u);
  }
  EXPECT_EQ(received, values);
}

TEST(Codec, a_history_goes_out_time_major_without_being_turned) {
  StoredField field({"history",
                     Array::copy_of(std::vector<float>{}, {3, 0}),
                     {"segment", "time"},
                     {{"segment", Array::copy_of(std::vector<std::int64_t>{0, 1, 2})}, {"time", Array()}},
                     {},
                     {}},
                    1);
  field.append(1, Array::copy_of(std::vector<float>{1, 2, 3, 4, 5, 6}, {3, 2}),
               Array::copy_of(std::vector<double>{0, 0.1}), {}, 2);
  const Array sent = field.values_between(0, 2);
  ASSERT_EQ(sent.outer_axis(), 1);
  const auto decoded =
      decode(delivered(protocol::encode(std::vector<Update>{FieldAppend{"history", "time", sent, Array(), {}, {}}})),
             std::vector<Update>());
  ASSERT_TRUE(decoded) << decoded.error();
  const Array& received = std::get<FieldAppend>((*decoded)[0]).values;
  EXPECT_EQ(received.outer_axis(), 1);
  EXPECT_THAT(received.as<float>(), testing::ElementsAre(1, 3, 5, 2, 4, 6));
}

TEST(Codec, a_scene_of_a_large_cell_stays_within_the_limits) {
  const std::int64_t n = 257054;
  std::vector<std::string> ids;
  for (std::int64_t i = 0; i < n; ++i)
    ids.push_back("Cell[0].dend[" + std::to_string(i / 9) + "](" + std::to_string(i % 9) + ")");
  const auto floats = [](Shape shape) {
    void* memory = nullptr;
    return Array::allocate(DType::f32, std::move(shape), &memory);
  };
  MorphologyGeometry g{.positions = floats({n, 3}),
                       .orientations = floats({n, 3, 3}),
                       .radii = floats({n}),
                       .lengths = floats({n}),
                       .entity_ids = Array::strings(ids),
                       .section_names = Array::strings(ids),
                       .xlocs = floats({n})};
  Scene scene;
  scene.fields.set("display", Field{"display", floats({n}), {"segment"}, {{"segment", g.entity_ids}}, "mV", {}});
  scene.geometries.set("morphology", std::make_shared<const AnyGeometry>(std::move(g)));
  expect_round_trip(HostMessage(Batch{.number = 1, .updates = {SceneReady{scene}}}));
}

TEST(Codec, missing_properties_keep_their_defaults_and_their_order_does_not_matter) {
  // {"value": 3.0, "type": "SetControl"}
  const unsigned char message[] = {0x82, 0xa5, 'v', 'a', 'l', 'u',  'e', 0xcb, 0x40, 0x08, 0,
                                   0,    0,    0,   0,   0,   0xa4, 't', 'y',  'p',  'e',  0xaa,
                                   'S',  'e',  't', 'C', 'o', 'n',  't', 'r',  'o',  'l'};
  std::vector<std::byte> bytes(64);
  const std::uint32_t prelude[4] = {sizeof message, 1, 0, 0};
  std::memcpy(bytes.data(), prelude, 16);
  std::memcpy(bytes.data() + 16, message, sizeof message);
  bytes[16 + sizeof message] = std::byte{0x90};
  const auto decoded = decode(delivered(bytes), Command());
  ASSERT_TRUE(decoded) << decoded.error();
  EXPECT_EQ(std::get<SetControl>(*decoded), (SetControl{"", 3.0}));
}

TEST(Codec, text_that_is_not_utf8_is_repaired_when_sent) {
  const Command message =
      SetControl{"caf\xE9", List{"\xFF", Array::strings(std::vector<std::string>{"ok", "\xC3", "\xA9"})}};
  const auto decoded = decode(delivered(protocol::encode(message)), Command());
  ASSERT_TRUE(decoded) << decoded.error();
  const auto& received = std::get<SetControl>(*decoded);
  EXPECT_EQ(received.control_id, "caf\uFFFD");
  const List& list = *received.value.get_if<List>();
  EXPECT_EQ(list[0], Value("\uFFFD"));
  EXPECT_EQ(list[1].get_if<Array>()->string_at(0), "ok");
  EXPECT_EQ(list[1].get_if<Array>()->string_at(1), "\uFFFD");
  EXPECT_EQ(list[1].get_if<Array>()->string_at(2), "\uFFFD");
}

TEST(Codec, a_message_of_another_kind_is_refused) {
  const auto decoded = decode(delivered(protocol::encode(Command(Reset()))), HostMessage());
  ASSERT_FALSE(decoded);
  EXPECT_THAT(decoded.error(), HasSubstr("Reset"));
}

}  // namespace
}  // namespace cnv::test
