// What one replica of PBFT does with one message after the other, as Miguel Castro and Barbara
// Liskov tell it in "Practical Byzantine Fault Tolerance" (OSDI 1999), sections 4.2 and 4.4.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace everyway::testing {

/// Numbers are plain here: replicas from 0, requests from 1 (0 is none).
struct PbftMessage {
  enum class Type : std::uint8_t { pre_prepare, prepare, commit, view_change, new_view };
  Type type{};
  unsigned from = 0;
  unsigned view = 0;
  unsigned request = 0;  ///< VIEW-CHANGE: that of the certificate; NEW-VIEW: what it carries over
  int origin = -1;       ///< VIEW-CHANGE: the view of the certificate; -1 without one
};

/// What a VIEW-CHANGE tells: the certificate's view and request.
struct PbftClaim {
  static constexpr std::int8_t no_message = -2;
  std::int8_t origin = no_message;  ///< -1: that there is no certificate
  std::uint8_t request = 0;

  [[nodiscard]] bool known() const { return origin != no_message; }
};

inline constexpr unsigned pbft_requests = 2;
inline constexpr unsigned pbft_views = 2;

/// One replica's log for one view. Bit i of a mask is replica i.
struct PbftLog {
  std::array<std::uint16_t, pbft_requests + 1> prepares{};
  std::array<std::uint16_t, pbft_requests + 1> commits{};
  std::uint8_t pre_prepare = 0;
  std::uint8_t prepared = 0;
  std::uint8_t executed = 0;
  bool asked = false;
  bool entered = false;
  std::uint8_t carried = 0;
};

template <std::size_t N>
struct PbftReplica {
  std::array<PbftLog, pbft_views> logs{};
  std::array<PbftClaim, N> claims{};  ///< the VIEW-CHANGEs for view 1, by sender
  std::uint16_t view = 0;
};

/// What correct replicas do with one message. What they send is multicast; their own PREPARE and
/// COMMIT count for them when they arrive, as those of others do.
template <std::size_t N>
class PbftProcess {
 public:
  using Replica = PbftReplica<N>;
  using Type = PbftMessage::Type;
  using Sent = std::vector<PbftMessage>;

  explicit PbftProcess(unsigned quorum) : quorum_(quorum) {}

  static unsigned primary(unsigned view) { return view % N; }

  void propose(Replica& me, unsigned self, unsigned request, Sent& sent) const {
    me.logs[me.view].pre_prepare = static_cast<std::uint8_t>(request);
    sent.push_back({Type::pre_prepare, self, me.view, request});
    check(me, self, sent);
  }

  void time_out(Replica& me, unsigned self, Sent& sent) const {
    const PbftClaim claim = certificate(me);
    ++me.view;
    me.logs[me.view].asked = true;
    sent.push_back({Type::view_change, self, me.view, claim.request, claim.origin});
  }

  void receive(Replica& me, unsigned self, const PbftMessage& m, Sent& sent) const {
    PbftLog& log = me.logs[m.view];
    const bool active = me.view == m.view && log.entered;
    const auto sender = static_cast<std::uint16_t>(1U << m.from);
    switch (m.type) {
      case Type::pre_prepare:
        if (!active || log.pre_prepare != 0 || m.from != primary(m.view)) return;
        return accept(me, self, m.request, sent);
      case Type::prepare:
        if (!active || m.from == primary(m.view) || log.prepared != 0) return;
        log.prepares[m.request] |= sender;
        return check(me, self, sent);
      case Type::commit:
        if (!active || log.executed != 0) return;
        log.commits[m.request] |= sender;
        return check(me, self, sent);
      case Type::view_change:
        if (self != primary(m.view) || m.from == self || !may_enter(me, m.view)) return;
        if (me.claims[m.from].known()) return;
        me.claims[m.from] = {static_cast<std::int8_t>(m.origin),
                             static_cast<std::uint8_t>(m.request)};
        return;
      case Type::new_view:
        if (!may_enter(me, m.view) || m.from != primary(m.view)) return;
        enter(me, m.view);
        if (m.request != 0) accept(me, self, m.request, sent);
    }
  }

  void send_new_view(Replica& me, unsigned self, unsigned view, unsigned carried,
                     Sent& sent) const {
    enter(me, view);
    me.logs[view].asked = true;
    me.logs[view].carried = static_cast<std::uint8_t>(carried);
    me.logs[view].pre_prepare = static_cast<std::uint8_t>(carried);
    me.claims.fill({});
    sent.push_back({Type::new_view, self, view, carried});
    check(me, self, sent);
  }

  [[nodiscard]] static bool may_enter(const Replica& me, unsigned view) {
    return me.view < view || (me.view == view && !me.logs[view].entered);
  }
  /// The latest certificate in its log.
  [[nodiscard]] static PbftClaim certificate(const Replica& me) {
    for (int view = me.view; view >= 0; --view) {
      const std::uint8_t prepared = me.logs[static_cast<unsigned>(view)].prepared;
      if (prepared != 0) return {static_cast<std::int8_t>(view), prepared};
    }
    return {-1, 0};
  }
  [[nodiscard]] unsigned quorum() const { return quorum_; }

 private:
  static void enter(Replica& me, unsigned view) {
    me.view = static_cast<std::uint16_t>(view);
    me.logs[view].entered = true;
  }
  void accept(Replica& me, unsigned self, unsigned request, Sent& sent) const {
    PbftLog& log = me.logs[me.view];
    log.pre_prepare = static_cast<std::uint8_t>(request);
    sent.push_back({Type::prepare, self, me.view, request});
    check(me, self, sent);
  }
  /// The predicates "prepared" and "committed-local" of section 4.2.
  void check(Replica& me, unsigned self, Sent& sent) const {
    PbftLog& log = me.logs[me.view];
    const unsigned request = log.pre_prepare;
    if (request == 0) return;
    const auto count = [](std::uint16_t mask) {
      return static_cast<unsigned>(std::popcount(mask));
    };
    if (log.prepared == 0 && count(log.prepares[request]) + 1 >= quorum_) {
      log.prepared = static_cast<std::uint8_t>(request);
      sent.push_back({Type::commit, self, me.view, request});
    }
    if (log.prepared != 0 && log.executed == 0 && count(log.commits[request]) >= quorum_) {
      log.executed = static_cast<std::uint8_t>(request);
    }
  }

  unsigned quorum_;
};

}  // namespace everyway::testing
