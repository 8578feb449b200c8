"""Who may do what: users, keys, sessions, the access log, what the service does."""
