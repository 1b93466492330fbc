// Files of a plot, written and read back.
#include "cnv/desktop/plot_export.hpp"

#include <gmock/gmock.h>

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <map>

#include "cnv/desktop/text.hpp"
#include "view/scenes.hpp"

namespace cnv::desktop {
namespace {

struct PlotExportTest : testing::Test {
  QTemporaryDir folder;
  SceneModel model;

  void SetUp() override {
    Scene scene;
    scene.fields.set("history", scenes::history_field({"soma(0.5)", "dend & <tip>", "axon(1)"}, 200, 0.5));
    scene.views.set("p", LinePlotViewSpec{.id = "p",
                                          .field_id = "history",
                                          .x_dim = "time",
                                          .series_dim = "segment",
                                          .x_label = "t",
                                          .y_label = "v",
                                          .x_unit = "ms",
                                          .y_unit = "mV"});
    model.apply(std::vector<Update>{SceneReady{scene}}, 0);
    view().layout(420, 300, QtFontMetrics());
  }
  LinePlotView& view() { return *model.line_plot("p"); }
  PlotExport plot(Theme theme = Theme::light) { return PlotExport(model, view(), theme); }
  QString write(const QString& path, const QString& title) { return write_picture_file(plot().picture(), path, title); }
  QString path(const char* name) { return folder.filePath(QLatin1String(name)); }
  static QByteArray bytes(const QString& path) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << qPrintable(path);
    return file.readAll();
  }
};

TEST_F(PlotExportTest, an_svg_is_xml_with_one_group_per_trace_and_whole_texts) {
  ASSERT_EQ(write(path("p.svg"), "My plot"), QString());
  QXmlStreamReader xml(bytes(path("p.svg")));
  QStringList texts, titles, traces;
  std::vector<int> points;
  while (!xml.atEnd()) {
    xml.readNext();
    if (!xml.isStartElement()) continue;
    const QString id = xml.attributes().value("id").toString();
    if (id.startsWith("trace-")) traces << id;
    if (xml.name() == u"path" && !traces.isEmpty() && points.size() < static_cast<std::size_t>(traces.size()))
      points.push_back(static_cast<int>(xml.attributes().value("d").toString().count(' ') + 1) / 2);
    if (xml.name() == u"title") titles << xml.readElementText();
    else if (xml.name() == u"text") texts << xml.readElementText();
  }
  ASSERT_FALSE(xml.hasError()) << qPrintable(xml.errorString());
  EXPECT_EQ(titles, QStringList({"My plot", "soma(0.5)", "dend & <tip>", "axon(1)"}));
  EXPECT_EQ(traces.size(), 3);
  EXPECT_EQ(points, (std::vector<int>{200, 200, 200}));
  for (const char* text : {"t (ms)", "v (mV)", "20", "100", "dend & <tip>"})
    EXPECT_TRUE(texts.contains(QLatin1String(text))) << text;
  EXPECT_FALSE(texts.contains(QLatin1String("mV"))) << "values of the moment, and their unit, are not of a figure";
}

TEST_F(PlotExportTest, a_pdf_is_one_page_of_the_pictures_size_with_fonts) {
  ASSERT_EQ(write(path("p.pdf"), "My plot"), QString());
  const QByteArray pdf = bytes(path("p.pdf"));
  EXPECT_TRUE(pdf.startsWith("%PDF-1."));
  EXPECT_TRUE(pdf.trimmed().endsWith("%%EOF"));
  EXPECT_EQ(pdf.count("/Type /Page\n"), 1);
  EXPECT_TRUE(pdf.contains("/FontFile"));
  const auto box = QRegularExpression(R"(/MediaBox \[0 0 ([\d.]+) ([\d.]+)\])").match(QString::fromLatin1(pdf));
  ASSERT_TRUE(box.hasMatch());
  EXPECT_NEAR(box.captured(1).toDouble(), 420 * 0.75, 1);
  EXPECT_NEAR(box.captured(2).toDouble(), 300 * 0.75, 1);
  const QString reader = QStandardPaths::findExecutable("pdftotext");
  if (reader.isEmpty()) return;
  QProcess process;
  process.start(reader, {path("p.pdf"), "-"});
  ASSERT_TRUE(process.waitForFinished());
  const QString text = QString::fromUtf8(process.readAllStandardOutput());
  for (const char* part : {"soma(0.5)", "t (ms)", "100"}) EXPECT_TRUE(text.contains(QLatin1String(part))) << part;
}

TEST_F(PlotExportTest, a_png_has_three_hundred_dots_per_inch) {
  ASSERT_EQ(write(path("p.png"), "My plot"), QString());
  const QImage image(path("p.png"));
  EXPECT_EQ(image.size(), QSize(1313, 938));
  EXPECT_NEAR(image.dotsPerMeterX() * 0.0254, 300, 0.5);
}

TEST_F(PlotExportTest, a_coarse_picture_shows_what_a_fine_one_shows) {
  const auto layout = figure_layout({.width = 85, .height = 60, .font_pt = 7, .dpi = 600});
  ASSERT_TRUE(layout.ok()) << layout.error();
  const PlotExport taken = plot();
  const FilePicture picture = taken.picture(*layout);
  const QImage fine = picture_image(picture, 4);
  for (const double ratio : {0.25, 0.4, 0.7, 0.95}) {
    const QImage coarse = picture_image(picture, ratio);
    EXPECT_EQ(coarse.width(), std::lround(layout->width_px * ratio));
    EXPECT_EQ(coarse.devicePixelRatio(), ratio);
    const QImage reduced = fine.scaled(coarse.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    int differ = 0;
    for (int y = 0; y < coarse.height(); ++y)
      for (int x = 0; x < coarse.width(); ++x) {
        const QRgb a = coarse.pixel(x, y), b = reduced.pixel(x, y);
        differ += std::abs(qGreen(a) - qGreen(b)) + std::abs(qAlpha(a) - qAlpha(b)) > 110;
      }
    EXPECT_LT(differ, coarse.width() * coarse.height() / 50) << ratio;
  }
}

// A column of a journal: page, box and text of each kind of file are those asked for.
TEST_F(PlotExportTest, a_figure_has_its_size_on_paper_in_every_kind_of_file) {
  const auto layout = figure_layout({.width = 85, .height = 60, .font_pt = 7, .dpi = 600});
  ASSERT_TRUE(layout.ok()) << layout.error();
  const PlotExport taken = plot();
  for (const char* name : {"f.svg", "f.pdf", "f.png"})
    ASSERT_EQ(write_picture_file(taken.picture(*layout), path(name), "My plot"), QString());

  QXmlStreamReader xml(bytes(path("f.svg")));
  ASSERT_TRUE(xml.readNextStartElement());
  EXPECT_EQ(xml.attributes().value("width"), u"85mm");
  EXPECT_EQ(xml.attributes().value("height"), u"60mm");
  const auto box = xml.attributes().value("viewBox").toString().split(' ');
  ASSERT_EQ(box.size(), 4);
  const double pt_per_unit = 85 / 25.4 * 72 / box[2].toDouble();
  EXPECT_NEAR(box[3].toDouble() * pt_per_unit, 60 / 25.4 * 72, 1e-3);
  std::map<QString, double> points;  // of each text
  while (!xml.atEnd())
    if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"text") {
      const double size = xml.attributes().value("font-size").toDouble() * pt_per_unit;
      points[xml.readElementText()] = size;
    }
  EXPECT_NEAR(points["t (ms)"], 7, 1e-3);
  EXPECT_NEAR(points["100"], 7, 1e-3);
  EXPECT_NEAR(points["axon(1)"], 7 * 12 / 11.0, 1e-3);

  const auto page =
      QRegularExpression(R"(/MediaBox \[0 0 ([\d.]+) ([\d.]+) *\])").match(QString::fromLatin1(bytes(path("f.pdf"))));
  ASSERT_TRUE(page.hasMatch());
  EXPECT_NEAR(page.captured(1).toDouble(), 85 / 25.4 * 72, 1e-5);
  EXPECT_NEAR(page.captured(2).toDouble(), 60 / 25.4 * 72, 1e-5);

  const QImage image(path("f.png"));
  EXPECT_EQ(image.size(), QSize(2008, 1417));
  EXPECT_NEAR(image.dotsPerMeterX() * 0.0254, 600, 0.5);
  // Its right and lower edges are painted too.
  EXPECT_EQ(image.pixelColor(2007, 1416).alpha(), 255);
}

TEST_F(PlotExportTest, a_small_figure_has_fewer_ticks_and_not_smaller_ones) {
  const auto ticks = [&](double width_mm) {
    const auto layout = figure_layout({.width = width_mm, .height = 60, .font_pt = 8});
    const std::string svg = plot().picture(*layout).svg("");
    const auto labels = svg.find("<g id=\"labels\">");
    return QString::fromStdString(svg.substr(labels, svg.find("</g>", labels) - labels))
        .count("text-anchor=\"middle\"");
  };
  EXPECT_GE(ticks(174), ticks(40) + 2);
  EXPECT_GE(ticks(40), 2);
}

TEST_F(PlotExportTest, room_for_neighbours_in_the_window_is_left_in_its_size_only) {
  const auto left_of_axis = [&](const FigureLayout& layout) {
    const std::string svg = plot().picture(layout).svg("");
    const auto path = svg.find("d=\"M", svg.find("<g id=\"axes\">"));
    return std::stod(svg.substr(path + 4));
  };
  const auto paper = figure_layout({.width = 100, .height = 60});
  ASSERT_TRUE(paper.ok()) << paper.error();
  const double alone = left_of_axis(plot().screen()), alone_on_paper = left_of_axis(*paper);
  view().set_least_margins({alone + 60, 0});
  view().layout(420, 300, QtFontMetrics());
  EXPECT_GT(left_of_axis(plot().screen()), alone + 50);
  EXPECT_EQ(left_of_axis(*paper), alone_on_paper);
}

TEST_F(PlotExportTest, light_colours_out_of_a_dark_window) {
  model.set_theme(Theme::dark, 0);
  view().layout(420, 300, QtFontMetrics());
  EXPECT_EQ(picture_image(plot(Theme::light).picture(), 1).pixelColor(1, 298), QColor(0xff, 0xff, 0xff));
  EXPECT_EQ(picture_image(plot(Theme::dark).picture(), 1).pixelColor(1, 298), QColor(0x16, 0x18, 0x1c));
}

TEST_F(PlotExportTest, the_cursor_of_the_pointer_is_not_part_of_a_picture) {
  model.set_cursor(Cursor{"time", 10}, 0);
  ASSERT_TRUE(view().layout(420, 300, QtFontMetrics()).cursor.has_value());
  ASSERT_EQ(write(path("p.svg"), ""), QString());
  EXPECT_FALSE(bytes(path("p.svg")).contains("cursor"));
}

TEST_F(PlotExportTest, the_copy_stays_what_the_user_saw_and_a_trimmed_plot_still_saves_all) {
  model.apply(std::vector<Update>{ScenePatch{
                  .view_updates = {{"p", Dict{{"rolling_window", 10.0}, {"trim_to_rolling_window", true}}}}}},
              0);
  view().layout(420, 300, QtFontMetrics());
  const PlotExport taken = plot();
  model.apply(
      std::vector<Update>{FieldReplace{"history", scenes::floats(std::vector<float>(600, -1), {3, 200}), {}, {}}}, 0);
  EXPECT_EQ(taken.write_table(path("all.csv"), CsvPart::stored), QString());
  EXPECT_EQ(taken.write_table(path("shown.csv"), CsvPart::shown), QString());
  const QByteArray all = bytes(path("all.csv")), shown = bytes(path("shown.csv"));
  EXPECT_TRUE(all.startsWith("t (ms),soma(0.5) (mV),dend & <tip> (mV),axon(1) (mV)\n0,0,100,200\n0.5,1,101,201\n"));
  EXPECT_EQ(all.count('\n'), 201);
  EXPECT_EQ(shown.count('\n'), 22);
  EXPECT_FALSE(all.contains("-1"));
}

TEST_F(PlotExportTest, what_cannot_be_written_is_said_with_the_path) {
  const QString nowhere = path("no such folder/p.png");
  EXPECT_TRUE(write(nowhere, "").contains(nowhere));
  EXPECT_TRUE(plot().write_table(path("no such folder/p.csv"), CsvPart::shown).contains("no such folder"));
  EXPECT_TRUE(write(path("p.gif"), "").contains(".svg"));
  EXPECT_FALSE(QFile::exists(path("p.gif")));
}

TEST(FileName, holds_no_separators_and_is_not_hidden) {
  EXPECT_EQ(file_name("v at dend[3](0.5)"), "v at dend[3](0.5)");
  EXPECT_EQ(file_name("a/b\\c:d"), "a_b_c_d");
  EXPECT_EQ(file_name(".v"), "_.v");
}

}  // namespace
}  // namespace cnv::desktop
