// FigureBox: the dialog before a picture is saved: size on paper, text, resolution and colours, with a preview. What is
// typed stays as it is; while it cannot be, the box says why and what can, and does not save. GUI thread.
#pragma once

#include <QDialog>
#include <functional>

#include "cnv/desktop/figure_choice.hpp"
#include "cnv/desktop/picture_file.hpp"

namespace cnv::desktop {

class CheckBox;
class ChoiceBox;
class NumberField;
class PushButton;
class TextLabel;

// A panel as it was when the box opened.
struct FigureSource {
  FigureLayout screen;
  bool in_3d = false;
  Theme theme = Theme::light;  // of the window
  // Laid out anew at each call.
  std::function<FilePicture(const FigureLayout& layout, Theme theme, bool transparent)> picture;
  // Why this layout cannot be drawn; empty: it can. Null: all can.
  std::function<QString(const FigureLayout& layout)> problem;
};

class FigurePreview;

class FigureBox : public QDialog {
  Q_OBJECT

 public:
  FigureBox(FigureSource source, const FigureChoice& choice, QWidget* parent);
  const FigureChoice& choice() const { return choice_; }
  // Of what is chosen, which is possible once the box was accepted.
  FilePicture picture() const;
  QString problem() const;

 private:
  // Numbers of one of the box's fields.
  NumberField* add_field(const QString& name, double FigureSize::* number);
  void build();
  void take(double FigureSize::* number, double value);
  void take_preset(int index);
  void follow(double FigureSize::* leading);
  void show_all();
  void show_numbers();
  QString facts(const FigureLayout& layout) const;
  FigureSize size() const;
  Theme theme() const { return choice_.colors.value_or(source_.theme); }

  FigureSource source_;
  FigureChoice choice_;
  FigureSize on_screen_;
  ChoiceBox *preset_, *unit_, *colors_;
  NumberField *width_, *height_, *font_, *dpi_;
  CheckBox *proportions_, *transparent_ = nullptr;
  TextLabel *facts_, *problem_;
  PushButton* save_;
  FigurePreview* preview_;
};

}  // namespace cnv::desktop
