// Paints the window's widgets with example data in both themes: desktop_gallery FOLDER writes window, error and loading
// pictures for each theme. For looking at; no test.
#include <QApplication>
#include <QDir>
#include <QMainWindow>
#include <QMenuBar>
#include <QVBoxLayout>
#include <cstdio>

#include "cnv/desktop/controls/check_control.hpp"
#include "cnv/desktop/controls/choice_control.hpp"
#include "cnv/desktop/controls/controls_panel.hpp"
#include "cnv/desktop/controls/slider_control.hpp"
#include "cnv/desktop/controls/spin_control.hpp"
#include "cnv/desktop/controls/xy_control.hpp"
#include "cnv/desktop/dock.hpp"
#include "cnv/desktop/error_strip.hpp"
#include "cnv/desktop/loading_page.hpp"
#include "cnv/desktop/status_line.hpp"
#include "cnv/desktop/theme.hpp"
#include "cnv/desktop/time_bar.hpp"
#include "cnv/desktop/track.hpp"

using namespace cnv::desktop;

namespace {

ControlsPanel* example_controls() {
  auto* amplitude =
      new SliderControl({.id = "amp", .label = "Amplitude", .unit = "nA", .min = 0, .max = 1, .default_value = 0.6});
  auto* duration =
      new SliderControl({.id = "dur", .label = "Duration", .unit = "ms", .min = 0, .max = 5, .default_value = 1.2});
  auto* gkbar =
      new SliderControl({.id = "gk", .label = "gkbar", .unit = "S/cm²", .min = 0, .max = 0.07, .default_value = 0.036});
  gkbar->set_value(0.028);
  auto* panel = new ControlsPanel;
  panel->set_contents(
      {{"Stimulus",
        {amplitude, duration, new ChoiceControl({"site", "Site", {"soma(0.5)", "dend[12](0.47)"}, "soma(0.5)"}),
         new CheckControl({"p", "Passive spines", true})}},
       {"Channels",
        {new SliderControl({.id = "gna",
                            .label = "gnabar, log",
                            .unit = "S/cm²",
                            .min = 0.001,
                            .max = 1,
                            .default_value = 0.12,
                            .log = true}),
         gkbar,
         new SpinControl({.id = "n", .label = "Synapses on the dendrite", .min = 0, .max = 100, .default_value = 12})}},
       {"",
        {new XyControl({.id = "e",
                        .label = "Electrode",
                        .x_unit = "µm",
                        .y_unit = "µm",
                        .x_max = 40,
                        .y_max = 44,
                        .default_value = {24, 28}})}}},
      {new ActionButton({"pulse", "Inject pulse", {"I"}}), new ActionButton({"ttx", "Apply TTX", {"T"}})});
  return panel;
}

FailureText example_failure() {
  FailureText failure{.title = "setup_model stopped with ValueError",
                      .place = "granule_cell.py, line 42, in setup_model",
                      .message = "argument not a density mechanism name: nax",
                      .hint = "Check the name, or compile the folder that defines it, then build again.",
                      .retry_text = "Build again",
                      .traceback = "Traceback (most recent call last): …",
                      .frames = 3,
                      .user_frames = 1};
  const char* lines[] = {"    for sec in dends:", "        sec.insert('pas')", "        sec.insert('nax')",
                         "        sec.gnabar_nax = params.gnabar", "    return soma, dends"};
  for (int i = 0; i < 5; ++i) failure.excerpt.push_back({40 + i, lines[i], i == 2});
  return failure;
}

// One window: kind 0 running, 1 error, 2 loading.
void paint_window(int kind, const QString& path) {
  QMainWindow window;
  for (const char* name : {"File", "Edit", "View", "Simulation", "Panels", "Help"}) window.menuBar()->addMenu(name);
  auto* central = new QWidget;
  auto* column = new QVBoxLayout(central);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* strip = new ErrorStrip;
  auto* board = new QMainWindow;
  auto* time_bar = new TimeBar;
  auto* status = new StatusLine;
  column->addWidget(strip);
  column->addWidget(board, 1);
  column->addWidget(time_bar);
  column->addWidget(status);
  window.setCentralWidget(central);
  auto* loading = new LoadingPage;
  loading->set_title("Granule cell", "granule_cell.py");
  loading->set_steps({{"Build model", "", "done", 0.11},
                      {"Read morphology", "Animal_2_Basal_2.CNG.swc, 70,988 segments", "done", 0.34},
                      {"Compile mechanisms", "2 of 3: nax.mod", "current", 0.41},
                      {"Initialise", "", "pending", 0}});
  auto* left = new PanelDock;
  left->set_title("Morphology", "70,988 segments");
  left->set_content(loading);
  left->add_tool(Icon::fit, "Fit (F)");
  left->add_tool(Icon::color_bar, "Colours");
  auto* right = new PanelDock;
  right->set_title("Controls", "");
  auto* controls = example_controls();
  right->set_content(controls);
  board->addDockWidget(Qt::LeftDockWidgetArea, left);
  board->addDockWidget(Qt::RightDockWidgetArea, right);
  window.resize(1440, 900);
  window.show();
  board->resizeDocks({left, right}, {1217, 222}, Qt::Horizontal);
  strip->hide();
  time_bar->set_time(kind == 2 ? 0 : 123.45);
  time_bar->set_running(kind == 0);
  if (kind == 0) {
    time_bar->set_achieved(19.8, true);
    status->set_figures(60, 17, 0);
    status->show_message("Amplitude set to 0.60 nA", 0);
    QApplication::setActiveWindow(&window);
    controls->findChild<Track*>()->setFocus(Qt::TabFocusReason);
  } else {
    time_bar->set_active(false);
    controls->set_active(false);
  }
  if (kind == 1) {
    strip->show_failure(example_failure());
    status->show_error("Model not built: setup_model stopped at granule_cell.py:42");
  }
  if (kind == 2) controls->set_contents({}, {}), controls->set_empty_text("Controls of the model appear here");
  for (int i = 0; i < 3; ++i) QApplication::processEvents();
  if (!window.grab().save(path)) std::fprintf(stderr, "cannot write %s\n", qPrintable(path));
}

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  const QDir folder(argc > 1 ? argv[1] : ".");
  ThemeManager themes(application, ThemeChoice::light);
  for (const auto& [choice, name] : {std::pair{ThemeChoice::light, "light"}, std::pair{ThemeChoice::dark, "dark"}}) {
    themes.choose(choice);
    int kind = 0;
    for (const char* what : {"window", "error", "loading"})
      paint_window(kind++, folder.filePath(QStringLiteral("%1-%2.png").arg(what, name)));
  }
  return 0;
}
