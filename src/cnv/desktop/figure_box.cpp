#include "cnv/desktop/figure_box.hpp"

#include <QGridLayout>
#include <QSignalBlocker>
#include <cmath>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/controls/check_control.hpp"
#include "cnv/desktop/controls/choice_control.hpp"
#include "cnv/desktop/figure_preview.hpp"
#include "cnv/desktop/labels.hpp"
#include "cnv/desktop/number_field.hpp"
#include "cnv/desktop/text.hpp"

namespace cnv::desktop {
namespace {

constexpr int field_width = 88, form_width = 300, on_screen_entry = 0;
constexpr double preset_slack_mm = 0.005;

int decimals_of(FigureUnit unit) { return unit == FigureUnit::px ? 0 : unit == FigureUnit::mm ? 1 : 2; }

// As many digits as tell something.
double shown(double value, int decimals) {
  const double power = std::pow(10.0, decimals);
  return std::round(value * power) / power;
}

int unit_index(FigureUnit unit) { return static_cast<int>(unit); }

ChoiceBox* list_of(const QStringList& entries, const QString& name, QWidget* parent) {
  auto* box = new ChoiceBox(parent);
  box->addItems(entries);
  box->setAccessibleName(name);
  return box;
}

}  // namespace

FigureBox::FigureBox(FigureSource source, const FigureChoice& choice, QWidget* parent)
    : QDialog(parent),
      source_(std::move(source)),
      choice_(choice),
      on_screen_(size_on_screen(source_.screen.width_px, source_.screen.height_px)) {
  setWindowTitle(tr("Figure"));
  build();
  if (choice_.keep_proportions) follow(&FigureSize::width);
  show_all();
}

void FigureBox::build() {
  QStringList presets{tr("As on screen")}, units;
  for (const auto& preset : figure_presets) presets << to_qtext(preset.label);
  presets << tr("Own size");
  for (const auto unit : figure_units) units << to_qtext(unit_name(unit));
  preset_ = list_of(presets, tr("Size"), this);
  unit_ = list_of(units, tr("Unit"), this);
  colors_ = list_of({tr("As the window"), tr("Light"), tr("Dark")}, tr("Colours"), this);
  width_ = add_field(tr("Width"), &FigureSize::width);
  height_ = add_field(tr("Height"), &FigureSize::height);
  font_ = add_field(tr("Font size"), &FigureSize::font_pt);
  dpi_ = add_field(tr("Resolution"), &FigureSize::dpi);
  proportions_ = new CheckBox(tr("Keep the panel's proportions"), this);
  facts_ = new TextLabel({}, &Tokens::text3, 11, 400, this);
  problem_ = new TextLabel({}, &Tokens::error, 12, 400, this);
  for (auto* text : {facts_, problem_}) text->setWordWrap(true);
  auto* cancel = new PushButton(tr("Cancel"), this);
  save_ = new PushButton(tr("Save…"), this);
  save_->set_main(true);
  preview_ = new FigurePreview(this);

  auto* form = new QGridLayout;
  form->setHorizontalSpacing(8);
  form->setVerticalSpacing(8);
  int row = 0;
  const auto add = [&](const QString& name, QWidget* what, QWidget* unit) {
    form->addWidget(new TextLabel(name, &Tokens::text1, 12, 400, this), row, 0);
    form->addWidget(what, row, 1, 1, unit ? 1 : 2);
    if (unit) form->addWidget(unit, row, 2);
    ++row;
  };
  const auto words = [&](const QString& text) { return new TextLabel(text, &Tokens::text2, 12, 400, this); };
  add(tr("Size"), preset_, nullptr);
  add(tr("Width"), width_, unit_);
  add(tr("Height"), height_, nullptr);
  form->addWidget(proportions_, row++, 1, 1, 2);
  add(tr("Font size"), font_, words(tr("pt")));
  add(tr("Resolution"), dpi_, words(tr("dots per inch")));
  add(tr("Colours"), colors_, nullptr);
  if (source_.in_3d) {
    transparent_ = new CheckBox(tr("Transparent background"), this);
    form->addWidget(transparent_, row++, 1, 1, 2);
    connect(transparent_, &QAbstractButton::clicked, this, [this](bool on) {
      choice_.transparent = on;
      show_all();
    });
  }
  form->addWidget(facts_, row++, 0, 1, 3);
  form->addWidget(problem_, row++, 0, 1, 3);
  form->setRowStretch(row, 1);
  form->setColumnStretch(2, 1);
  auto* buttons = new QHBoxLayout;
  buttons->addStretch(1);
  buttons->addWidget(cancel);
  buttons->addWidget(save_);
  auto* left = new QWidget(this);
  left->setFixedWidth(form_width);
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(form, 1);
  column->addLayout(buttons);
  auto* all = new QHBoxLayout(this);
  all->setContentsMargins(16, 16, 16, 16);
  all->setSpacing(16);
  all->addWidget(left);
  all->addWidget(preview_);
  all->setSizeConstraint(QLayout::SetFixedSize);

  connect(cancel, &QAbstractButton::clicked, this, &QDialog::reject);
  connect(save_, &QAbstractButton::clicked, this, &QDialog::accept);
  connect(preset_, &QComboBox::activated, this, &FigureBox::take_preset);
  connect(unit_, &QComboBox::activated, this, [this](int index) {
    choice_.size = in_unit(size(), figure_units[static_cast<std::size_t>(index)]);
    show_all();
  });
  connect(colors_, &QComboBox::activated, this, [this](int index) {
    choice_.colors = index == 0 ? std::nullopt : std::optional(index == 1 ? Theme::light : Theme::dark);
    show_all();
  });
  connect(proportions_, &QAbstractButton::clicked, this, [this](bool on) {
    choice_.keep_proportions = on;
    follow(&FigureSize::width);
    show_all();
  });
}

NumberField* FigureBox::add_field(const QString& name, double FigureSize::* number) {
  auto* field = new NumberField(this);
  field->setFixedWidth(field_width);
  field->setAccessibleName(name);
  connect(field, &NumberField::committed, this, [this, number](double value) { take(number, value); });
  connect(field, &NumberField::rejected, this, [this](const QString& typed) {
    show_all();
    problem_->setText(tr("“%1” is not a number.").arg(typed.trimmed()));
    problem_->show();
  });
  return field;
}

// The numbers that hold; those of the screen until one of them is changed.
FigureSize FigureBox::size() const {
  if (!choice_.as_on_screen) return choice_.size;
  FigureSize size = on_screen_;
  size.dpi = choice_.size.dpi;
  return in_unit(size, choice_.size.unit);
}

void FigureBox::take(double FigureSize::* number, double value) {
  if (number != &FigureSize::dpi) {
    choice_.size = size();
    choice_.as_on_screen = false;
  }
  choice_.size.*number = value;
  if (number == &FigureSize::width || number == &FigureSize::height) follow(number);
  show_all();
}

void FigureBox::follow(double FigureSize::* leading) {
  if (!choice_.keep_proportions || choice_.as_on_screen || !(on_screen_.width > 0) || !(on_screen_.height > 0)) return;
  const double ratio = on_screen_.height / on_screen_.width;
  if (leading == &FigureSize::width) choice_.size.height = choice_.size.width * ratio;
  else choice_.size.width = choice_.size.height / ratio;
}

// Text on the screen has the screen's size; on paper it has the size that was chosen last for paper.
void FigureBox::take_preset(int index) {
  const auto preset = static_cast<std::size_t>(index) - 1;
  if (index == on_screen_entry) choice_.as_on_screen = true;
  else if (preset < figure_presets.size()) {
    const double font_pt = choice_.size.font_pt;
    choice_.size = of_preset(size(), figure_presets[preset]);
    choice_.size.font_pt = font_pt;
    choice_.as_on_screen = false;
    follow(&FigureSize::width);
  } else {
    choice_.size = size();
    choice_.as_on_screen = false;
  }
  show_all();
}

void FigureBox::show_numbers() {
  const FigureSize now = size();
  const int decimals = decimals_of(now.unit);
  width_->set_value(shown(now.width, decimals), decimals);
  height_->set_value(shown(now.height, decimals), decimals);
  font_->set_value(now.font_pt, 2);
  dpi_->set_value(now.dpi, 0);
  int preset = choice_.as_on_screen ? on_screen_entry : static_cast<int>(figure_presets.size()) + 1;
  for (std::size_t i = 0; i < figure_presets.size() && !choice_.as_on_screen; ++i)
    if (std::abs(now.width_mm() - figure_presets[i].width_mm) < preset_slack_mm) preset = static_cast<int>(i) + 1;
  preset_->setCurrentIndex(preset);
  unit_->setCurrentIndex(unit_index(now.unit));
  colors_->setCurrentIndex(!choice_.colors ? 0 : *choice_.colors == Theme::light ? 1 : 2);
  proportions_->setChecked(choice_.keep_proportions);
  if (transparent_) transparent_->setChecked(choice_.transparent);
}

QString FigureBox::facts(const FigureLayout& layout) const {
  const auto pt = [&](double px) { return QString::number(px * layout.pt_per_px, 'f', 2); };
  const QString dots = tr("PNG of %1 × %2 pixels.").arg(layout.dots_across()).arg(layout.dots_down());
  return dots + ' ' +
         (source_.in_3d ? tr("Lines: %1\u00a0pt.").arg(pt(1))
                        : tr("Lines: axes %1\u00a0pt, traces %2\u00a0pt.").arg(pt(1), pt(1.5)));
}

void FigureBox::show_all() {
  show_numbers();
  const auto layout = figure_layout(size());
  QString why = layout ? QString() : to_qtext(layout.error());
  if (layout && source_.problem) why = source_.problem(*layout);
  problem_->setText(why);
  problem_->setVisible(!why.isEmpty());
  facts_->setText(layout ? facts(*layout) : QString());
  save_->setEnabled(why.isEmpty());
  if (why.isEmpty()) preview_->show_picture(source_.picture(*layout, theme(), choice_.transparent));
  else preview_->show_nothing();
}

FilePicture FigureBox::picture() const {
  const auto layout = figure_layout(size());
  return source_.picture(layout ? *layout : source_.screen, theme(), source_.in_3d && choice_.transparent);
}

QString FigureBox::problem() const { return problem_->text(); }

}  // namespace cnv::desktop
