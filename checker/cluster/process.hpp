#pragma once

#include <concepts>
#include <cstdint>
#include <string>

#include "checker/model/fields.hpp"
#include "checker/model/node_id.hpp"

namespace everyway::cluster {

template <class P>
class Context;
template <class P>
class View;

/// What a client asks for. The i-th request of a run, counted from 1, carries the value i.
struct ClientRequest {
  std::uint8_t value = 0;
};
BOOST_DESCRIBE_STRUCT(ClientRequest, (), (value))

/// For a process that keeps nothing of a kind: a flat type has at least one byte.
struct Nothing {
  std::uint8_t nothing = 0;
};
BOOST_DESCRIBE_STRUCT(Nothing, (), (nothing))

/// For a process without timers.
enum class NoTimer : std::uint8_t { none };
BOOST_DESCRIBE_ENUM(NoTimer, none)

/// What ONE process does, written by the author of a model; the cluster runs it under every order
/// of events and every fault. The object itself carries constants only (options, a mutation): all
/// that changes lies in `Durable` and `Volatile`.
///
///   capacity                    the most processes that a state has room for, at most 64;
///   Durable                     what a crash leaves, as far as it was persisted;
///   Volatile                    what a crash takes;
///   Message                     what processes send each other;
///   start(context)              the first boot, and every restart;
///   receive(context, from, message)
///
/// Optional, by what they are for:
///   Timer, may_time_out(view, timer), timeout(context, timer)
///                               timeouts without clocks: a timer may fire whenever its guard
///                               holds;
///   may_request(view), request(context, ClientRequest)
///                               clients, who ask any process for which the guard holds;
///   describe(message)           a message in the words of a story.
///
/// Handlers are deterministic, and change nothing but through the context.
template <class P>
concept Process = FullyDescribed<typename P::Durable> && FullyDescribed<typename P::Volatile> &&
                  FullyDescribed<typename P::Message> &&(P::capacity >= 1) &&
                  (P::capacity <= 64) &&
                  requires(const P process, Context<P>& context,
                           const typename P::Message message) {
  process.start(context);
  process.receive(context, NodeId{}, message);
};

template <class P>
concept ProcessWithTimers = Process<P> && DescribedEnum<typename P::Timer> &&
    requires(const P process, Context<P>& context, const View<P>& view, typename P::Timer timer) {
  { process.may_time_out(view, timer) } -> std::same_as<bool>;
  process.timeout(context, timer);
};

template <class P>
concept ProcessWithClients = Process<P> &&
    requires(const P process, Context<P>& context, const View<P>& view) {
  { process.may_request(view) } -> std::same_as<bool>;
  process.request(context, ClientRequest{});
};

template <class P>
concept ProcessThatDescribes = requires(const P process, const typename P::Message message) {
  { process.describe(message) } -> std::convertible_to<std::string>;
};

namespace detail {

template <class P>
struct TimerOf {
  using type = NoTimer;
};
template <class P>
requires requires { typename P::Timer; }
struct TimerOf<P> {
  using type = typename P::Timer;
};

}  // namespace detail

/// The timers of a process: its own enumeration, or `NoTimer`.
template <class P>
using TimerOf = typename detail::TimerOf<P>::type;

}  // namespace everyway::cluster
