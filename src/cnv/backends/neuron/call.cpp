#include "cnv/backends/neuron/call.hpp"

#include <array>
#include <deque>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "cnv/base/numbers.hpp"

namespace cnv::nrn {
namespace {

// Pushes arguments; owns the texts, which NEURON takes by address, until the call is over.
class PushedArguments {
 public:
  explicit PushedArguments(std::initializer_list<Argument> arguments) : arguments_(arguments) {
    for (const Argument& argument : arguments) push(argument);
  }
  int count() const { return static_cast<int>(arguments_.size()); }

  // To be called after a failed call, with NEURON's message: such a call leaves its arguments on the stack, except one
  // of a mathematical function, which has taken its argument and then cannot put it back.
  void drop(std::string_view message) const {
    if (message.find("cannot summon stack entries") != std::string_view::npos) return;
    const Api& nrn = api();
    for (auto argument = std::rbegin(arguments_); argument != std::rend(arguments_); ++argument) {
      if (std::holds_alternative<double>(*argument)) {
        nrn.double_pop();
      } else if (std::holds_alternative<std::string>(*argument)) {
        nrn.str_pop();
      } else if (raw::Object* object = nrn.object_pop()) {
        nrn.object_unref(object);
      }
    }
  }

 private:
  struct Text {
    std::string value;
    char* address = nullptr;
  };

  void push(const Argument& argument) {
    if (const double* number = std::get_if<double>(&argument)) {
      api().double_push(*number);
    } else if (const std::string* text = std::get_if<std::string>(&argument)) {
      Text& kept = texts_.emplace_back(Text{*text, nullptr});
      kept.address = kept.value.data();
      api().str_push(&kept.address);
    } else {
      api().object_push(std::get<raw::Object*>(argument));
    }
  }

  std::initializer_list<Argument> arguments_;
  std::deque<Text> texts_;
};

// Every call leaves one value on the stack, also a procedure.
double pop_result() {
  const Api& nrn = api();
  switch (static_cast<StackType>(nrn.stack_type())) {
    case StackType::string: nrn.str_pop(); return 0;
    case StackType::object:
    case StackType::object_variable:
      if (raw::Object* object = nrn.object_pop()) nrn.object_unref(object);
      return 0;
    default: return nrn.double_pop();
  }
}

// A hoc function that makes an object of a class. nrn_object_new would do, but each of its errors leaves a frame on the
// interpreter's stack, which is full after a few hundred.
raw::Symbol* constructor(const std::string& class_name, std::initializer_list<Argument> arguments) {
  static std::unordered_map<std::string, raw::Symbol*> made;
  std::string name = "cnv_new_" + class_name + "_";
  std::string list;
  for (const Argument& argument : arguments) {
    constexpr const char* hoc_kinds[] = {"", "s", "o"};
    const char* kind = hoc_kinds[argument.index()];
    list += (list.empty() ? "$" : ", $") + (kind + plain_text(&argument - arguments.begin() + 1));
    name += *kind ? *kind : 'd';
  }
  raw::Symbol*& symbol = made[name];
  if (!symbol) {
    run_hoc("obfunc " + name + "() { return new " + class_name + "(" + list + ") }");
    symbol = required_symbol(name);
  }
  return symbol;
}

[[noreturn]] void fail(std::string_view what, const std::string& reason) {
  throw NeuronError(std::string(what) + ": " + reason);
}

}  // namespace

raw::Symbol* required_symbol(const std::string& name) {
  raw::Symbol* symbol = api().symbol(name.c_str());
  if (!symbol) throw NeuronError("NEURON has nothing named '" + name + "'");
  return symbol;
}

namespace {
// Leaves the result on NEURON's stack; `take` pops it.
template <class Take>
auto call_and(raw::Symbol* function, std::string_view name, std::initializer_list<Argument> arguments, Take&& take) {
  std::array<char, 512> error{};
  OutputCapture capture;
  const PushedArguments pushed(arguments);
  if (api().function_call_nothrow(function, pushed.count(), error.data(), error.size()) != 0) {
    pushed.drop(error.data());
    fail(name, capture.take_error(error.data()));
  }
  return take();
}
}  // namespace

double call_function(raw::Symbol* function, std::string_view name, std::initializer_list<Argument> arguments) {
  return call_and(function, name, arguments, pop_result);
}

std::string call_text_function(const std::string& name, std::initializer_list<Argument> arguments) {
  return call_and(required_symbol(name), name, arguments, [] {
    if (static_cast<StackType>(api().stack_type()) == StackType::string) return std::string(*api().str_pop());
    pop_result();
    return std::string();
  });
}

double call_function(const std::string& name, std::initializer_list<Argument> arguments) {
  return call_function(required_symbol(name), name, arguments);
}

double call_fast(raw::Symbol* function, const char* name, std::initializer_list<double> arguments) {
  const Api& nrn = api();
  char error[512];
  OutputCapture capture;
  for (double argument : arguments) nrn.double_push(argument);
  if (nrn.function_call_nothrow(function, static_cast<int>(arguments.size()), error, sizeof error) != 0) {
    for (std::size_t i = 0; i < arguments.size(); ++i) nrn.double_pop();
    fail(name, capture.take_error(error));
  }
  return nrn.double_pop();
}

void run_hoc(const std::string& statements) {
  const ClassicNumbers as_in_c;  // hoc reads its numbers with sscanf
  OutputCapture capture;
  if (api().hoc_call((statements + "\n").c_str()) != 0) {
    fail("hoc '" + statements.substr(0, 80) + (statements.size() > 80 ? "…'" : "'"),
         capture.take_error("NEURON gave no reason"));
  }
}

// nrn_section_pop throws when the section was deleted meanwhile and is the last one; hoc's pop_section does not.
CurrentSection::~CurrentSection() {
  const Api& nrn = api();
  if (nrn.section_is_active(section_)) {
    nrn.section_pop();
    return;
  }
  char error[128];
  if (nrn.function_call_nothrow(nrn.symbol("pop_section"), 0, error, sizeof error) == 0) nrn.double_pop();
}

ObjectRef ObjectRef::adopt(raw::Object* object) {
  ObjectRef reference;
  reference.object_ = object;
  return reference;
}

ObjectRef ObjectRef::share(raw::Object* object) {
  if (object) api().object_ref(object);
  return adopt(object);
}

ObjectRef ObjectRef::create(const std::string& class_name, std::initializer_list<Argument> arguments) {
  raw::Symbol* const symbol = api().symbol(class_name.c_str());
  if (!symbol || api().symbol_type(symbol) != api().symbol_type(required_symbol("Vector"))) {
    throw NeuronError("NEURON has no class named '" + class_name + "'");
  }
  raw::Symbol* const make = constructor(class_name, arguments);
  std::array<char, 512> error{};
  OutputCapture capture;
  const PushedArguments pushed(arguments);
  if (api().function_call_nothrow(make, pushed.count(), error.data(), error.size()) != 0) {
    pushed.drop(error.data());
    fail("new " + class_name, capture.take_error(error.data()));
  }
  return adopt(api().object_pop());
}

ObjectRef::ObjectRef(const ObjectRef& other) : object_(other.object_) {
  if (object_) api().object_ref(object_);
}
ObjectRef::ObjectRef(ObjectRef&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
ObjectRef& ObjectRef::operator=(ObjectRef other) noexcept {
  std::swap(object_, other.object_);
  return *this;
}
ObjectRef::~ObjectRef() {
  if (object_) api().object_unref(object_);
}

std::string ObjectRef::class_name() const { return object_ ? api().class_name(object_) : ""; }

double ObjectRef::call(const std::string& method, std::initializer_list<Argument> arguments) const {
  if (!object_) throw NeuronError("method '" + method + "' of an empty object");
  raw::Symbol* symbol = api().method_symbol(object_, method.c_str());
  if (!symbol) throw NeuronError(class_name() + " has no method named '" + method + "'");
  std::array<char, 512> error{};
  OutputCapture capture;
  const PushedArguments pushed(arguments);
  if (api().method_call_nothrow(object_, symbol, pushed.count(), error.data(), error.size()) != 0) {
    pushed.drop(error.data());
    fail(class_name() + "." + method, capture.take_error(error.data()));
  }
  return pop_result();
}

}  // namespace cnv::nrn
