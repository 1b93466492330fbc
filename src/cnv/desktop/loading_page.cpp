#include "cnv/desktop/loading_page.hpp"

#include <QPainter>
#include <algorithm>

#include "cnv/desktop/buttons.hpp"
#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {
constexpr double block_width = 480, row_height = 28, head_height = 82;
}

LoadingPage::LoadingPage(QWidget* parent) : QWidget(parent), title_("CompNeuroVis") {
  cancel_ = new PushButton(tr("Cancel"), this);
  cancel_->set_key_hint("Esc");
  connect(cancel_, &QAbstractButton::clicked, this, &LoadingPage::cancelled);
  since_steps_.start();
  tick_.setInterval(100);
  connect(&tick_, &QTimer::timeout, this, [this] {
    if (isVisible()) update();
  });
}

void LoadingPage::set_title(const QString& title, const QString& subtitle) {
  title_ = title;
  subtitle_ = subtitle == title ? QString() : subtitle;
  update();
}

void LoadingPage::set_steps(std::vector<LoadingStep> steps) {
  steps_ = std::move(steps);
  since_steps_.restart();
  const bool working = std::any_of(steps_.begin(), steps_.end(), [](const auto& s) { return s.state == "current"; });
  working ? tick_.start() : tick_.stop();
  place_button();
  update();
}

void LoadingPage::set_failed(bool failed) {
  failed_ = failed;
  cancel_->setVisible(!failed);
  update();
}

void LoadingPage::set_note(const QString& note) {
  note_ = note;
  update();
}

double LoadingPage::present_seconds() const { return 1e-3 * static_cast<double>(since_steps_.elapsed()); }

QRectF LoadingPage::block() const {
  const double w = std::min(block_width, width() - 48.0),
               h = head_height + row_height * static_cast<double>(std::max<std::size_t>(steps_.size(), 1)) + 44;
  return {std::floor((width() - w) / 2), std::floor((height() - h) / 2), w, h};
}

void LoadingPage::place_button() {
  const QRectF area = block();
  const QSize size = cancel_->sizeHint();
  cancel_->setGeometry(static_cast<int>(area.right()) - size.width(), static_cast<int>(area.bottom()) - size.height(),
                       size.width(), size.height());
}

void LoadingPage::resizeEvent(QResizeEvent*) { place_button(); }

void LoadingPage::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), ink(&Tokens::panel));
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF area = block();
  painter.setPen(ink(&Tokens::text1));
  draw_text(painter, QRectF(area.x(), area.y(), area.width(), 26), Qt::AlignLeft | Qt::AlignVCenter, title_,
            ui_font(20, 600));
  painter.setPen(ink(&Tokens::text2));
  draw_text(painter, QRectF(area.x(), area.y() + 30, area.width(), 18), Qt::AlignLeft | Qt::AlignVCenter, subtitle_,
            ui_font(12));
  // The bar counts steps: how long the present one takes is not known.
  const double total = std::max<double>(4, static_cast<double>(steps_.size()) + 1);
  const auto done =
      static_cast<double>(std::count_if(steps_.begin(), steps_.end(), [](const auto& s) { return s.state == "done"; }));
  const QRectF bar(area.x(), area.y() + 58, area.width(), 4);
  painter.fillRect(bar, ink(&Tokens::sep));
  painter.fillRect(QRectF(bar.x(), bar.y(), bar.width() * (done + 0.5) / total, bar.height()), ink(&Tokens::accent));
  double y = area.y() + head_height;
  for (const auto& step : steps_) {
    const bool current = step.state == "current", failed = step.state == "failed";
    const Icon icon = failed ? Icon::error : step.state == "done" ? Icon::check : current ? Icon::dot : Icon::circle;
    paint_icon(painter, icon, QPointF(area.x() - 1, y + 6),
               ink(failed                 ? &Tokens::error
                   : step.state == "done" ? &Tokens::done
                   : current              ? &Tokens::accent
                                          : &Tokens::text2));
    const QFont name = ui_font(12, current ? 600 : 400);
    painter.setPen(ink(current || failed ? &Tokens::text1 : &Tokens::text2));
    draw_text(painter, QRectF(area.x() + 24, y, area.width() - 24, row_height), Qt::AlignLeft | Qt::AlignVCenter,
              step.name, name);
    painter.setPen(ink(&Tokens::text2));
    draw_text(painter, QRectF(area.x() + 34 + text_width(step.name, name), y, area.width() - 100, row_height),
              Qt::AlignLeft | Qt::AlignVCenter, step.detail, ui_font(12));
    if (step.state == "done" || current) {
      const double seconds = step.seconds + (current ? present_seconds() : 0);
      draw_text(painter, QRectF(area.right() - 60, y, 60, row_height), Qt::AlignRight | Qt::AlignVCenter,
                QString::number(seconds, 'f', current ? 1 : 2) + QStringLiteral("\u2009s"), ui_font(12));
    }
    y += row_height;
  }
  painter.setPen(ink(&Tokens::text2));
  draw_text(painter, QRectF(area.x(), area.bottom() - 28, area.width() - 100, 28), Qt::AlignLeft | Qt::AlignVCenter,
            failed_            ? tr("The start has failed; what went wrong stands above.")
            : !note_.isEmpty() ? note_
                               : tr("The simulation starts when the first picture is shown."),
            ui_font(12));
}

}  // namespace cnv::desktop
