# Headers alone: of the models, they use updates and mistakes.
set(uses structures properties checker)
set(sanitize asan)
