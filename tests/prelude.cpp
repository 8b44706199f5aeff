// Carries the precompiled headers that all test programs share; see cmake/EverywayTests.cmake.
