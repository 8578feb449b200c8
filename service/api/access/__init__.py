"""Who may do what: users, keys, sessions, the access log, over HTTP."""
