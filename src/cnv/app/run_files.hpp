// What a run leaves behind: picture of the window, report, dump of the viewer's store.
#pragma once

#include <QImage>
#include <QString>

#include "cnv/core/scene_store.hpp"
#include "cnv/desktop/viewer_window.hpp"
#include "cnv/protocol/host_messages.hpp"

namespace cnv::app {

// Each returns an empty text, or what could not be written and why.
QString write_picture(const std::string& path, const QImage& picture);
// `viewer` are the viewer's own figures; the session's come with the request.
QString write_report(const std::string& path, const Dict& session, const Dict& viewer, const SceneStore& store);
// Each field as <field>.npy with its coordinates <field>.<dim>.npy, and scene.json.
QString write_dump(const std::string& folder, const SceneStore& store);
// Each plot as it is shown, into the folder `plots` of the dump: <view id>.svg, .pdf and .csv. `figure`: the size of
// all pictures, as --figure takes it; then also .png, of cells and surfaces too. Empty: as in the window.
QString write_plots(const std::string& dump, const std::string& figure, desktop::ViewerWindow& window);

}  // namespace cnv::app
