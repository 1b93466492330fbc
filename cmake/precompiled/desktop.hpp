// Read once for all files of the window (precompiled). Each file still includes what it uses.
#pragma once

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QDockWidget>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTimer>
#include <QToolButton>
#include <QWidgetAction>

#include "cnv/view/scene_model.hpp"
#include "model.hpp"
