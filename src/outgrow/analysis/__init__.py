"""Pure mathematics of the method: functions of values to values."""
