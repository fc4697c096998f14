"""(5) What visitors see."""
