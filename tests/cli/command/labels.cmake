# These tests start the program itself, as a user does. Its sanitized twins are for other tests.
set(sanitize "")
set(properties ENVIRONMENT_MODIFICATION
  "EVERYWAY_COMMAND=set:${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/everyway")
