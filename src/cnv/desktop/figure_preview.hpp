// FigurePreview: a figure on its paper, made small. GUI thread.
#pragma once

#include <QImage>
#include <QWidget>

namespace cnv::desktop {

struct FilePicture;

class FigurePreview : public QWidget {
  Q_OBJECT

 public:
  explicit FigurePreview(QWidget* parent = nullptr);
  // Drawn in the size that it has here.
  void show_picture(const FilePicture& picture);
  void show_nothing();
  const QImage& image() const { return image_; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QImage image_;
};

}  // namespace cnv::desktop
