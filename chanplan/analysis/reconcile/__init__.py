"""Whether our numbers agree with each other and with finance, and which one counts."""
