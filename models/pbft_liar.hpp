// What a faulty replica of PBFT does that lies, but tells everybody the same (see pbft.hpp). A
// replica that equivocates needs no steps: what it may have sent is worked out from what it can
// sign.
#pragma once

#include <cstddef>
#include <cstdint>

#include "models/pbft_messages.hpp"
#include "models/pbft_state.hpp"

namespace everyway::pbft {

/// VIEW-CHANGE for this view, once: without a certificate, or with any that it can show.
template <class Step>
void say_view_change(const Setting& setting, const State& s, NodeId i, std::size_t view,
                     Step& step) {
  if (s.replicas[i].records[view].view_change) return;
  const auto say = [&](Claim claim) {
    step(Action{Kind::time_out, i, static_cast<std::uint8_t>(view), ValueId::none(), claim},
         [i, view, claim](State& t) {
           t.replicas[i].records[view].view_change = true;
           t.replicas[i].records[view].claim = claim;
         });
  };
  say(Claim{});
  const Messages messages(setting, s);
  for (std::size_t origin = 0; origin < view; ++origin) {
    setting.for_each_request([&](ValueId request) {
      if (!messages.can_show(origin, request)) return;
      say(Claim{static_cast<std::uint8_t>(origin + 1), request});
    });
  }
}

/// NEW-VIEW as the primary of this view, once, with any proof that it finds. It holds PRE-PREPARE
/// for what it carries over, so that must not be the second one.
template <class Step>
void say_new_view(const Setting& setting, const State& s, NodeId i, std::size_t view, Step& step) {
  const Record& said = s.replicas[i].records[view];
  if (setting.primary(view) != i || said.entered) return;
  const Messages messages(setting, s);
  setting.for_each_request_or_none([&](ValueId request) {
    const bool second = !said.accepted.empty() && !said.accepted.contains(request);
    if (!messages.can_prove(view, request) || (!request.is_none() && second)) return;
    step(Action{Kind::send_new_view, i, static_cast<std::uint8_t>(view), request, {}},
         [i, view, request](State& t) {
           Record& record = t.replicas[i].records[view];
           record.entered = true;
           record.carried = request;
           if (!request.is_none()) record.accepted.insert(request);
         });
  });
}

/// PRE-PREPARE or PREPARE, and COMMIT: for any request, whatever was proposed or prepared.
template <class Step>
void say_normal_case(const Setting& setting, const State& s, NodeId i, std::size_t view,
                     Step& step) {
  const Record& said = s.replicas[i].records[view];
  const auto v = static_cast<std::uint8_t>(view);
  setting.for_each_request([&](ValueId request) {
    if (said.accepted.empty()) {
      const Kind kind = setting.primary(view) == i ? Kind::propose : Kind::accept;
      step(Action{kind, i, v, request, {}},
           [i, view, request](State& t) { t.replicas[i].records[view].accepted.insert(request); });
    }
    if (said.prepared.empty()) {
      step(Action{Kind::become_prepared, i, v, request, {}},
           [i, view, request](State& t) { t.replicas[i].records[view].prepared.insert(request); });
    }
  });
}

/// All that the faulty replica may send next. Views do not bind it.
template <class Step>
void say_anything(const Setting& setting, const State& s, NodeId i, Step& step) {
  for (std::size_t view = 0; view < setting.views; ++view) {
    say_normal_case(setting, s, i, view, step);
    if (view == 0) continue;
    say_view_change(setting, s, i, view, step);
    say_new_view(setting, s, i, view, step);
  }
}

}  // namespace everyway::pbft
