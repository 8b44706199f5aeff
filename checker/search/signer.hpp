#pragma once

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

#include "checker/model/flat.hpp"
#include "checker/search/fingerprint.hpp"
#include "checker/search/signature.hpp"

namespace everyway {

namespace detail {

/// What parts of one type say about the nodes, remembered by their bytes: the processes and the
/// messages of the states of a model are few, their combinations are many.
template <class Part>
class SaidByParts {
 public:
  explicit SaidByParts(std::size_t node_count)
      : node_count_(node_count), kept_(places), said_(places * node_count) {}

  template <class FindOut>
  void add(const Part& part, std::uint64_t place, NodeSignatures& signatures,
           const FindOut& find_out) {
    const std::size_t at = (fingerprint(part) + place * 0x9E37'79B9'7F4A'7C15U) >> shift;
    Kept& kept = kept_[at];
    std::uint64_t* const said = said_.data() + at * node_count_;
    if (!kept.taken || kept.place != place || !same_bytes(kept.part, part)) {
      NodeSignatures found(node_count_);
      find_out(found);
      kept.part = part;
      kept.place = place;
      kept.taken = true;
      for (std::size_t i = 0; i < node_count_; ++i) said[i] = found[NodeId::at(i)];
    }
    for (std::size_t i = 0; i < node_count_; ++i) signatures.add(NodeId::at(i), said[i]);
  }

 private:
  /// A new part takes the place of an old one that is in its way.
  static constexpr unsigned bits = 11;
  static constexpr unsigned shift = 64 - bits;
  static constexpr std::size_t places = std::size_t{1} << bits;

  struct Kept {
    Part part;
    std::uint64_t place;
    bool taken = false;
  };

  std::size_t node_count_;
  std::vector<Kept> kept_;
  std::vector<std::uint64_t> said_;  ///< node_count_ numbers for each place
};

template <class T>
struct PartsOf;
template <class T>
using PartsIn = typename PartsOf<T>::type;

template <class... Members>
[[nodiscard]] constexpr auto parts_in_any_of(boost::mp11::mp_list<Members...>) {
  return boost::mp11::mp_append<boost::mp11::mp_list<>, PartsIn<typename Members::type>...>{};
}

/// The types of the parts that `sign` takes a value of type T apart into, as a list.
template <class T>
[[nodiscard]] constexpr auto parts_in() {
  using boost::mp11::mp_list;
  if constexpr (!has_names<T> || RenamesItself<T>) {
    return mp_list<>{};
  } else if constexpr (AnyPerNode<T> || AnyBag<T>) {
    return mp_list<typename T::value_type>{};
  } else if constexpr (AnySequence<T> || AnyArray<T>) {
    return mp_list<>{};
  } else if constexpr (Described<T>) {
    return parts_in_any_of(typename MemberTypes<T>::type{});
  } else {
    return mp_list<>{};
  }
}
template <class T>
struct PartsOf {
  using type = decltype(parts_in<T>());
};

}  // namespace detail

/// Finds the signatures of the nodes in states, as `node_signatures` does, and remembers what their
/// parts say. For one thread.
template <class State>
class Signer {
 public:
  explicit Signer(std::size_t node_count) : node_count_(node_count), memory_(node_count) {}

  [[nodiscard]] NodeSignatures operator()(const State& state) {
    NodeSignatures signatures(node_count_);
    detail::sign(state, 1, signatures, memory_);
    return signatures;
  }

 private:
  template <class Parts>
  struct MemoryOf;
  template <class... Parts>
  struct MemoryOf<boost::mp11::mp_list<Parts...>> {
    explicit MemoryOf(std::size_t node_count)
        : of_type(detail::SaidByParts<Parts>(node_count)...) {}

    template <class Part, class FindOut>
    void add_said(const Part& part, std::uint64_t place, NodeSignatures& signatures,
                  const FindOut& find_out) {
      // What names nobody says something of its owner only, and that at once.
      if constexpr (!has_names<Part>) return find_out(signatures);
      std::get<detail::SaidByParts<Part>>(of_type).add(part, place, signatures, find_out);
    }

    std::tuple<detail::SaidByParts<Parts>...> of_type;
  };

  std::size_t node_count_;
  MemoryOf<boost::mp11::mp_unique<detail::PartsIn<State>>> memory_;
};

}  // namespace everyway
