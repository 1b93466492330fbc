// Tracebacks as a person reads them: the user's own line first, the library's frames folded away. Plain text functions.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace cnv::desktop {

struct TraceFrame {
  QString file, function, source;
  int line = 0;
  bool user = false;  // false: a frame of an installed package or of this library
};

struct CodeLine {
  int number = 0;
  QString text;
  bool guilty = false;
};

// What an error strip shows.
struct FailureText {
  QString title;  // "setup_model stopped with ValueError"
  QString place;  // "granule_cell.py, line 42, in setup_model"
  QString message;
  QString hint;
  QString retry_text;  // empty: no button
  QString retry_hint;  // key of the button
  QString traceback;   // whole
  int frames = 0, user_frames = 0;
  std::vector<CodeLine> excerpt;
};

// Frames of a Python traceback, outermost first; none when the text is no traceback.
std::vector<TraceFrame> parse_traceback(const QString& traceback);
// The lines around a line of a file; none when it cannot be read.
std::vector<CodeLine> read_excerpt(const QString& file, int line, int around = 2);
FailureText failure_text(const QString& where, const QString& message, const QString& traceback);

}  // namespace cnv::desktop
