#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace everyway::saga {

/// How the events of one step are called.
struct StepNames {
  std::string_view done;
  std::string_view failed;
  std::string_view reversed;
};

/// An order that is paid and shipped, or a journey. The fourth step is for longer ones.
using SagaNames = std::array<StepNames, 4>;

inline constexpr SagaNames order_names{{
    {"ORDER_CREATED", "ORDER_FAILED", "ORDER_CANCELLED"},
    {"PAYMENT_COMPLETED", "PAYMENT_FAILED", "PAYMENT_REVERSED"},
    {"SHIPMENT_ARRANGED", "SHIPMENT_FAILED", "SHIPMENT_CANCELLED"},
    {"INVOICE_SENT", "INVOICE_FAILED", "INVOICE_CANCELLED"},
}};
inline constexpr SagaNames travel_names{{
    {"FLIGHT_BOOKED", "FLIGHT_FAILED", "FLIGHT_CANCELLED"},
    {"HOTEL_BOOKED", "HOTEL_FAILED", "HOTEL_CANCELLED"},
    {"CAR_RENTED", "CAR_FAILED", "CAR_CANCELLED"},
    {"GUIDE_BOOKED", "GUIDE_FAILED", "GUIDE_CANCELLED"},
}};

}  // namespace everyway::saga
