"""(1) The relative's side: the form, and what becomes of it."""
