"""Training runs: a run is a list of events, made by a process of its own, kept in the database, sent to who watches."""
