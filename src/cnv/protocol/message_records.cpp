#include "cnv/core/one_of_members.hpp"
#include "cnv/core/record_members.hpp"
#include "cnv/protocol/message_tables.hpp"

CNV_RECORD(cnv::Reset)
CNV_RECORD(cnv::SetControl)
CNV_RECORD(cnv::InvokeAction)
CNV_RECORD(cnv::KeyPressed)
CNV_RECORD(cnv::EntityClicked)
CNV_RECORD(cnv::StopSession)
CNV_RECORD(cnv::Hello)
CNV_RECORD(cnv::Ack)
CNV_RECORD(cnv::FirstFrame)
CNV_RECORD(cnv::KeyEvent)
CNV_RECORD(cnv::ActionEvent)
CNV_RECORD(cnv::EntityEvent)
CNV_RECORD(cnv::ControlEvent)
CNV_RECORD(cnv::ViewProblem)
CNV_RECORD(cnv::StateEvent)
CNV_RECORD(cnv::RunControl)
CNV_RECORD(cnv::Bye)
CNV_RECORD(cnv::Finished)
CNV_RECORD(cnv::Welcome)
CNV_RECORD(cnv::Restart)
CNV_RECORD(cnv::RunState)
CNV_RECORD(cnv::Batch)
CNV_RECORD(cnv::ProgressStep)
CNV_RECORD(cnv::Progress)
CNV_RECORD(cnv::SessionFailure)
CNV_RECORD(cnv::Counters)
CNV_RECORD(cnv::Finish)
CNV_RECORD(cnv::Close)

namespace cnv {
template class OneOf<Reset, SetControl, InvokeAction, KeyPressed, EntityClicked, StopSession>;
template class OneOf<Hello, Ack, FirstFrame, KeyEvent, ActionEvent, EntityEvent, ControlEvent, StateEvent, RunControl,
                     Bye, Finished, ViewProblem>;
template class OneOf<Welcome, Batch, RunState, Progress, SessionFailure, Counters, Finish, Close, Restart>;
}  // namespace cnv
