"""Who may do what: users, keys, sessions, the access log, in the database."""
