"""Who may do what: users, keys, sessions, the access log, on the console's pages."""
