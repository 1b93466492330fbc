#include "cnv/desktop/traceback.hpp"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>

namespace cnv::desktop {
namespace {

bool is_library(const QString& file) {
  return file.startsWith('<') || file.contains("/site-packages/") || file.contains("/dist-packages/") ||
         file.contains("/compneurovis/") || QRegularExpression("/lib/python\\d").match(file).hasMatch();
}

}  // namespace

std::vector<TraceFrame> parse_traceback(const QString& traceback) {
  // A syntax error has its line in the same form, in no function.
  static const QRegularExpression frame_line("^\\s*File \"([^\"]+)\", line (\\d+)(?:, in (.+))?$");
  std::vector<TraceFrame> frames;
  const auto lines = traceback.split('\n');
  for (int i = 0; i < lines.size(); ++i) {
    const auto match = frame_line.match(lines[i]);
    if (!match.hasMatch()) continue;
    TraceFrame frame{
        match.captured(1), match.captured(3), {}, match.captured(2).toInt(), !is_library(match.captured(1))};
    if (i + 1 < lines.size() && !frame_line.match(lines[i + 1]).hasMatch()) frame.source = lines[i + 1].trimmed();
    frames.push_back(frame);
  }
  return frames;
}

std::vector<CodeLine> read_excerpt(const QString& file, int line, int around) {
  QFile source(file);
  std::vector<CodeLine> out;
  if (line <= 0 || !source.open(QIODevice::ReadOnly | QIODevice::Text)) return out;
  for (int number = 1; !source.atEnd() && number <= line + around; ++number) {
    QString text = QString::fromUtf8(source.readLine(4096));
    while (text.endsWith('\n') || text.endsWith('\r')) text.chop(1);
    if (number >= line - around) out.push_back({number, text, number == line});
  }
  return out;
}

FailureText failure_text(const QString& where, const QString& message, const QString& traceback) {
  FailureText out;
  const auto frames = parse_traceback(traceback);
  const auto last_user = std::find_if(frames.rbegin(), frames.rend(), [](const TraceFrame& f) { return f.user; });
  // The last line of a traceback is "Type: text".
  static const QRegularExpression type_line("^([A-Za-z_][\\w.]*(?:Error|Exception|Interrupt|Warning|Exit)?): ?(.*)$");
  QString type, text = message;
  const auto match = type_line.match(message.section('\n', 0, 0));
  if (!frames.empty() && match.hasMatch() && !match.captured(1).contains(' ')) {
    type = match.captured(1).section('.', -1);
    text = match.captured(2) + (message.contains('\n') ? "\n" + message.section('\n', 1) : QString());
  }
  const QString hook = last_user != frames.rend() && where == "initialize" ? last_user->function : where;
  out.title =
      type.isEmpty() ? QStringLiteral("%1 stopped").arg(hook) : QStringLiteral("%1 stopped with %2").arg(hook, type);
  out.message = text.trimmed();
  out.traceback = traceback.isEmpty() ? where + ": " + message : traceback;
  out.frames = static_cast<int>(frames.size());
  out.user_frames =
      static_cast<int>(std::count_if(frames.begin(), frames.end(), [](const TraceFrame& f) { return f.user; }));
  if (last_user != frames.rend()) {
    out.place = QStringLiteral("%1, line %2").arg(QFileInfo(last_user->file).fileName()).arg(last_user->line);
    if (!last_user->function.isEmpty()) out.place += QStringLiteral(", in ") + last_user->function;
    out.excerpt = read_excerpt(last_user->file, last_user->line);
    if (out.excerpt.empty() && !last_user->source.isEmpty())
      out.excerpt.push_back({last_user->line, last_user->source, true});
  }
  return out;
}

}  // namespace cnv::desktop
