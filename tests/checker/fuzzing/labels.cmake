set(sanitize asan tsan)
