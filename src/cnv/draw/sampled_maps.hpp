// Stops of matplotlib's maps, chosen so that lines between them stay within 2/255 of its tables of 256 entries.
// Read by color_map only. A stop is 0xIIRRGGBB: entry and colour. The maps of the viridis family are CC0.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cnv {

struct SampledMap {
  std::string_view name;
  std::span<const std::uint32_t> stops;
};

inline constexpr std::uint32_t viridis_stops[] = {
    0x00440154, 0x1D482979, 0x3A3E4C8A, 0x7723888E, 0x931FA287, 0xA62FB47C, 0xBB54C568, 0xD795D840,
    0xEED2E21B, 0xF6E7E419, 0xFFFDE725,
};
inline constexpr std::uint32_t plasma_stops[] = {
    0x000D0887, 0x0D2C0594, 0x2D6100A7, 0x448405A7, 0x63AD2793, 0x90DA5A6A, 0xBFF89441, 0xDFFDC328,
    0xF2F7E225, 0xFDF1F525, 0xFFF0F921,
};
inline constexpr std::uint32_t inferno_stops[] = {
    0x00000004, 0x110C0826, 0x23260C51, 0x313E0966, 0x455F136E, 0x638F2469, 0x83C03A51, 0x9EE25734,
    0xBBF8850F, 0xC6FB9906, 0xCFFCAA0F, 0xE1F8CD37, 0xEFF2E865, 0xFAF5F992, 0xFFFCFFA4,
};
inline constexpr std::uint32_t magma_stops[] = {
    0x00000004, 0x0F090720, 0x26251255, 0x343D0F71, 0x4559157E, 0x69912B81, 0x8BC83E73, 0x9FE55064,
    0xB1F66C5C, 0xC2FC8C63, 0xDCFEBD82, 0xFFFCFDBF,
};
inline constexpr std::uint32_t cividis_stops[] = {
    0x0000224E, 0x15003170, 0x18053371, 0x201A386F, 0x373A486C, 0x6E6D6F72, 0x8A868379, 0xBCB8AA6E,
    0xE1DFCA57, 0xF7F8DF3C, 0xFCFEE434, 0xFFFEE838,
};
inline constexpr std::uint32_t turbo_stops[] = {
    0x0030123B, 0x0B3C3286, 0x164451BF, 0x224771E9, 0x2D458CFD, 0x353BA0FD, 0x4028BCEB, 0x4D18D7CA,
    0x561CE6B4, 0x5F2FF19B, 0x6F69FD66, 0x7C99FE42, 0x87B7F735, 0x99E1DD37, 0xA9F9BC39, 0xB9FE932A,
    0xCDEF5811, 0xE1CE2D04, 0xF49E1001, 0xFF7A0403,
};
inline constexpr std::uint32_t coolwarm_stops[] = {
    0x003B4CC0, 0x1D5E7DE7, 0x3984A7FC, 0x53A7C5FE, 0x6ECAD8EF, 0x82DFDBD9, 0x9AF2CAB5, 0xB4F7AA8C,
    0xD0EB7D62, 0xECCF453C, 0xF8BE242E, 0xFFB40426,
};
inline constexpr std::uint32_t gray_stops[] = {
    0x00000000, 0xFFFFFFFF,
};
inline constexpr std::uint32_t hot_stops[] = {
    0x000B0000, 0x5DFF0000, 0xBEFFFE00, 0xFFFFFFFF,
};
inline constexpr std::uint32_t jet_stops[] = {
    0x00000080, 0x1C0000FF, 0x200000FF, 0x5700DCFE, 0x5A02E8F4, 0x6016FFE1, 0xA3EEFF09, 0xA6F8F500,
    0xAAFFE600, 0xE3FF1300, 0xE8E80000, 0xFF800000,
};

inline constexpr SampledMap sampled_maps[] = {
    {"viridis", viridis_stops},
    {"plasma", plasma_stops},
    {"inferno", inferno_stops},
    {"magma", magma_stops},
    {"cividis", cividis_stops},
    {"turbo", turbo_stops},
    {"coolwarm", coolwarm_stops},
    {"gray", gray_stops},
    {"hot", hot_stops},
    {"jet", jet_stops},
};

}  // namespace cnv
