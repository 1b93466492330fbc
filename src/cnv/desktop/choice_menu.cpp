#include "cnv/desktop/choice_menu.hpp"

#include "cnv/desktop/text.hpp"
#include "cnv/desktop/theme.hpp"

namespace cnv::desktop {
namespace {

void add_one(QMenu& menu, const Choice& choice, const std::function<void(const std::string&)>& chosen) {
  QString text = to_qtext(choice.label).replace('&', "&&");
  // A strip of colours takes the place of the check mark.
  if (choice.colors && choice.chosen) text += QStringLiteral("\t✓");
  else if (!choice.detail.empty()) text += '\t' + to_qtext(choice.detail);
  auto* action = menu.addAction(text);
  action->setCheckable(true);
  action->setChecked(choice.chosen);
  action->setData(to_qtext(choice.id));
  if (choice.colors) action->setIcon(map_icon(*choice.colors));
  QObject::connect(action, &QAction::triggered, &menu, [chosen, id = choice.id] { chosen(id); });
}

}  // namespace

QIcon map_icon(const ColorTable& colors) {
  QImage image(16, 16, QImage::Format_ARGB32);
  image.fill(Qt::transparent);
  for (int x = 0; x < 16; ++x)
    for (int y = 2; y < 14; ++y) image.setPixelColor(x, y, to_qcolor(colors[static_cast<std::size_t>(x * 17)]));
  return QIcon(QPixmap::fromImage(image));
}

void add_choices(QMenu& menu, const std::vector<Choice>& choices,
                 const std::function<void(const std::string& id)>& chosen, Groups groups) {
  for (const auto& choice : choices) {
    if (choice.inner.empty()) {
      add_one(menu, choice, chosen);
      continue;
    }
    const QString label = to_qtext(choice.label).replace('&', "&&");
    if (groups == Groups::submenus) {
      auto* inner = menu.addMenu(label);
      // The way to the present choice shows.
      inner->menuAction()->setCheckable(true);
      inner->menuAction()->setChecked(choice.chosen);
      add_choices(*inner, choice.inner, chosen, groups);
    } else {
      menu.addSeparator();
      menu.addAction(label)->setEnabled(false);
      add_choices(menu, choice.inner, chosen, groups);
    }
  }
}

}  // namespace cnv::desktop
