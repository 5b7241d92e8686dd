"""The load of a delivery: its contract, its files and the checks of its rows."""
