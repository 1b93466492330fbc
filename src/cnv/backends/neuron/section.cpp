#include "cnv/backends/neuron/section.hpp"

#include <cmath>
#include <utility>

#include "cnv/backends/neuron/call.hpp"
#include "cnv/backends/neuron/iterate.hpp"
#include "cnv/backends/neuron/mechanisms.hpp"
#include "cnv/backends/neuron/range_variable.hpp"
#include "cnv/base/numbers.hpp"

namespace cnv::nrn {
namespace {

constexpr int largest_nseg = 32767;

void require(bool condition, const std::string& message) {
  if (!condition) throw NeuronError(message);
}

std::string shown(double value) {
  std::string text = plain_text(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

Section::Section(raw::Section* section) : section_(section) {
  if (section_) api().section_ref(section_);
}
Section::Section(const Section& other) : Section(other.section_) {}
Section::Section(Section&& other) noexcept : section_(std::exchange(other.section_, nullptr)) {}
Section& Section::operator=(Section other) noexcept {
  std::swap(section_, other.section_);
  return *this;
}
Section::~Section() {
  if (section_) api().section_unref(section_);
}

bool Section::valid() const { return section_ && api().section_is_active(section_); }

raw::Section* Section::checked() const {
  require(section_, "An empty section handle was used");
  require(api().section_is_active(section_), "A section was used after it was deleted from the model");
  return section_;
}

std::string Section::name() const { return api().secname(checked()); }

double Section::length_um() const { return api().section_length_get(checked()); }

void Section::set_length_um(double length) {
  require(std::isfinite(length) && length > 0,
          "Length of " + name() + " must be above 0, not " + shown(length) + " um");
  api().section_length_set(checked(), length);
}

int Section::nseg() const { return api().nseg_get(checked()); }

void Section::set_nseg(int nseg) {
  require(nseg >= 1 && nseg <= largest_nseg, "nseg of " + name() + " must be 1…32767, not " + plain_text(nseg));
  guarded("nseg of " + name(), [&] { api().nseg_set(checked(), nseg); });
}

double Section::axial_resistance_ohm_cm() const { return api().section_Ra_get(checked()); }

void Section::set_axial_resistance_ohm_cm(double resistance) {
  require(std::isfinite(resistance) && resistance > 0,
          "Axial resistance of " + name() + " must be above 0, not " + shown(resistance) + " ohm cm");
  api().section_Ra_set(checked(), resistance);
}

Segment Section::operator()(double x) const { return Segment(*this, x); }

std::vector<Segment> Section::segments() const {
  const int count = nseg();
  std::vector<Segment> out;
  out.reserve(count);
  for (int i = 0; i < count; ++i) out.emplace_back(*this, (i + 0.5) / count);
  return out;
}

void Section::insert(const std::string& mechanism) {
  const MechanismCatalogue& catalogue = MechanismCatalogue::get();
  if (!catalogue.find_density(mechanism)) {
    throw NeuronError("Cannot insert '" + mechanism + "' into " + name() +
                      ": no such density mechanism. Available: " + listed(catalogue.density()));
  }
  guarded("insert " + mechanism + " into " + name(),
          [&] { api().mechanism_insert(checked(), required_symbol(mechanism)); });
}

void Section::uninsert(const std::string& mechanism) {
  require(MechanismCatalogue::get().find_density(mechanism), "There is no density mechanism '" + mechanism + "'");
  const CurrentSection current(checked());
  run_hoc("uninsert " + mechanism);
}

bool Section::has_mechanism(const std::string& mechanism) const {
  static raw::Symbol* const ismembrane = required_symbol("ismembrane");
  const CurrentSection current(checked());
  return call_function(ismembrane, "ismembrane", {mechanism}) != 0;
}

bool Section::has_variable(const std::string& variable) const {
  checked();
  return RangeVariable::exists(variable) && RangeVariable(variable).on(*this);
}

std::vector<std::string> Section::variables() const {
  std::vector<std::string> out{"v"};
  for (const Mechanism& mechanism : MechanismCatalogue::get().density()) {
    if (has_mechanism(mechanism.name)) out.insert(out.end(), mechanism.variables.begin(), mechanism.variables.end());
  }
  return out;
}

void Section::set(const std::string& variable, double value) {
  const RangeVariable range(variable);
  range.require_on(*this);
  const int count = nseg();
  for (int i = 0; i < count; ++i) range.set(*this, (i + 0.5) / count, value);
}

int Section::point_count() const {
  static raw::Symbol* const n3d = required_symbol("n3d");
  const CurrentSection current(checked());
  return static_cast<int>(call_fast(n3d, "n3d"));
}

std::vector<Point3d> Section::points() const {
  static raw::Symbol* const symbols[] = {required_symbol("x3d"), required_symbol("y3d"), required_symbol("z3d"),
                                         required_symbol("diam3d"), required_symbol("arc3d")};
  const int count = point_count();
  std::vector<Point3d> out(count);
  const CurrentSection current(checked());
  for (int i = 0; i < count; ++i) {
    const auto read = [&](int which) { return call_fast(symbols[which], "pt3d", {static_cast<double>(i)}); };
    out[i] = {{read(0), read(1), read(2)}, read(3), read(4)};
  }
  return out;
}

void Section::add_point(double x, double y, double z, double diam) {
  static raw::Symbol* const pt3dadd = required_symbol("pt3dadd");
  require(std::isfinite(x) && std::isfinite(y) && std::isfinite(z) && std::isfinite(diam) && diam >= 0,
          "A 3-D point of " + name() + " must be finite with a diameter of at least 0");
  const CurrentSection current(checked());
  call_fast(pt3dadd, "pt3dadd", {x, y, z, diam});
}

void Section::clear_points() {
  const CurrentSection current(checked());
  call_function("pt3dclear");
}

Section create_section(const std::string& name) {
  require(!name.empty(), "A section needs a name");
  return Section(api().section_new(name.c_str()));
}

void delete_section(const Section& section) {
  if (!section.valid()) return;
  const CurrentSection current(section.get());
  call_function("delete_section");
}

void delete_sections(std::span<const Section> sections) {
  for (const Section& section : sections) delete_section(section);
}

std::vector<Section> all_sections() { return sections_of(api().allsec()); }

Segment::Segment(Section section, double x) : section_(std::move(section)), x_(x) {
  require(x >= 0 && x <= 1, "x = " + shown(x) + " on " + section_.name() + " is not within 0…1");
}

double Segment::v() const { return get("v"); }
double Segment::diam_um() const { return get("diam"); }

double Segment::area_um2() const {
  static raw::Symbol* const area = required_symbol("area");
  if (!section_.valid()) throw NeuronError("A section was used after it was deleted from the model");
  const CurrentSection current(section_.get());
  return call_fast(area, "area", {x_});
}

double Segment::get(const std::string& variable) const {
  const RangeVariable range(variable);
  range.require_on(section_);
  return range.get(section_, x_);
}

void Segment::set(const std::string& variable, double value) const {
  const RangeVariable range(variable);
  range.require_on(section_);
  range.set(section_, x_, value);
}

}  // namespace cnv::nrn
