#include "cnv/app/json.hpp"

#include <QJsonArray>
#include <QJsonObject>
#include <cmath>

namespace cnv::app {
namespace {
QString text(std::string_view utf8) { return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())); }
}  // namespace

QJsonValue to_json(const Value& value) {
  if (const auto* v = value.get_if<bool>()) return *v;
  if (const auto* v = value.get_if<std::int64_t>()) return static_cast<qint64>(*v);
  if (const auto* v = value.get_if<double>()) return std::isfinite(*v) ? QJsonValue(*v) : QJsonValue();
  if (const auto* v = value.get_if<std::string>()) return text(*v);
  if (const auto* v = value.get_if<List>()) {
    QJsonArray array;
    for (const auto& item : *v) array.append(to_json(item));
    return array;
  }
  if (const auto* v = value.get_if<Dict>()) {
    QJsonObject object;
    for (const auto& [key, item] : *v) object.insert(text(key), to_json(item));
    return object;
  }
  if (const auto* v = value.get_if<Array>()) {
    QJsonArray shape;
    for (const auto extent : v->shape()) shape.append(static_cast<qint64>(extent));
    return QJsonObject{{"dtype", text(dtype_name(v->dtype()))}, {"shape", shape}};
  }
  if (const auto* v = value.get_if<StateBinding>()) return QJsonObject{{"binding", text(v->key)}};
  if (const auto* v = value.get_if<AttributeRef>())
    return QJsonObject{{"owner", text(v->owner)}, {"attribute", text(v->attribute)}};
  return {};
}

}  // namespace cnv::app
