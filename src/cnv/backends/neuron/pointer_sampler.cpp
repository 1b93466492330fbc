#include "cnv/backends/neuron/pointer_sampler.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace cnv::nrn {
namespace {

constexpr std::size_t deleted_place = std::numeric_limits<std::size_t>::max();
constexpr std::size_t time_place = deleted_place - 1;

}  // namespace

OwnRecord OwnRecord::of(const PointProcess& process, const std::string& property) {
  const Api& nrn = api();
  OwnRecord out(ObjectRef::create("Vector"));
  std::array<char, 256> error{};
  OutputCapture capture(true);
  nrn.property_push(process.object().get(), property.c_str());
  raw::Symbol* const record = nrn.method_symbol(out.vector_.get(), "record");
  if (nrn.method_call_nothrow(out.vector_.get(), record, 1, error.data(), error.size()) != 0) {
    nrn.double_ptr_pop();
    return {};  // the value as it is then does
  }
  if (raw::Object* self = nrn.object_pop()) nrn.object_unref(self);
  return out;
}

std::optional<double> OwnRecord::take() {
  constexpr int kept = 4096;  // values until the Vector is emptied
  if (!vector_) return std::nullopt;
  const int size = api().vector_capacity(vector_.get());
  const bool recorded = size > taken_ || (size > 0 && size < taken_);  // an initialization empties it
  taken_ = size;
  if (!recorded) return std::nullopt;
  const double value = api().vector_data(vector_.get())[size - 1];
  if (size >= kept) {
    vector_.call("resize", {0.0});
    taken_ = 0;
  }
  return value;
}

PointerSampler PointerSampler::adopt(ObjectRef ptr_vector, std::vector<ObjectRef> records) {
  if (ptr_vector.class_name() != "PtrVector") {
    throw NeuronError("A PtrVector is needed, not " + (ptr_vector ? ptr_vector.class_name() : "nothing"));
  }
  PointerSampler sampler;
  sampler.adopted_size_ = static_cast<std::size_t>(ptr_vector.call("size"));
  sampler.pointers_ = std::move(ptr_vector);
  for (ObjectRef& record : records) sampler.adopted_records_.emplace_back(std::move(record));
  sampler.values_ = ObjectRef::create("Vector", {static_cast<double>(sampler.adopted_size_)});
  return sampler;
}

std::size_t PointerSampler::add_source(Source source) {
  if (adopted_size_ != 0) throw NeuronError("An adopted PtrVector cannot be extended");
  sources_.push_back(std::move(source));
  stale_ = true;
  return sources_.size() - 1;
}

PointerSampler::Source PointerSampler::source_of(const Segment& place, const std::string& variable) {
  const RangeVariable range(variable);
  range.require_on(place.section());
  return Place{place, range};
}

PointerSampler::Source PointerSampler::source_of(const PointProcess& process, const std::string& property) {
  process.get(property);
  return Property{process, property, OwnRecord::of(process, property)};
}

std::size_t PointerSampler::add(const Segment& place, const std::string& variable) {
  return add_source(source_of(place, variable));
}

std::size_t PointerSampler::add(const PointProcess& process, const std::string& property) {
  return add_source(source_of(process, property));
}

void PointerSampler::replace(std::size_t index, const Segment& place, const std::string& variable) {
  sources_.at(index) = source_of(place, variable);
  stale_ = true;
}

void PointerSampler::replace(std::size_t index, const PointProcess& process, const std::string& property) {
  sources_.at(index) = source_of(process, property);
  stale_ = true;
}

bool PointerSampler::is_live(const Source& source) {
  if (const Place* place = std::get_if<Place>(&source))
    return place->where.section().valid() && place->variable.on(place->where.section());
  const Property* property = std::get_if<Property>(&source);
  return !property || property->process.valid();
}

bool PointerSampler::is_gone(std::size_t index) const { return !is_live(sources_.at(index)); }

std::size_t PointerSampler::add_time() { return add_source(Time{}); }

// Handles survive most edits of the model, but not the end of what they point to: so they are made anew.
void PointerSampler::rebuild() {
  slots_.clear();
  std::size_t live = 0;
  for (const Source& source : sources_) {
    if (std::holds_alternative<Time>(source)) {
      slots_.push_back(time_place);
    } else if (is_live(source)) {
      slots_.push_back(live++);
    } else {
      slots_.push_back(deleted_place);
    }
  }
  pointers_ = ObjectRef();
  if (live != 0) {
    pointers_ = ObjectRef::create("PtrVector", {static_cast<double>(live)});
    values_ = ObjectRef::create("Vector", {static_cast<double>(live)});
  }
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    if (slots_[i] < time_place) point(slots_[i], sources_[i]);
  }
  epoch_.mark();
  stale_ = false;
}

void PointerSampler::point(std::size_t slot, const Source& source) {
  const Api& nrn = api();
  std::array<char, 256> error{};
  OutputCapture capture;
  nrn.double_push(static_cast<double>(slot));
  if (const Place* place = std::get_if<Place>(&source)) {
    place->variable.push(place->where.section(), place->where.x());
  } else {
    const Property& property = std::get<Property>(source);
    nrn.property_push(property.process.object().get(), property.name.c_str());
  }
  raw::Symbol* const pset = nrn.method_symbol(pointers_.get(), "pset");
  if (nrn.method_call_nothrow(pointers_.get(), pset, 2, error.data(), error.size()) != 0) {
    throw NeuronError("PtrVector.pset: " + capture.take_error(error.data()));
  }
  nrn.double_pop();
}

void PointerSampler::gather() {
  const Api& nrn = api();
  raw::Symbol* const method = nrn.method_symbol(pointers_.get(), "gather");
  char error[256];
  OutputCapture capture;
  nrn.object_push(values_.get());
  if (nrn.method_call_nothrow(pointers_.get(), method, 1, error, sizeof error) != 0) {
    throw NeuronError("PtrVector.gather: " + capture.take_error(error));
  }
  nrn.double_pop();
}

void PointerSampler::sample(double* out, Moment moment) {
  if (adopted_size_ != 0) {
    gather();
    std::copy_n(api().vector_data(values_.get()), adopted_size_, out);
    if (moment == Moment::step)
      for (std::size_t i = 0; i < adopted_records_.size(); ++i) out[i] = adopted_records_[i].take().value_or(out[i]);
    return;
  }
  if (stale_ || !epoch_.current()) rebuild();
  const double* values = nullptr;
  if (pointers_) {
    gather();
    values = api().vector_data(values_.get());
  }
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    out[i] = slots_[i] == deleted_place ? std::numeric_limits<double>::quiet_NaN()
             : slots_[i] == time_place  ? time_ms()
                                        : values[slots_[i]];
    if (moment != Moment::step || slots_[i] >= time_place) continue;
    if (Property* property = std::get_if<Property>(&sources_[i])) out[i] = property->record.take().value_or(out[i]);
  }
}

}  // namespace cnv::nrn
