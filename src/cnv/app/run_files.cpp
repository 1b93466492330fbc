#include "cnv/app/run_files.hpp"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <cmath>
#include <limits>

#include "cnv/app/json.hpp"
#include "cnv/base/figure_size.hpp"
#include "cnv/core/record.hpp"
#include "cnv/io/npy.hpp"

namespace cnv::app {

using desktop::file_name;

namespace {

QString write_json(const QString& path, const QJsonObject& object) {
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly)) return QStringLiteral("cannot write %1: %2").arg(path, file.errorString());
  file.write(QJsonDocument(object).toJson());
  if (!file.commit()) return QStringLiteral("cannot write %1: %2").arg(path, file.errorString());
  return {};
}

QJsonObject field_facts(const StoredField& field) {
  QJsonArray dims, shape;
  for (const auto& dim : field.dims()) dims.append(QString::fromStdString(dim));
  for (const auto extent : field.shape()) shape.append(static_cast<qint64>(extent));
  QJsonObject facts{{"id", QString::fromStdString(field.id())},
                    {"dims", dims},
                    {"shape", shape},
                    {"dtype", QString::fromUtf8(dtype_name(field.dtype()).data())},
                    {"unit", field.unit() ? QJsonValue(QString::fromStdString(*field.unit())) : QJsonValue()}};
  const Array values = field.values();
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (std::int64_t i = 0; i < values.size(); ++i) {
    const double v = values.number_at(i);
    if (v < low) low = v;
    if (v > high) high = v;
  }
  facts["min"] = std::isfinite(low) ? QJsonValue(low) : QJsonValue();
  facts["max"] = std::isfinite(high) ? QJsonValue(high) : QJsonValue();
  return facts;
}

}  // namespace

QString write_picture(const std::string& path, const QImage& picture) {
  const QString file = QString::fromStdString(path);
  return picture.save(file)
             ? QString()
             : QStringLiteral("cannot write the picture %1: is the folder there, and does the name end in .png?")
                   .arg(file);
}

QString write_report(const std::string& path, const Dict& session, const Dict& viewer, const SceneStore& store) {
  QJsonObject report = to_json(session).toObject();
  const QJsonObject own = to_json(viewer).toObject();
  for (auto it = own.begin(); it != own.end(); ++it) report.insert(it.key(), it.value());
  QJsonArray fields;
  for (const auto& [id, field] : store.fields()) fields.append(field_facts(*field));
  report["fields"] = fields;
  return write_json(QString::fromStdString(path), report);
}

QString write_plots(const std::string& dump, const std::string& figure, desktop::ViewerWindow& window) {
  const QString folder = QString::fromStdString(dump) + "/plots";
  if (!QDir().mkpath(folder)) return QStringLiteral("cannot make the folder %1").arg(folder);
  if (figure.empty()) return window.write_plots(folder);
  const auto size = parse_figure_size(figure);
  return size ? window.write_plots(folder, *size) : QString::fromStdString("--figure: " + size.error());
}

QString write_dump(const std::string& folder, const SceneStore& store) {
  const QDir dir(QString::fromStdString(folder));
  if (!dir.mkpath(".")) return QStringLiteral("cannot make the folder %1").arg(dir.path());
  const auto write = [&](const QString& name, const Array& array) {
    const auto result = io::write_npy(dir.filePath(name + ".npy").toStdString(), array);
    return result ? QString() : QString::fromStdString(result.error());
  };
  for (const auto& [id, field] : store.fields()) {
    if (auto problem = write(file_name(id), field->values()); !problem.isEmpty()) return problem;
    for (int axis = 0; axis < field->ndim(); ++axis)
      if (auto problem =
              write(file_name(id) + "." + file_name(field->dims()[static_cast<std::size_t>(axis)]), field->coord(axis));
          !problem.isEmpty())
        return problem;
  }
  QJsonObject scene = to_json(to_value(store.scene())).toObject();
  scene["state"] = to_json(store.state());
  QJsonArray fields;
  for (const auto& [id, field] : store.fields()) fields.append(field_facts(*field));
  scene["fields"] = fields;
  return write_json(dir.filePath("scene.json"), scene);
}

}  // namespace cnv::app
